package dev.backline.sandbox;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Numbers by group, in the order in which they were given. */
final class Groups {
  private final int[] starts;
  private final int[] members;

  /** {@code groupOf} answers a number from 0 to {@code groups}, the same each time. */
  Groups(int groups, int[] numbers, IntUnaryOperator groupOf) {
    starts = new int[groups + 1];
    members = new int[numbers.length];
    for (int number : numbers) {
      starts[groupOf.applyAsInt(number) + 1]++;
    }
    for (int i = 1; i < starts.length; i++) {
      starts[i] += starts[i - 1];
    }
    int[] next = starts.clone();
    for (int number : numbers) {
      members[next[groupOf.applyAsInt(number)]++] = number;
    }
  }

  IntStream of(int group) {
    return Arrays.stream(members, starts[group], starts[group + 1]);
  }
}
