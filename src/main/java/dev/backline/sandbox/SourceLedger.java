package dev.backline.sandbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * What one API has served; see {@link Ledger} for what counts. Its numbers of serving are its own.
 * Thread-safe.
 */
public final class SourceLedger {
  private static final long SECOND = 1_000_000_000L;

  /** The records of a kind, by index. The arrays grow as higher indexes come. */
  private static final class Book {
    final IntFunction<String> ids;
    int[] served;
    long[] last;
    long[] hash;
    long total;
    int distinct;

    Book(int size, IntFunction<String> ids) {
      this.served = new int[size];
      this.last = new long[size];
      this.hash = new long[size];
      this.ids = ids;
    }

    void fit(int index) {
      if (index >= served.length) {
        int size = Math.max(index + 1, served.length * 2);
        served = Arrays.copyOf(served, size);
        last = Arrays.copyOf(last, size);
        hash = Arrays.copyOf(hash, size);
      }
    }
  }

  /** Numbers ids in the order in which they are first asked for. */
  private static final class Numbering {
    final Map<String, Integer> numbers = new HashMap<>();
    final List<String> ids = new ArrayList<>();

    int of(String id) {
      return numbers.computeIfAbsent(
          id,
          each -> {
            ids.add(each);
            return ids.size() - 1;
          });
    }
  }

  private final Map<String, Book> books = new LinkedHashMap<>();
  private final List<Book> numbered = new ArrayList<>();
  private final List<Numbering> numberings = new ArrayList<>();
  private final ArrayDeque<Long> lastSecond = new ArrayDeque<>();
  private long sequence;
  private long calls;
  private int callsPerSecondMax;

  /** Adds a kind whose records are known beforehand, by index. */
  SourceLedger with(String kind, int size, IntFunction<String> ids) {
    Book book = new Book(size, ids);
    books.put(kind, book);
    numbered.add(book);
    numberings.add(null);
    return this;
  }

  /** Adds a kind whose records get their index from {@link #index}. */
  SourceLedger with(String kind) {
    Numbering numbering = new Numbering();
    with(kind, 64, numbering.ids::get);
    numberings.set(numberings.size() - 1, numbering);
    return this;
  }

  /** The kinds of records of this API, in the words that answers use. */
  public List<String> kinds() {
    return List.copyOf(books.keySet());
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
  public synchronized long served(String kind) {
    return book(kind).total;
  }

  /** How many different records of a kind were served. */
  public synchronized int distinct(String kind) {
    return book(kind).distinct;
  }

  /** The records of a kind that were served at least once, in no particular order. */
  public synchronized List<Ledger.Entry> records(String kind) {
    Book book = book(kind);
    List<Ledger.Entry> entries = new ArrayList<>(book.distinct);
    for (int i = 0; i < book.served.length; i++) {
      if (book.served[i] > 0) {
        entries.add(
            new Ledger.Entry(book.ids.apply(i), book.served[i], book.last[i], book.hash[i]));
      }
    }
    return entries;
  }

  /** Forgets everything; numbers start from 1 again. */
  public synchronized void reset() {
    for (Book book : books.values()) {
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

  /** The index of a record of the {@code kind}-th kind, for {@link Served#add}. */
  synchronized int index(int kind, String id) {
    return numberings.get(kind).of(id);
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
      Book book = numbered.get(served.kind(i));
      int index = served.index(i);
      book.fit(index);
      if (book.served[index]++ == 0) {
        book.distinct++;
      }
      book.total++;
      book.last[index] = ++sequence;
      book.hash[index] = served.hash(i);
    }
  }

  private Book book(String kind) {
    Book book = books.get(kind);
    if (book == null) {
      throw new IllegalArgumentException(
          "kind must be one of " + String.join(", ", books.keySet()) + ", not " + kind);
    }
    return book;
  }
}
