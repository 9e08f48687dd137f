package dev.backline.sandbox;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;

/**
 * Renders an event. Attractions, venue, pictures and classifications are copied from rendered
 * chunks; only the event's own fields are written anew.
 */
final class EventJson {
  private static final String[] INFO = {
    "Doors open one hour before the show. Please be early: bags are searched and the queue is long."
        + " The supporting acts are subject to change without notice. There is no way back in after"
        + " leaving the building.",
    "This is a standing event with a limited number of seats on the balcony. Lockers are in the "
        + "foyer. Cameras with exchangeable lenses stay there too. Food and drink are sold inside.",
    "Tickets are mobile only and appear in your account two days before the show. Screenshots are "
        + "not accepted. Names on tickets may be compared with a photo identification at the gate."
  };
  private static final String[] PLEASE_NOTE = {
    "The maximum number of tickets applies to each household and card. Orders above it may be "
        + "cancelled without notice. Tickets bought from unknown sellers may be refused.",
    "Strobe lights and smoke are used in this show. Ear plugs are free at the cloakroom. Persons "
        + "under sixteen are admitted only with an adult who holds a ticket of the same area."
  };
  private static final String[] PROMOTERS = {
    "NORTHERN LIGHT CONCERTS", "Promoted by venue", "Big Tree Touring", "Kite & Anchor, s.r.o."
  };
  private static final String[] HOSTILE_NAMES = {"\\u0000", "\\ud800", "\\udc00", "\\u0000\\ud83c"};

  private EventJson() {}

  /** Appends the object and notes it and what is embedded in it. */
  static void write(
      JsonBytes out, Snapshot snapshot, int event, String locale, Spoil spoil, Served served) {
    World world = snapshot.world();
    Events events = world.events();
    Dice dice = world.dice();
    EventState state = world.timeline().at(event, snapshot.day());
    int from = out.length();
    String id = events.id(event);
    String name = events.name(event);
    out.raw("{\"name\":");
    name(out, name, spoil, event);
    out.raw(",\"type\":\"event\",\"id\":\"").raw(id).raw("\",\"test\":false");
    url(out, dice, event, id, name, state.date());
    out.raw(",\"locale\":\"").raw(locale).raw("\",\"images\":");
    images(out, snapshot, event);
    sales(out, world, event, state);
    if (spoil == Spoil.GARBAGE) {
      out.raw(",\"dates\":\"see the artist's page\"");
    } else {
      dates(out, world, event, state);
    }
    classifications(out, snapshot, event, locale);
    texts(out, dice, event);
    prices(out, Prices.of(world, event, snapshot.day()), spoil);
    products(out, dice, event, id, name);
    out.raw(",\"seatmap\":{\"staticUrl\":\"https://maps.sandbox.example/").raw(id);
    out.raw(".png\",\"id\":\"seatmap\"}");
    if (dice.hit(40, Trait.EVENT_DETAIL, event * 8L + 3)) {
      out.raw(",\"accessibility\":{\"ticketLimit\":4,\"info\":\"Places for wheelchairs and their ");
      out.raw("companions are kept free on both sides until the day before the show.\"}");
    }
    int limit = 4 + dice.below(3, Trait.EVENT_DETAIL, event * 8L + 4) * 2;
    out.raw(",\"ticketLimit\":{\"info\":\"There is an overall limit of ").number(limit);
    out.raw(" tickets for this event.\",\"id\":\"ticketLimit\"},\"ageRestrictions\":");
    out.raw("{\"legalAgeEnforced\":").flag(dice.hit(20, Trait.EVENT_DETAIL, event * 8L + 5));
    out.raw(",\"id\":\"ageRestrictions\"},\"ticketing\":{\"safeTix\":{\"enabled\":");
    out.flag(dice.hit(50, Trait.EVENT_DETAIL, event * 8L + 6));
    out.raw("},\"id\":\"ticketing\"}");
    links(out, events, event, id, locale);
    embedded(out, snapshot, event, locale, served);
    out.raw("}");
    served.add(Ledger.Kind.EVENT, event, out.hashFrom(from));
  }

  private static void name(JsonBytes out, String name, Spoil spoil, int event) {
    out.raw("\"");
    if (spoil == Spoil.POISON) {
      out.raw("POISON ");
    }
    out.escaped(name);
    if (spoil == Spoil.HOSTILE) {
      out.raw(HOSTILE_NAMES[event % HOSTILE_NAMES.length]).raw("x");
    } else if (spoil == Spoil.COPY) {
      out.raw(" (updated)");
    }
    out.raw("\"");
  }

  private static void url(
      JsonBytes out, Dice dice, int event, String id, String name, LocalDate date) {
    out.raw(",\"url\":\"https://tickets.sandbox.example/").raw(AttractionJson.slug(name));
    if (date != null) {
      out.raw("-").raw(date.toString());
    }
    boolean legacy = dice.hit(75, Trait.EVENT_DETAIL, event * 8L + 7);
    String other = legacy ? Long.toHexString(dice.roll(Trait.EVENT_DETAIL, ~event)) : id;
    out.raw("/event/").raw(other).raw("\"");
  }

  private static void images(JsonBytes out, Snapshot snapshot, int event) {
    Events events = snapshot.world().events();
    if (events.castSize(event) == 0) {
      Images.write(out, snapshot.world().dice(), -1 - events.main(event));
      return;
    }
    Chunk headliner = snapshot.attraction(events.cast(event, 0).index());
    out.raw(headliner.bytes(), headliner.imagesFrom(), headliner.imagesTo());
  }

  private static void sales(JsonBytes out, World world, int event, EventState state) {
    Dice dice = world.dice();
    LocalDate from = world.start().plusDays(world.timeline().onSaleDay(event));
    boolean placeholder = dice.hit(18, Trait.EVENT_PLACEHOLDER, event);
    out.raw(",\"sales\":{\"public\":{\"startDateTime\":\"");
    if (placeholder) {
      out.raw("1900-01-01T06:00:00Z");
    } else {
      out.raw(from.toString()).raw("T15:00:00Z");
    }
    out.raw("\",\"startTBD\":false,\"startTBA\":false");
    if (state.startsAt() != null) {
      out.raw(",\"endDateTime\":\"").raw(instant(state.startsAt())).raw("\"");
    }
    out.raw("}");
    if (dice.hit(40, Trait.EVENT_PRESALE, event)) {
      String first = from.minusDays(3).toString();
      String second = from.minusDays(2).toString();
      out.raw(",\"presales\":[{\"startDateTime\":\"")
          .raw(first)
          .raw("T15:00:00Z\",\"endDateTime\":\"");
      out.raw(second).raw("T03:00:00Z\",\"name\":\"Fan club presale\"},{\"startDateTime\":\"");
      out.raw(second).raw("T15:00:00Z\",\"endDateTime\":\"").raw(from.toString());
      out.raw("T03:00:00Z\",\"name\":\"Card holder presale\"}]");
    }
    out.raw("}");
  }

  private static void dates(JsonBytes out, World world, int event, EventState state) {
    Dice dice = world.dice();
    out.raw(",\"dates\":{\"start\":{");
    if (state.date() != null) {
      out.raw("\"localDate\":\"").raw(state.date().toString()).raw("\",");
    }
    if (state.time() != null) {
      clock(out.raw("\"localTime\":\""), state.time());
      out.raw("\",\"dateTime\":\"").raw(instant(state.startsAt())).raw("\",");
    }
    out.raw("\"dateTBD\":").flag(state.tbd()).raw(",\"dateTBA\":").flag(state.tba());
    out.raw(",\"timeTBA\":").flag(state.timeTba());
    out.raw(",\"noSpecificTime\":").flag(state.noTime()).raw("}");
    boolean longer = state.date() != null && dice.hit(3, Trait.EVENT_END, event);
    if (longer) {
      out.raw(",\"end\":{\"localDate\":\"").raw(state.date().plusDays(1).toString());
      out.raw("\",\"approximate\":true,\"noSpecificTime\":true}");
    }
    if (state.initialDate() != null) {
      out.raw(",\"initialStartDate\":{\"localDate\":\"").raw(state.initialDate().toString());
      out.raw("\",\"dateTBD\":false,\"dateTBA\":false,\"timeTBA\":true,\"noSpecificTime\":false}");
    }
    if (!dice.hit(20, Trait.EVENT_ZONE_ABSENT, event)) {
      out.raw(",\"timezone\":\"").raw(world.events().place(event).place().zone().getId()).raw("\"");
    }
    if (state.code() != null) {
      out.raw(",\"status\":{\"code\":\"").raw(state.code()).raw("\"}");
    }
    out.raw(",\"spanMultipleDays\":").flag(longer).raw("}");
  }

  private static void classifications(JsonBytes out, Snapshot snapshot, int event, String locale) {
    Events events = snapshot.world().events();
    out.raw(",\"classifications\":");
    if (events.castSize(event) == 0) {
      AttractionJson.classifications(
          out, new Attraction(-1, "", "", -1, Segment.MUSIC, "Undefined", null, null), locale);
    } else if (locale.equals(Answers.DEFAULT_LOCALE)) {
      Chunk headliner = snapshot.attraction(events.cast(event, 0).index());
      out.raw(headliner.bytes(), headliner.classFrom(), headliner.classTo());
    } else {
      AttractionJson.classifications(out, events.cast(event, 0), locale);
    }
  }

  private static void texts(JsonBytes out, Dice dice, int event) {
    int promoter = dice.below(PROMOTERS.length, Trait.EVENT_PROMOTER, event);
    String title = PROMOTERS[promoter];
    out.raw(",\"promoter\":{\"id\":\"").number(400 + promoter).raw("\",\"name\":\"").raw(title);
    out.raw("\",\"description\":\"").raw(title).raw(" / NTL\"},\"promoters\":[{\"id\":\"");
    out.number(400 + promoter).raw("\",\"name\":\"").raw(title).raw("\",\"description\":\"");
    out.raw(title).raw(" / NTL\"}]");
    if (dice.hit(60, Trait.EVENT_DETAIL, event * 8L)) {
      out.raw(",\"info\":\"").raw(INFO[Math.floorMod(event, INFO.length)]).raw("\"");
    }
    if (dice.hit(50, Trait.EVENT_DETAIL, event * 8L + 1)) {
      out.raw(",\"pleaseNote\":\"").raw(PLEASE_NOTE[event & 1]).raw("\"");
    }
  }

  private static void prices(JsonBytes out, Prices prices, Spoil spoil) {
    if (spoil == Spoil.GARBAGE) {
      out.raw(",\"priceRanges\":7");
    } else if (spoil == Spoil.BAD_PRICE) {
      out.raw(",\"priceRanges\":[{\"min\":\"n/a\",\"max\":{}}]");
    } else if (spoil == Spoil.COPY) {
      out.raw(",\"priceRanges\":[{\"type\":\"standard\",\"currency\":\"").raw(prices.currency());
      out.raw("\",\"min\":1.5,\"max\":2.5}]");
    } else if (!prices.ranges().isEmpty()) {
      List<Prices.Range> ranges = prices.ranges();
      for (int i = 0; i < ranges.size(); i++) {
        Prices.Range range = ranges.get(i);
        out.raw(i == 0 ? ",\"priceRanges\":[" : ",").raw("{\"type\":\"").raw(range.type());
        out.raw("\",\"currency\":\"").raw(prices.currency()).raw("\",\"min\":");
        out.raw(Prices.decimal(range.min())).raw(",\"max\":").raw(Prices.decimal(range.max()));
        out.raw("}");
      }
      out.raw("]");
    }
  }

  private static void products(JsonBytes out, Dice dice, int event, String id, String name) {
    if (dice.hit(15, Trait.EVENT_PRODUCT, event)) {
      out.raw(",\"products\":[{\"name\":\"").escaped(name).raw(" Parking\",\"id\":\"");
      out.raw(dice.id(15, Trait.EVENT_PRODUCT, -1L - event));
      out.raw("\",\"url\":\"https://tickets.sandbox.example/parking/event/").raw(id);
      out.raw("\",\"type\":\"Parking\"}]");
    }
  }

  private static void links(JsonBytes out, Events events, int event, String id, String locale) {
    out.raw(",\"_links\":{\"self\":{\"href\":\"/discovery/v2/events/").raw(id);
    out.raw("?locale=").raw(locale).raw("\"}");
    int billed = events.castSize(event);
    for (int i = 0; i < billed; i++) {
      out.raw(i == 0 ? ",\"attractions\":[" : ",").raw("{\"href\":\"/discovery/v2/attractions/");
      out.raw(events.cast(event, i).id()).raw("?locale=").raw(locale).raw("\"}");
    }
    if (billed > 0) {
      out.raw("]");
    }
    if (events.venueShown(event)) {
      out.raw(",\"venues\":[{\"href\":\"/discovery/v2/venues/").raw(events.place(event).id());
      out.raw("?locale=").raw(locale).raw("\"}]");
    }
    out.raw("}");
  }

  private static void embedded(
      JsonBytes out, Snapshot snapshot, int event, String locale, Served served) {
    Events events = snapshot.world().events();
    int billed = events.castSize(event);
    boolean venueShown = events.venueShown(event);
    if (billed == 0 && !venueShown) {
      return;
    }
    boolean kept = locale.equals(Answers.DEFAULT_LOCALE);
    out.raw(",\"_embedded\":{");
    if (venueShown) {
      int venue = events.place(event).index();
      Chunk chunk = kept ? snapshot.venue(venue) : VenueJson.chunk(snapshot, venue, locale);
      out.raw("\"venues\":[").raw(chunk.bytes(), 0, chunk.bytes().length).raw("]");
      served.add(Ledger.Kind.VENUE, venue, chunk.hash());
    }
    for (int i = 0; i < billed; i++) {
      int attraction = events.cast(event, i).index();
      Chunk chunk =
          kept
              ? snapshot.attraction(attraction)
              : AttractionJson.chunk(snapshot, attraction, locale);
      out.raw(i > 0 ? "," : venueShown ? ",\"attractions\":[" : "\"attractions\":[");
      out.raw(chunk.bytes(), 0, chunk.bytes().length);
      served.add(Ledger.Kind.ATTRACTION, attraction, chunk.hash());
    }
    out.raw(billed > 0 ? "]}" : "}");
  }

  private static String instant(Instant instant) {
    return instant.toString();
  }

  private static void clock(JsonBytes out, LocalTime time) {
    out.raw(time.getHour() < 10 ? "0" : "").number(time.getHour());
    out.raw(time.getMinute() < 10 ? ":0" : ":").number(time.getMinute()).raw(":00");
  }
}
