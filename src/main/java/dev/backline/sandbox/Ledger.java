package dev.backline.sandbox;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the sandbox has served: every record numbered in the order of serving, and every call, of
 * Ticketmaster directly and of every API through {@link #of}.
 *
 * <p>A record counts when its whole answer was sent; answers that a fault cuts off, and error
 * answers, count as calls only. Records inside others (attractions, artists, venues) count as
 * records of their own. Thread-safe.
 */
public final class Ledger {
  /** The kinds of records of Ticketmaster. */
  public enum Kind {
    EVENT,
    ATTRACTION,
    VENUE;

    /** The word for it in answers. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One record that was served.
   *
   * @param id its id in the API
   * @param served how many times
   * @param last the number of its last serving, counted from 1 over all kinds of the API
   * @param hash a 64-bit hash of its JSON as served last
   */
  public record Entry(String id, int served, long last, long hash) {}

  private final Map<Source, SourceLedger> sources = new EnumMap<>(Source.class);
  private final SourceLedger ticketmaster;

  Ledger(World world) {
    ticketmaster =
        new SourceLedger()
            .with(Kind.EVENT.word(), world.eventCount(), event -> world.events().id(event))
            .with(
                Kind.ATTRACTION.word(),
                world.attractionCount(),
                index -> world.attraction(index).id())
            .with(Kind.VENUE.word(), world.venueCount(), index -> world.venue(index).id());
    sources.put(Source.TICKETMASTER, ticketmaster);
    sources.put(Source.SETLISTFM, new SourceLedger().with("artist").with("venue").with("setlist"));
    sources.put(Source.BANDSINTOWN, new SourceLedger().with("artist").with("venue").with("event"));
    sources.put(Source.SPOTIFY, new SourceLedger().with("artist").with("album").with("track"));
  }

  /** The part of one API. */
  public SourceLedger of(Source source) {
    return sources.get(source);
  }

  /** How many calls of Ticketmaster came in, whatever they were answered. */
  public long calls() {
    return ticketmaster.calls();
  }

  /** The largest number of calls of Ticketmaster in any second, over a rolling window. */
  public int callsPerSecondMax() {
    return ticketmaster.callsPerSecondMax();
  }

  /** How many records of a kind were served, repeats included. */
  public long served(Kind kind) {
    return ticketmaster.served(kind.word());
  }

  /** How many different records of a kind were served. */
  public int distinct(Kind kind) {
    return ticketmaster.distinct(kind.word());
  }

  /** The records of a kind that were served at least once, in no particular order. */
  public List<Entry> records(Kind kind) {
    return ticketmaster.records(kind.word());
  }

  /** Forgets everything of every API; numbers start from 1 again. */
  public void reset() {
    sources.values().forEach(SourceLedger::reset);
  }
}
