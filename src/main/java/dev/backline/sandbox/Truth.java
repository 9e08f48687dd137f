package dev.backline.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;

/** Tells what is behind the records of the API, one JSON object a line. */
final class Truth {
  private final Snapshot snapshot;
  private final World world;
  private final Spoiled spoiled;
  private final JsonBytes line = new JsonBytes(2048);

  Truth(Snapshot snapshot, Spoiled spoiled) {
    this.snapshot = snapshot;
    this.world = snapshot.world();
    this.spoiled = spoiled;
  }

  /**
   * Writes the venues, then the attractions, then every event that ever appears, then what every
   * record of every API really is.
   */
  void write(OutputStream out) throws IOException {
    for (int i = 0; i < world.venueCount(); i++) {
      venue(world.venue(i));
      flush(out);
    }
    for (int i = 0; i < world.attractionCount(); i++) {
      attraction(world.attraction(i));
      flush(out);
    }
    for (int i = 0; i < world.eventCount(); i++) {
      event(i);
      flush(out);
    }
    Iterator<Identities.Same> records = new Identities(world).same().iterator();
    while (records.hasNext()) {
      same(records.next());
      flush(out);
    }
  }

  private void flush(OutputStream out) throws IOException {
    line.raw("}\n");
    out.write(line.data(), 0, line.length());
  }

  private void same(Identities.Same same) {
    line.clear().raw("{\"kind\":\"same\",\"source\":\"").raw(same.source().word());
    line.raw("\",\"record\":\"").raw(same.record()).raw("\",\"id\":").text(same.id());
    line.raw(",\"entity\":\"").raw(same.entity()).raw("\"");
  }

  private void venue(Venue venue) {
    boolean whole = venue.latitude() != null && venue.longitude() != null;
    line.clear().raw("{\"kind\":\"venue\",\"id\":\"").raw(venue.id()).raw("\",\"name\":");
    line.text(venue.name() == null ? null : venue.name().strip()).raw(",\"city\":");
    line.text(venue.place().city()).raw(",\"country_code\":\"");
    line.raw(venue.place().country().name()).raw("\",\"latitude\":");
    line.raw(whole ? venue.latitude() : "null").raw(",\"longitude\":");
    line.raw(whole ? venue.longitude() : "null");
  }

  private void attraction(Attraction attraction) {
    line.clear().raw("{\"kind\":\"attraction\",\"id\":\"").raw(attraction.id());
    line.raw("\",\"name\":").text(attraction.name().strip()).raw(",\"mbid\":");
    line.text(attraction.mbid()).raw(",\"spotify_id\":").text(attraction.spotifyId());
    line.raw(",\"same_as\":").number(attraction.artist()).raw(",\"music\":");
    line.flag(attraction.segment() == Segment.MUSIC);
  }

  private void event(int index) {
    Events events = world.events();
    EventState state = world.timeline().at(index, snapshot.day());
    Prices prices = Prices.of(world, index, snapshot.day());
    boolean priced = !prices.ranges().isEmpty();
    line.clear().raw("{\"kind\":\"event\",\"id\":\"").raw(events.id(index)).raw("\",\"music\":");
    line.flag(events.segment(index) == Segment.MUSIC).raw(",\"local_date\":");
    line.text(state.date() == null ? null : state.date().toString()).raw(",\"local_time\":");
    line.text(state.time() == null ? null : state.time() + ":00").raw(",\"starts_at\":");
    line.text(state.startsAt() == null ? null : state.startsAt().toString());
    line.raw(",\"status\":\"").raw(state.status()).raw("\",\"price_min\":");
    line.raw(priced ? prices.min() : "null").raw(",\"price_max\":");
    line.raw(priced ? prices.max() : "null").raw(",\"currency\":");
    line.text(priced ? prices.currency() : null).raw(",\"venue\":");
    line.text(events.venueShown(index) ? events.place(index).id() : null);
    line.raw(",\"attractions\":[");
    for (int i = 0; i < events.castSize(index); i++) {
      line.raw(i == 0 ? "" : ",").text(events.cast(index, i).id());
    }
    line.raw("],\"listing\":\"").raw(events.listing(index).word).raw("\",\"visible\":");
    line.flag(snapshot.visible(index));
    switch (spoiled.of(index)) {
      case POISON -> line.raw(",\"poison\":true");
      case GARBAGE -> line.raw(",\"garbage\":true");
      case BAD_PRICE -> line.raw(",\"bad_price\":true");
      case HOSTILE -> line.raw(",\"hostile\":true");
      default -> {}
    }
  }
}
