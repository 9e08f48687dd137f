package dev.backline.sandbox;

import java.time.LocalTime;
import java.time.ZoneId;

/**
 * The world on one day: what searches need of every event, as arrays by index, and the rendered
 * attractions and venues, made when first asked for. Never changes otherwise; thread-safe.
 */
final class Snapshot {
  /** Above this many attractions, rendered ones are made anew each time instead of kept. */
  private static final int KEPT_CHUNKS = 30_000;

  private static final byte VISIBLE = 1;
  private static final byte TBA = 2;
  private static final byte TBD = 4;

  private final World world;
  private final int day;
  private final byte[] flags;
  private final int[] fromMinute;
  private final int[] toMinute;
  private final int[] attractionEvents;
  private final int[] venueEvents;
  private final Chunk[] attractionChunks;
  private final Chunk[] venueChunks;
  private final Searches searches = new Searches();
  private final int visibleCount;

  Snapshot(World world, int day) {
    this.world = world;
    this.day = day;
    Events events = world.events();
    int size = events.size();
    flags = new byte[size];
    fromMinute = new int[size];
    toMinute = new int[size];
    attractionEvents = new int[world.attractionCount()];
    venueEvents = new int[world.venueCount()];
    attractionChunks = new Chunk[Math.min(KEPT_CHUNKS, attractionEvents.length)];
    venueChunks = new Chunk[Math.min(KEPT_CHUNKS, venueEvents.length)];
    int visible = 0;
    for (int event = 0; event < size; event++) {
      EventState state = world.timeline().at(event, day);
      if (state.visible()) {
        visible++;
        note(event, state, events);
      }
    }
    visibleCount = visible;
  }

  World world() {
    return world;
  }

  int day() {
    return day;
  }

  int visibleCount() {
    return visibleCount;
  }

  Searches searches() {
    return searches;
  }

  boolean visible(int event) {
    return (flags[event] & VISIBLE) != 0;
  }

  /** Date to be announced. */
  boolean tba(int event) {
    return (flags[event] & TBA) != 0;
  }

  /** Date to be determined. */
  boolean tbd(int event) {
    return (flags[event] & TBD) != 0;
  }

  /** True when the event, or any minute of its local day when it has no time, is in the window. */
  boolean within(int event, long fromSecond, long toSecond) {
    return (flags[event] & (TBA | TBD)) == 0
        && toMinute[event] * 60L >= fromSecond
        && fromMinute[event] * 60L <= toSecond;
  }

  /** How many visible events an attraction plays. */
  int attractionEvents(int attraction) {
    return attractionEvents[attraction];
  }

  int venueEvents(int venue) {
    return venueEvents[venue];
  }

  Chunk attraction(int index) {
    if (index >= attractionChunks.length) {
      return AttractionJson.chunk(this, index, Answers.DEFAULT_LOCALE);
    }
    Chunk chunk = attractionChunks[index];
    if (chunk == null) {
      chunk = AttractionJson.chunk(this, index, Answers.DEFAULT_LOCALE);
      attractionChunks[index] = chunk;
    }
    return chunk;
  }

  Chunk venue(int index) {
    if (index >= venueChunks.length) {
      return VenueJson.chunk(this, index, Answers.DEFAULT_LOCALE);
    }
    Chunk chunk = venueChunks[index];
    if (chunk == null) {
      chunk = VenueJson.chunk(this, index, Answers.DEFAULT_LOCALE);
      venueChunks[index] = chunk;
    }
    return chunk;
  }

  /** The minute it starts, counted from 1970; the largest for an event without a date. */
  int dateKey(int event) {
    return (flags[event] & (TBA | TBD)) == 0 ? fromMinute[event] : Integer.MAX_VALUE;
  }

  private void note(int event, EventState state, Events events) {
    flags[event] = VISIBLE;
    if (state.tba()) {
      flags[event] |= TBA;
    } else if (state.tbd()) {
      flags[event] |= TBD;
    } else if (state.startsAt() != null) {
      fromMinute[event] = (int) (state.startsAt().getEpochSecond() / 60);
      toMinute[event] = fromMinute[event];
    } else {
      ZoneId zone = events.place(event).place().zone();
      fromMinute[event] = (int) (state.date().atStartOfDay(zone).toEpochSecond() / 60);
      LocalTime end = LocalTime.of(23, 59);
      toMinute[event] = (int) (state.date().atTime(end).atZone(zone).toEpochSecond() / 60);
    }
    for (int i = 0; i < events.castSize(event); i++) {
      attractionEvents[events.cast(event, i).index()]++;
    }
    if (events.venueShown(event)) {
      venueEvents[events.place(event).index()]++;
    }
  }
}
