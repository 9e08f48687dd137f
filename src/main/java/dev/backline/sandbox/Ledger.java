package dev.backline.sandbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * What the sandbox has served: every record numbered in the order of serving, and every call.
 *
 * <p>A record counts when its whole answer was sent; answers that a fault cuts off, and error
 * answers, count as calls only. Attractions and venues inside events count as records of their own.
 * Thread-safe.
 */
public final class Ledger {
  private static final long SECOND = 1_000_000_000L;

  /** The kinds of records. */
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
   * @param last the number of its last serving, counted from 1 over all kinds
   * @param hash a 64-bit hash of its JSON as served last
   */
  public record Entry(String id, int served, long last, long hash) {}

  private static final class Book {
    final int[] served;
    final long[] last;
    final long[] hash;
    final IntFunction<String> ids;
    long total;
    int distinct;

    Book(int size, IntFunction<String> ids) {
      this.served = new int[size];
      this.last = new long[size];
      this.hash = new long[size];
      this.ids = ids;
    }
  }

  private final Book[] books;
  private final ArrayDeque<Long> lastSecond = new ArrayDeque<>();
  private long sequence;
  private long calls;
  private int callsPerSecondMax;

  Ledger(World world) {
    books =
        new Book[] {
          new Book(world.eventCount(), event -> world.events().id(event)),
          new Book(world.attractionCount(), index -> world.attraction(index).id()),
          new Book(world.venueCount(), index -> world.venue(index).id())
        };
  }

  /** How many calls came in, whatever they were answered. */
  public synchronized long calls() {
    return calls;
  }

  /** The largest number of calls in any second, counted over a rolling window. */
  public synchronized int callsPerSecondMax() {
    return callsPerSecondMax;
  }

  /** How many records of a kind were served, repeats included. */
  public synchronized long served(Kind kind) {
    return books[kind.ordinal()].total;
  }

  /** How many different records of a kind were served. */
  public synchronized int distinct(Kind kind) {
    return books[kind.ordinal()].distinct;
  }

  /** The records of a kind that were served at least once, in no particular order. */
  public synchronized List<Entry> records(Kind kind) {
    Book book = books[kind.ordinal()];
    List<Entry> entries = new ArrayList<>(book.distinct);
    for (int i = 0; i < book.served.length; i++) {
      if (book.served[i] > 0) {
        entries.add(new Entry(book.ids.apply(i), book.served[i], book.last[i], book.hash[i]));
      }
    }
    return entries;
  }

  /** Forgets everything; numbers start from 1 again. */
  public synchronized void reset() {
    for (Book book : books) {
      Arrays.fill(book.served, 0);
      Arrays.fill(book.last, 0);
      Arrays.fill(book.hash, 0);
      book.total = 0;
      book.distinct = 0;
    }
    lastSecond.clear();
    sequence = 0;
    calls = 0;
    callsPerSecondMax = 0;
  }

  /** Notes a call at a reading of {@link System#nanoTime}. */
  synchronized void call(long nanos) {
    calls++;
    lastSecond.addLast(nanos);
    while (nanos - lastSecond.peekFirst() >= SECOND) {
      lastSecond.removeFirst();
    }
    callsPerSecondMax = Math.max(callsPerSecondMax, lastSecond.size());
  }

  synchronized void record(Served served) {
    for (int i = 0; i < served.size(); i++) {
      Book book = books[served.kind(i)];
      int index = served.index(i);
      if (book.served[index]++ == 0) {
        book.distinct++;
      }
      book.total++;
      book.last[index] = ++sequence;
      book.hash[index] = served.hash(i);
    }
  }
}
