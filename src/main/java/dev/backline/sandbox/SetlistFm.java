package dev.backline.sandbox;

import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.IntConsumer;

/** The REST API 1.0 of setlist.fm: from a path and a query to an answer. */
final class SetlistFm implements Api {
  private static final String XML = "application/xml;charset=utf-8";
  private static final int SETLISTS = 20;
  private static final int ARTISTS = 30;

  private final World world;
  private final SourceLedger ledger;
  private volatile Catalogue catalogue;

  SetlistFm(World world, SourceLedger ledger) {
    this.world = world;
    this.ledger = ledger;
  }

  /** What answers are made of. */
  private record Catalogue(Artists artists, Setlists setlists, SetlistJson json) {}

  /** Made with the first call: a world that is not asked for setlists does not compute them. */
  private Catalogue catalogue() {
    if (catalogue == null) {
      Setlists setlists = new Setlists(world);
      catalogue =
          new Catalogue(world.realArtists(), setlists, new SetlistJson(world, setlists, ledger));
    }
    return catalogue;
  }

  @Override
  public Answer answer(Call call) {
    String key = call.headers().getFirst("x-api-key");
    if (key == null || key.isBlank() || key.equals("wrong-key")) {
      return status(403, call.params());
    }
    String accept = call.headers().getFirst("Accept");
    if (accept == null || !accept.contains("json")) {
      return Answers.text(200, XML, "<?xml version=\"1.0\" encoding=\"UTF-8\"?><answer/>");
    }
    String[] path = Call.decoded(call.path()).split("/", -1);
    String id = path.length > 1 ? path[1] : "";
    Answer answer =
        switch (path.length == 3 ? path[0] + "/" + path[2] : path[0]) {
          case "artist" -> artist(call, id);
          case "venue" -> venue(call, id);
          case "setlist" -> setlist(call, id);
          case "artist/setlists", "venue/setlists" -> setlists(call, path[0], id);
          case "search" -> id.equals("artists") ? artists(call) : setlists(call, id, "");
          default -> null;
        };
    return answer == null ? notFound(call, path[0]) : answer;
  }

  private Answer artist(Call call, String mbid) {
    int artist = catalogue().artists().withMbid(mbid);
    if (artist < 0 || !catalogue().setlists().knows(artist)) {
      return null;
    }
    catalogue().json().artist(call.out(), catalogue().artists().of(artist), call.served());
    return call.answer();
  }

  private Answer venue(Call call, String id) {
    int venue = catalogue().json().venueWithId(id);
    if (venue < 0) {
      return null;
    }
    catalogue().json().venue(call.out(), world.venue(venue), call.served());
    return call.answer();
  }

  private Answer setlist(Call call, String id) {
    int appearance = catalogue().setlists().withId(id);
    Setlist setlist = appearance < 0 ? null : catalogue().setlists().on(appearance, world.day());
    if (setlist == null) {
      return null;
    }
    catalogue().json().setlist(call.out(), setlist, call.served());
    return call.answer();
  }

  private Answer setlists(Call call, String of, String id) {
    Snapshot snapshot = world.snapshot();
    SetlistSearch search =
        switch (of) {
          case "artist" -> SetlistSearch.ofArtist(id);
          case "venue" -> SetlistSearch.atVenue(id);
          case "setlists" -> SetlistSearch.of(call.params());
          default -> null;
        };
    if (search == null) {
      return null;
    }
    Catalogue in = catalogue();
    int[] found =
        find(
            snapshot,
            search.key(),
            () -> search.find(world, snapshot.day(), in.setlists(), in.json()));
    IntConsumer write =
        appearance ->
            in.json()
                .setlist(call.out(), in.setlists().on(appearance, snapshot.day()), call.served());
    return page(call, "setlist", SETLISTS, found, write);
  }

  private Answer artists(Call call) {
    ArtistSearch search = new ArtistSearch(call.params());
    Catalogue in = catalogue();
    int[] found =
        find(
            world.snapshot(),
            search.key(),
            () -> search.find(in.artists(), in.setlists(), in.json()));
    IntConsumer write =
        artist -> in.json().artist(call.out(), in.artists().of(artist), call.served());
    return page(call, "artist", ARTISTS, found, write);
  }

  private static int[] find(Snapshot snapshot, String key, Searches.Search search) {
    try {
      return snapshot.searches().find(key, search);
    } catch (BadRequest e) {
      throw new IllegalStateException(e);
    }
  }

  /** One page, or null past the end: that is not found. */
  private static Answer page(Call call, String list, int size, int[] found, IntConsumer write) {
    CallFaults faults = call.faults();
    int asked = Math.max(1, number(call.params().get("p")));
    int shown = faults.has(Fault.SAME_PAGE) ? 1 : faults.has(Fault.CYCLE) ? 2 - asked % 2 : asked;
    long from = (shown - 1L) * size;
    if (from >= found.length) {
      return null;
    }
    int to = (int) Math.min(from + size, found.length);
    long total = found.length + (faults.has(Fault.TOTALS) ? 1 + faults.call() % 7 * 13 : 0);
    JsonBytes out = call.out();
    out.raw("{\"type\":\"").raw(list).raw("s\",\"itemsPerPage\":").number(size);
    out.raw(",\"page\":").number(faults.has(Fault.CYCLE) ? shown : asked).raw(",\"total\":");
    out.number(total).raw(",\"").raw(list).raw("\":[");
    for (int i = (int) from; i < to; i++) {
      out.raw(i == from ? "" : ",");
      write.accept(found[i]);
    }
    if (faults.has(Fault.DUPLICATE)) {
      out.raw(",");
      write.accept(found[(int) from]);
    }
    out.raw("]}");
    return call.answer();
  }

  private static int number(String text) {
    return text != null && text.matches("\\d{1,9}") ? Integer.parseInt(text) : 1;
  }

  /** In one of the two shapes that are seen, the same for the same call. */
  private Answer notFound(Call call, String what) {
    String path = "/1.0/" + call.path();
    int roll = (path + call.params().searchKey() + call.params().get("p")).hashCode();
    JsonBytes out = new JsonBytes(256);
    if (world.dice().hit(50, Trait.SETLISTFM_NOT_FOUND, roll)) {
      long millis = world.today().toEpochDay() * 86_400_000L + 43_200_000L;
      out.raw("{\"timestamp\":").number(millis).raw(",\"status\":404,\"error\":\"Not Found\"");
      out.raw(",\"message\":\"Not Found\",\"path\":").text(path).raw("}");
    } else {
      String message = what.equals("artist") ? "unknown mbid" : "not found";
      out.raw("{\"code\":404,\"status\":\"Not Found\",\"message\":\"").raw(message);
      out.raw("\",\"timestamp\":\"").raw(DateTimeFormatter.ISO_DATE.format(world.today()));
      out.raw("T12:00:00.000+0000\"}");
    }
    return Answer.of(404, Answers.JSON, out.copy());
  }

  @Override
  public Answer status(int status, Params params) {
    String body =
        switch (status) {
          case 403 -> "{\"message\":\"Forbidden\"}";
          case 429 -> "{\"message\":\"Too Many Requests\"}";
          case 502 -> "<html><body><h1>502 Bad Gateway</h1></body></html>";
          case 504 -> "{\"message\":\"Endpoint request timed out\"}";
          default ->
              String.format(
                  Locale.ROOT,
                  "{\"code\":%d,\"status\":\"Error\",\"message\":\"status %d\",\"timestamp\":"
                      + "\"%sT12:00:00.000+0000\"}",
                  status,
                  status,
                  world.today());
        };
    return Answers.text(status, status == 502 ? Answers.HTML : Answers.JSON, body);
  }

  @Override
  public Answer errorWith200() {
    return Answers.text(200, Answers.JSON, "{\"code\":500,\"status\":\"Internal Server Error\"}");
  }
}
