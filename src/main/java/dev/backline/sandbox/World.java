package dev.backline.sandbox;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The generated world: artists, venues and events as a pure function of seed, number of artists and
 * first day. Only its day moves. Thread-safe.
 */
public final class World {
  private final long seed;
  private final int artists;
  private final LocalDate start;
  private final Dice dice;
  private final Attraction[] attractions;
  private final Venue[] venues;
  private final Events events;
  private final Timeline timeline;
  private final int[] eventsById;
  private final int[] eventIdRank;
  private final Map<String, Integer> attractionIndex = new HashMap<>();
  private final Map<String, Integer> venueIndex = new HashMap<>();
  private volatile Snapshot snapshot;
  private volatile Artists realArtists;
  private volatile Shows shows;

  World(long seed, int artists, LocalDate start) {
    if (artists < 1) {
      throw new IllegalArgumentException("artists must be at least 1, not " + artists);
    }
    this.seed = seed;
    this.artists = artists;
    this.start = start;
    this.dice = new Dice(seed);
    this.attractions = new Attractions(dice, artists).generate();
    this.venues = new Venues(dice, artists).generate();
    this.events = new Events(dice, attractions, venues, artists);
    this.timeline = new Timeline(dice, events, start);
    this.eventsById = sortedById();
    this.eventIdRank = new int[eventsById.length];
    for (int rank = 0; rank < eventsById.length; rank++) {
      eventIdRank[eventsById[rank]] = rank;
    }
    for (Attraction attraction : attractions) {
      attractionIndex.put(attraction.id(), attraction.index());
    }
    for (Venue venue : venues) {
      venueIndex.put(venue.id(), venue.index());
    }
    this.snapshot = new Snapshot(this, 0);
  }

  public long seed() {
    return seed;
  }

  public int artists() {
    return artists;
  }

  /** The first day of the world. */
  public LocalDate start() {
    return start;
  }

  /** How many days have passed since {@link #start}. */
  public int day() {
    return snapshot.day();
  }

  /** The world's today. */
  public LocalDate today() {
    return start.plusDays(day());
  }

  /** All attractions, of music and other. */
  public int attractionCount() {
    return attractions.length;
  }

  public int venueCount() {
    return venues.length;
  }

  /** All events that ever appear. */
  public int eventCount() {
    return events.size();
  }

  /** The events that the API knows today, those without a date included. */
  public int visibleEventCount() {
    return snapshot.visibleCount();
  }

  synchronized void advance(int days) {
    if (days < 0 || days > 100_000) {
      throw new IllegalArgumentException("days must be 0 to 100000, not " + days);
    }
    if (days > 0) {
      snapshot = new Snapshot(this, snapshot.day() + days);
    }
  }

  Snapshot snapshot() {
    return snapshot;
  }

  Dice dice() {
    return dice;
  }

  Attraction attraction(int index) {
    return attractions[index];
  }

  Venue venue(int index) {
    return venues[index];
  }

  Events events() {
    return events;
  }

  Timeline timeline() {
    return timeline;
  }

  /** The real artists; made when first asked for. */
  Artists realArtists() {
    if (realArtists == null) {
      synchronized (this) {
        if (realArtists == null) {
          realArtists = new Artists(this);
        }
      }
    }
    return realArtists;
  }

  /** The real shows; made when first asked for. */
  Shows shows() {
    if (shows == null) {
      synchronized (this) {
        if (shows == null) {
          shows = new Shows(this, realArtists());
        }
      }
    }
    return shows;
  }

  /** The position of an event when all events are sorted by id. */
  int eventIdRank(int event) {
    return eventIdRank[event];
  }

  /** The index of an event, or -1 when no event ever has the id. */
  int eventIndex(String id) {
    int low = 0;
    int high = eventsById.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = events.id(eventsById[middle]).compareTo(id);
      if (order == 0) {
        return eventsById[middle];
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  int attractionIndex(String id) {
    return attractionIndex.getOrDefault(id, -1);
  }

  int venueIndex(String id) {
    return venueIndex.getOrDefault(id, -1);
  }

  private int[] sortedById() {
    String[] ids = new String[events.size()];
    Arrays.setAll(ids, events::id);
    return IntStream.range(0, ids.length)
        .boxed()
        .sorted(Comparator.comparing((Integer i) -> ids[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
