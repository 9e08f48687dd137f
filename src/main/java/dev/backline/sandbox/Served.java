package dev.backline.sandbox;

import java.util.Arrays;

/** The records of one answer, in the order of the answer. Reused by one thread. */
final class Served {
  private byte[] kinds = new byte[1024];
  private int[] indexes = new int[1024];
  private long[] hashes = new long[1024];
  private int size;

  void clear() {
    size = 0;
  }

  void add(Ledger.Kind kind, int index, long hash) {
    add(kind.ordinal(), index, hash);
  }

  /** Adds a record of the {@code kind}-th kind of the API. */
  void add(int kind, int index, long hash) {
    if (size == kinds.length) {
      kinds = Arrays.copyOf(kinds, size * 2);
      indexes = Arrays.copyOf(indexes, size * 2);
      hashes = Arrays.copyOf(hashes, size * 2);
    }
    kinds[size] = (byte) kind;
    indexes[size] = index;
    hashes[size] = hash;
    size++;
  }

  int size() {
    return size;
  }

  int kind(int position) {
    return kinds[position];
  }

  int index(int position) {
    return indexes[position];
  }

  long hash(int position) {
    return hashes[position];
  }
}
