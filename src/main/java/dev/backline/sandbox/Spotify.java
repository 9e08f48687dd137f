package dev.backline.sandbox;

import dev.backline.sandbox.Releases.Pressed;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** The Web API of Spotify: artists, albums, tracks and search, in either regime. */
final class Spotify implements Api {
  /** Below the address of the sandbox. */
  static final String PATH = "/spotify/v1/";

  private static final int OFFSET_MAX = 1000;
  private static final int BATCH = 50;
  private static final int TOP = 10;
  private static final List<String> GROUPS =
      List.of("album", "single", "compilation", "appears_on");

  private final World world;
  private final Releases releases;
  private final SourceLedger ledger;
  private final SpotifyTokens tokens;
  private volatile SpotifyRegime regime = SpotifyRegime.DEVELOPMENT;

  Spotify(World world, SourceLedger ledger, Clock clock) {
    this.world = world;
    this.releases = new Releases(world);
    this.ledger = ledger;
    this.tokens = new SpotifyTokens(world.dice(), clock);
  }

  SpotifyTokens tokens() {
    return tokens;
  }

  Releases releases() {
    return releases;
  }

  SpotifyRegime regime() {
    return regime;
  }

  void regime(SpotifyRegime wanted) {
    regime = wanted;
  }

  @Override
  public Answer status(int status, Params params) {
    return SpotifyAnswers.status(status);
  }

  @Override
  public Answer errorWith200() {
    return SpotifyAnswers.error(200, 500, "Server error");
  }

  @Override
  public boolean tagged() {
    return true;
  }

  @Override
  public Answer answer(Call call) {
    String refusal = tokens.refusal(call.headers().getFirst("Authorization"));
    if (refusal != null) {
      return SpotifyAnswers.error(401, refusal);
    }
    SpotifyRegime now = regime;
    String base = "http://" + call.headers().getFirst("Host") + PATH;
    boolean extended = now == SpotifyRegime.EXTENDED;
    SpotifyJson json = new SpotifyJson(world, releases.artists(), ledger, call, base, extended);
    try {
      return answer(call, call.path().split("/"), now, json);
    } catch (BadRequest e) {
      return SpotifyAnswers.error(Integer.parseInt(e.code()), e.getMessage());
    }
  }

  private Answer answer(Call call, String[] path, SpotifyRegime now, SpotifyJson json)
      throws BadRequest {
    String endpoint = path[0] + (path.length > 2 ? "/" + path[2] : "");
    if (path.length == 1 && endpoint.equals("search")) {
      return search(call, now, json);
    }
    if (path.length == 1 && List.of("artists", "albums", "tracks").contains(endpoint)) {
      return batch(call, endpoint, now, json);
    }
    if (path.length < 2 || path.length > 3) {
      throw new BadRequest("404", "Service not found");
    }
    String id = path[1];
    switch (endpoint) {
      case "artists" -> json.artist(found(id, releases.artists()::find));
      case "albums" -> json.album(found(id, releases::release));
      case "tracks" -> json.track(found(id, releases::track));
      case "artists/albums" -> albums(call, found(id, releases.artists()::find), now, json);
      case "artists/top-tracks" -> top(call, found(id, releases.artists()::find), now, json);
      case "albums/tracks" -> {
        Release release = found(id, releases::release);
        Paging paging = Paging.of(call.params(), 20, 50);
        json.lists().page("albums/" + id + "/tracks", "", paging, release.tracks(), json::track);
      }
      default -> throw new BadRequest("404", "Service not found");
    }
    return call.answer();
  }

  private static <T> T found(String id, Function<String, T> finder) throws BadRequest {
    if (!SpotifyIds.wellFormed(id)) {
      throw new BadRequest("400", "Invalid base62 id");
    }
    T thing = finder.apply(id);
    if (thing == null) {
      throw new BadRequest("404", "Resource not found");
    }
    return thing;
  }

  private void albums(Call call, SpotifyArtist artist, SpotifyRegime now, SpotifyJson json)
      throws BadRequest {
    Paging paging = Paging.of(call.params(), now.limit, now.largest);
    List<String> asked = call.params().list("include_groups");
    List<String> groups = asked == null ? GROUPS : asked;
    if (!GROUPS.containsAll(groups)) {
      throw new BadRequest("400", "Invalid album type");
    }
    List<Release> found = new ArrayList<>();
    for (String group : GROUPS) {
      if (groups.contains(group)) {
        found.addAll(newestFirst(artist.number(), group));
      }
    }
    String query = asked == null ? "" : "&include_groups=" + String.join(",", groups);
    json.lists()
        .page(
            "artists/" + artist.id() + "/albums",
            query,
            paging,
            found,
            release -> json.albumOf(release, artist.number()));
  }

  private List<Release> newestFirst(int artist, String group) {
    boolean others = group.equals("appears_on");
    return (others ? releases.appearances(artist) : releases.of(artist))
        .stream()
            .filter(release -> others || release.type().word().equals(group))
            .sorted(Comparator.comparing(Release::date).reversed())
            .toList();
  }

  private void top(Call call, SpotifyArtist artist, SpotifyRegime now, SpotifyJson json)
      throws BadRequest {
    allowed(now);
    List<Pressed> tracks =
        releases.of(artist.number()).stream()
            .flatMap(each -> each.tracks().stream().map(track -> new Pressed(each, track)))
            .sorted(SpotifySearch.popularity(world.dice()))
            .limit(TOP)
            .toList();
    call.out().raw("{\"tracks\":");
    json.lists().list(tracks, json::track);
    call.out().raw("}");
  }

  /** Several by id; one that is not known is null in the answer. */
  private Answer batch(Call call, String kind, SpotifyRegime now, SpotifyJson json)
      throws BadRequest {
    allowed(now);
    String ids = call.params().get("ids");
    List<String> asked = ids == null ? List.of() : Arrays.asList(ids.split(","));
    if (asked.isEmpty() || !asked.stream().allMatch(SpotifyIds::wellFormed)) {
      throw new BadRequest("400", "Invalid base62 id");
    }
    if (asked.size() > (kind.equals("albums") ? 20 : BATCH)) {
      throw new BadRequest("400", "Too many ids requested");
    }
    Consumer<String> item =
        switch (kind) {
          case "artists" -> id -> json.artist(releases.artists().find(id));
          case "albums" -> id -> json.album(releases.release(id));
          default -> id -> json.track(releases.track(id));
        };
    call.out().raw("{\"").raw(kind).raw("\":");
    json.lists().list(asked, item);
    call.out().raw("}");
    return call.answer();
  }

  private static void allowed(SpotifyRegime now) throws BadRequest {
    if (now == SpotifyRegime.DEVELOPMENT) {
      throw new BadRequest("403", "Forbidden");
    }
  }

  /** The links of a page of results ask with "query", as the API's own do; both are understood. */
  private Answer search(Call call, SpotifyRegime now, SpotifyJson json) throws BadRequest {
    Params params = call.params();
    String text = params.get("q") == null ? params.get("query") : params.get("q");
    if (text == null || text.isBlank()) {
      throw new BadRequest("400", "No search query");
    }
    List<String> types = params.list("type");
    if (types == null) {
      throw new BadRequest("400", "Missing parameter type");
    }
    Paging paging = Paging.of(params, now.limit, now.largest);
    if (paging.offset() > OFFSET_MAX) {
      throw new BadRequest("400", "Invalid offset");
    }
    SpotifySearch search = new SpotifySearch(world.dice(), releases, new SpotifyQuery(text));
    String query = "&query=" + URLEncoder.encode(text, StandardCharsets.UTF_8) + "&type=";
    call.out().raw("{");
    for (int i = 0; i < types.size(); i++) {
      String type = types.get(i);
      call.out().raw(i == 0 ? "\"" : ",\"");
      switch (type) {
        case "artist" -> {
          call.out().raw("artists\":");
          json.lists().page("search", query + type, paging, search.artists(), json::artist);
        }
        case "album" -> {
          call.out().raw("albums\":");
          json.lists().page("search", query + type, paging, search.albums(), json::albumOf);
        }
        case "track" -> {
          call.out().raw("tracks\":");
          json.lists().page("search", query + type, paging, search.tracks(), json::track);
        }
        default -> throw new BadRequest("400", "Bad search type field " + type);
      }
    }
    call.out().raw("}");
    return call.answer();
  }
}
