package dev.backline.sandbox;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** The public API v3 of Bandsintown: from a path and a query to an answer. */
final class Bandsintown implements Api {
  private final World world;
  private final SourceLedger ledger;
  private volatile Catalogue catalogue;

  Bandsintown(World world, SourceLedger ledger) {
    this.world = world;
    this.ledger = ledger;
  }

  /** What answers are made of. */
  private record Catalogue(Artists artists, Gigs gigs, GigJson json) {}

  /** An event that is there, with its show as it stands. */
  private record Gig(int appearance, Show show) {}

  /** Made with the first call. */
  private Catalogue catalogue() {
    if (catalogue == null) {
      Gigs gigs = new Gigs(world);
      catalogue = new Catalogue(world.realArtists(), gigs, new GigJson(world, gigs, ledger));
    }
    return catalogue;
  }

  @Override
  public Answer answer(Call call) {
    String appId = call.params().get("app_id");
    if (appId == null || appId.equals("wrong-key")) {
      return status(403, call.params());
    }
    String[] path = call.path().split("/", -1);
    boolean events = path.length == 3 && path[2].equals("events");
    if (!path[0].equals("artists") || (path.length != 2 && !events)) {
      return Answers.text(404, Answers.JSON, "{\"message\":\"Not Found\"}");
    }
    String name = name(path[1]);
    int number = number(name);
    if (number < 0) {
      return unknown(name == null ? path[1] : name);
    }
    int day = world.day();
    List<Gig> gigs = gigs(number, day);
    Artist artist = catalogue().artists().of(number);
    int upcoming = (int) gigs.stream().filter(gig -> gig.show().day() >= day).count();
    if (!events) {
      catalogue().json().artist(call, artist, day, upcoming);
      return call.answer();
    }
    Predicate<LocalDate> asked = dates(call.params().get("date"), world.start().plusDays(day));
    if (asked == null) {
      return status(400, call.params());
    }
    List<Gig> found =
        gigs.stream().filter(gig -> asked.test(world.start().plusDays(gig.show().day()))).toList();
    return events(
        call, artist, found, () -> catalogue().json().artist(call, artist, day, upcoming));
  }

  private Answer events(Call call, Artist artist, List<Gig> gigs, Runnable artistJson) {
    JsonBytes out = call.out();
    Runnable head =
        () -> {
          out.raw(",\"artist\":");
          artistJson.run();
        };
    out.raw("[");
    for (int i = 0; i < gigs.size(); i++) {
      out.raw(i == 0 ? "" : ",");
      Gig gig = gigs.get(i);
      Runnable first = i == 0 ? head : () -> {};
      catalogue().json().event(call, gig.appearance(), gig.show(), artist, first);
    }
    out.raw("]");
    return call.answer();
  }

  /** The events of an artist in the order of their dates. */
  private List<Gig> gigs(int artist, int day) {
    Gigs gigs = catalogue().gigs();
    return gigs.of(artist, day)
        .mapToObj(appearance -> new Gig(appearance, gigs.on(appearance, day)))
        .sorted(
            Comparator.comparing((Gig gig) -> gig.show().day())
                .thenComparing(gig -> gig.show().time())
                .thenComparing(Gig::appearance))
        .toList();
  }

  private int number(String name) {
    if (name == null) {
      return -1;
    }
    Gigs gigs = catalogue().gigs();
    if (name.startsWith("id_")) {
      return gigs.withId(name.substring(3));
    }
    int number = gigs.named(name);
    // The documented code of a quote decodes to this.
    return number < 0 && name.contains("'C") ? gigs.named(name.replace("'C", "\"")) : number;
  }

  /**
   * The name in a path. It is decoded once, and then what must be encoded twice: slash, question
   * mark and asterisk. One that was encoded only once reaches no artist: null.
   */
  private static String name(String part) {
    if (part.matches("(?i).*%(2F|3F|2A).*")) {
      return null;
    }
    return Call.decoded(part)
        .replaceAll("(?i)%2F", "/")
        .replaceAll("(?i)%3F", "?")
        .replaceAll("(?i)%2A", "*");
  }

  /** Null for what is no date. */
  private static Predicate<LocalDate> dates(String asked, LocalDate today) {
    switch (asked == null ? "upcoming" : asked) {
      case "upcoming":
        return date -> !date.isBefore(today);
      case "past":
        return date -> date.isBefore(today);
      case "all":
        return date -> true;
      default:
        try {
          String[] ends = asked.split(",");
          LocalDate from = LocalDate.parse(ends[0]);
          LocalDate to = LocalDate.parse(ends[ends.length - 1]);
          return date -> !date.isBefore(from) && !date.isAfter(to);
        } catch (DateTimeParseException | ArrayIndexOutOfBoundsException e) {
          return null;
        }
    }
  }

  /** 404 for most, the older answer with status 200 for the others; the same for the same name. */
  private Answer unknown(String name) {
    return world.dice().hit(30, Trait.BANDSINTOWN_NOT_FOUND, name.hashCode())
        ? Answers.text(200, Answers.JSON, "\n{warn=Not found}\n")
        : status(404, null);
  }

  @Override
  public Answer status(int status, Params params) {
    String body =
        switch (status) {
          case 403 ->
              "{\"Message\":\"User is not authorized to access this resource with an explicit deny\"}";
          case 404 -> "{\"errorMessage\":\"[NotFound] The artist was not found\"}";
          case 429 -> "{\"message\":\"Too Many Requests\"}";
          case 502 -> "<html><body><h1>502 Bad Gateway</h1></body></html>";
          case 504 -> "{\"message\":\"Endpoint request timed out\"}";
          default -> "{\"errorMessage\":\"[" + status + "] The request failed\"}";
        };
    return Answers.text(status, status == 502 ? Answers.HTML : Answers.JSON, body);
  }

  @Override
  public Answer errorWith200() {
    return Answers.text(200, Answers.JSON, "{\"errorMessage\":\"[InternalError] Try again\"}");
  }
}
