package dev.backline.sandbox;

/** Renders a venue, the same alone and inside an event. */
final class VenueJson {
  private static final String BOX_OFFICE =
      ",\"boxOfficeInfo\":{\"phoneNumberDetail\":\"Box office (555) 010-0199, accessible seating "
          + "(555) 010-0142\",\"openHoursDetail\":\"Monday to Friday 10:00 to 18:00, on show days "
          + "until half an hour after the doors. Closed on public holidays.\","
          + "\"acceptedPaymentDetail\":\"Cash up to 100, all usual cards. No cheques.\","
          + "\"willCallDetail\":\"Tickets may be collected from two hours before the show with the "
          + "card used to pay and a photo identification.\"}";
  private static final String PARKING =
      ",\"parkingDetail\":\"There are two garages within five minutes on foot. Spaces can be booked"
          + " with the ticket; on busy nights both are full an hour before the show. The last tram"
          + " leaves at half past midnight.\"";
  private static final String SEATING =
      ",\"accessibleSeatingDetail\":\"This is an accessible venue. Wheelchair places are on the "
          + "ground floor on both sides; a companion sits next to you. Please call before you buy "
          + "when you need a step-free way to the upper rows.\"";
  private static final String RULES =
      ",\"generalInfo\":{\"generalRule\":\"No bottles, cans, professional cameras or large bags."
          + " Every visitor may be searched. There is no way back in after"
          + " leaving.\",\"childRule\":\"Children under two need no ticket but must sit on a lap."
          + " Under sixteen only with an adult.\"}";
  private static final String ADA =
      ",\"ada\":{\"adaPhones\":\"(555) 010-0142\",\"adaCustomCopy\":\"Requests are answered within "
          + "one working day.\",\"adaHours\":\"Monday to Friday 9:00 to 17:00\"}";

  private VenueJson() {}

  static Chunk chunk(Snapshot snapshot, int index, String locale) {
    JsonBytes out = new JsonBytes(3072);
    write(out, snapshot, index, locale, "");
    return new Chunk(out.copy(), out.hashFrom(0), 0, 0, 0, 0);
  }

  /** Appends the object; {@code suffix} is added to its name if it has one. */
  static void write(JsonBytes out, Snapshot snapshot, int index, String locale, String suffix) {
    World world = snapshot.world();
    Venue venue = world.venue(index);
    Dice dice = world.dice();
    Place place = venue.place();
    out.raw("{");
    if (venue.name() != null) {
      out.raw("\"name\":").text(venue.name() + suffix).raw(",");
    }
    out.raw("\"type\":\"venue\",\"id\":\"").raw(venue.id()).raw("\",\"test\":false");
    out.raw(",\"url\":\"https://tickets.sandbox.example/");
    out.raw(AttractionJson.slug(venue.name() == null ? "" : venue.name()));
    out.raw("/venue/").number(1000L + index).raw("\",\"locale\":\"").raw(locale).raw("\"");
    if (dice.hit(30, Trait.VENUE_DETAIL, index * 4L)) {
      out.raw(",\"images\":[{\"ratio\":\"3_2\",\"url\":\"https://images.sandbox.example/dam/v/");
      out.number(index).raw("_SOURCE.jpg\",\"width\":1220,\"height\":810,\"fallback\":false}]");
    }
    out.raw(",\"postalCode\":\"").number(10_000 + dice.below(89_999, Trait.VENUE_STREET, -index));
    out.raw("\",\"timezone\":\"").raw(place.zone().getId()).raw("\",\"city\":{\"name\":");
    out.text(place.city()).raw("}");
    if (place.state() != null) {
      out.raw(",\"state\":{\"name\":").text(place.state()).raw(",\"stateCode\":\"");
      out.raw(place.stateCode()).raw("\"}");
    }
    out.raw(",\"country\":{\"name\":").text(place.country().title).raw(",\"countryCode\":\"");
    out.raw(place.country().name()).raw("\"},\"address\":{\"line1\":").text(venue.street());
    out.raw("}");
    location(out, venue);
    if (place.country() == Country.US || place.country() == Country.CA) {
      out.raw(",\"markets\":[{\"name\":").text(place.city() + " Area").raw(",\"id\":\"");
      out.number(1 + index % 60).raw("\"}],\"dmas\":[{\"id\":").number(200 + index % 200);
      out.raw("},{\"id\":").number(401 + index % 9).raw("}]");
    }
    details(out, dice, index);
    int total = snapshot.venueEvents(index);
    out.raw(",\"upcomingEvents\":{\"_total\":").number(total);
    if (total > 0) {
      out.raw(",\"").raw(place.country().source).raw("\":").number(total);
    }
    out.raw(",\"_filtered\":0},\"_links\":{\"self\":{\"href\":\"/discovery/v2/venues/");
    out.raw(venue.id()).raw("?locale=").raw(locale).raw("\"}}}");
  }

  private static void location(JsonBytes out, Venue venue) {
    if (venue.longitude() != null) {
      out.raw(",\"location\":{\"longitude\":\"").raw(venue.longitude()).raw("\"");
      if (venue.latitude() != null) {
        out.raw(",\"latitude\":\"").raw(venue.latitude()).raw("\"");
      }
      out.raw("}");
    }
  }

  private static void details(JsonBytes out, Dice dice, int index) {
    if (dice.hit(70, Trait.VENUE_DETAIL, index * 4L + 1)) {
      out.raw(BOX_OFFICE);
    }
    if (dice.hit(70, Trait.VENUE_DETAIL, index * 4L + 2)) {
      out.raw(PARKING).raw(SEATING);
    }
    if (dice.hit(60, Trait.VENUE_DETAIL, index * 4L + 3)) {
      out.raw(RULES).raw(ADA);
    }
  }
}
