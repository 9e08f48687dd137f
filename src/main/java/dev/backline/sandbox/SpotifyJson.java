package dev.backline.sandbox;

import dev.backline.sandbox.Releases.Pressed;
import java.util.List;
import java.util.Locale;

/**
 * Writes artists, albums and tracks into one answer, whole ("full") or as they are inside others
 * ("simplified"), and notes them as served. Made for one call.
 */
final class SpotifyJson {
  private static final String MARKETS = "[\"CA\",\"CZ\",\"DE\",\"FR\",\"GB\",\"JP\",\"MX\",\"US\"]";
  private static final List<String> KINDS = List.of("artist", "album", "track");
  private static final int[] SIZES = {640, 300, 64};

  private final World world;
  private final SpotifyArtists artists;
  private final SourceLedger ledger;
  private final Call call;
  private final SpotifyLists lists;
  private final JsonBytes out;
  private final String base;
  private final boolean extended;

  /**
   * @param base the address of the API as the caller knows it, ending in a slash
   * @param extended whether to write the fields that development mode has not
   */
  SpotifyJson(
      World world,
      SpotifyArtists artists,
      SourceLedger ledger,
      Call call,
      String base,
      boolean extended) {
    this.world = world;
    this.artists = artists;
    this.ledger = ledger;
    this.call = call;
    this.lists = new SpotifyLists(call, base);
    this.out = call.out();
    this.base = base;
    this.extended = extended;
  }

  SpotifyLists lists() {
    return lists;
  }

  /** A full artist; null is written as null. */
  void artist(SpotifyArtist artist) {
    if (artist == null) {
      out.raw("null");
      return;
    }
    int from = out.length();
    Dice dice = world.dice();
    int popularity = dice.below(96, Trait.SPOTIFY_POPULARITY, artist.number());
    out.raw("{");
    if (extended) {
      out.raw("\"followers\":{\"href\":null,\"total\":");
      out.number((long) popularity * popularity * popularity * 7).raw("},\"genres\":[");
      String genre = genre(artist);
      out.raw(genre == null ? "" : "\"" + genre + "\"").raw("],\"popularity\":");
      out.number(popularity).raw(",");
    }
    images(artist.id(), false);
    out.raw(",");
    named("artist", artist.id(), artist.name());
    served("artist", artist.id(), from);
  }

  private String genre(SpotifyArtist artist) {
    if (artist.number() == SpotifyArtists.VARIOUS) {
      return null;
    }
    String genre = world.attraction(artists.model(artist.number())).genre();
    return genre.equals("Undefined") ? null : genre.toLowerCase(Locale.ROOT);
  }

  /** A full album with the first tracks of it; null is written as null. */
  void album(Release release) {
    if (release == null) {
      out.raw("null");
      return;
    }
    int from = out.length();
    out.raw("{\"tracks\":");
    Paging first = new Paging(0, 50);
    lists.page("albums/" + release.id() + "/tracks", "", first, release.tracks(), this::track);
    out.raw(",\"copyrights\":[],\"external_ids\":{\"upc\":\"");
    long hash = Dice.mix(release.id().hashCode()) >>> 16;
    out.raw(String.format(Locale.ROOT, "%013d", hash % 10_000_000_000_000L)).raw("\"},");
    if (extended) {
      out.raw("\"genres\":[],\"label\":\"Sandbox Records\",\"popularity\":");
      int hashed = release.id().hashCode();
      out.number(world.dice().below(90, Trait.SPOTIFY_POPULARITY, hashed)).raw(",");
    }
    albumFields(release, false);
    served("album", release.id(), from);
  }

  /** A simplified album. */
  void albumOf(Release release) {
    int from = out.length();
    out.raw("{");
    albumFields(release, false);
    served("album", release.id(), from);
  }

  /** A simplified album in the list of an artist. */
  void albumOf(Release release, int artist) {
    int from = out.length();
    out.raw("{");
    if (extended) {
      String group = release.artist() == artist ? release.type().word() : "appears_on";
      out.raw("\"album_group\":\"").raw(group).raw("\",");
    }
    albumFields(release, false);
    served("album", release.id(), from);
  }

  private void albumFields(Release release, boolean floats) {
    out.raw("\"album_type\":\"").raw(release.type().word()).raw("\",");
    credits(List.of(release.artist()));
    markets();
    images(release.id(), floats);
    out.raw(",\"release_date\":\"").raw(release.shownDate());
    out.raw("\",\"release_date_precision\":\"").raw(release.precision().word());
    out.raw("\",\"total_tracks\":").number(release.tracks().size()).raw(",");
    named("album", release.id(), release.name());
  }

  /** A simplified track, as it is inside an album: without a code. */
  void track(Track track) {
    out.raw("{");
    trackFields(track, false);
  }

  /** A full track; null is written as null. Some tracks have their numbers as floats. */
  void track(Pressed pressed) {
    if (pressed == null) {
      out.raw("null");
      return;
    }
    Track track = pressed.track();
    boolean floats = world.dice().hit(5, Trait.SPOTIFY_FLOATS, track.id().hashCode());
    int from = out.length();
    out.raw("{\"album\":{");
    albumFields(pressed.release(), floats);
    out.raw(",\"external_ids\":{\"isrc\":\"").raw(track.recording().isrc()).raw("\"}");
    if (extended) {
      out.raw(",\"popularity\":");
      number(SpotifyPopularity.of(world.dice(), track), floats);
    }
    out.raw(",");
    trackFields(track, floats);
    served("track", track.id(), from);
  }

  private void trackFields(Track track, boolean floats) {
    credits(track.artists());
    markets();
    out.raw("\"disc_number\":");
    number(track.disc(), floats);
    out.raw(",\"duration_ms\":");
    number(track.recording().durationMs(), floats);
    out.raw(",\"explicit\":").flag(track.explicit());
    out.raw(",\"is_local\":false,\"preview_url\":null,\"track_number\":");
    number(track.number(), floats);
    out.raw(",");
    named("track", track.id(), track.name());
  }

  private void credits(List<Integer> numbers) {
    out.raw("\"artists\":[");
    String comma = "";
    for (int number : numbers) {
      SpotifyArtist artist = artists.of(number);
      out.raw(comma).raw("{");
      named("artist", artist.id(), artist.name());
      comma = ",";
    }
    out.raw("],");
  }

  private void markets() {
    if (extended) {
      out.raw("\"available_markets\":").raw(MARKETS).raw(",");
    }
  }

  private void images(String id, boolean floats) {
    out.raw("\"images\":[");
    long picture = id.hashCode();
    for (int i = 0; i < SIZES.length; i++) {
      long name = world.dice().roll(Trait.SPOTIFY_IMAGE, picture * SIZES.length + i);
      out.raw(i == 0 ? "{" : ",{").raw("\"height\":");
      number(SIZES[i], floats);
      out.raw(",\"url\":\"https://images.sandbox.example/image/");
      out.raw(String.format(Locale.ROOT, "%016x", name)).raw("\",\"width\":");
      number(SIZES[i], floats);
      out.raw("}");
    }
    out.raw("]");
  }

  /** The last fields of every object, and its closing brace. */
  private void named(String kind, String id, String name) {
    out.raw("\"external_urls\":{\"spotify\":\"https://open.spotify.com/").raw(kind).raw("/");
    out.raw(id).raw("\"},\"href\":").text(base + kind + "s/" + id).raw(",\"id\":\"").raw(id);
    out.raw("\",\"name\":").text(name).raw(",\"type\":\"").raw(kind).raw("\",\"uri\":\"spotify:");
    out.raw(kind).raw(":").raw(id).raw("\"}");
  }

  private void number(int value, boolean floats) {
    out.number(value).raw(floats ? ".0" : "");
  }

  private void served(String kind, String id, int from) {
    int number = KINDS.indexOf(kind);
    call.served().add(number, ledger.index(number, id), out.hashFrom(from));
  }
}
