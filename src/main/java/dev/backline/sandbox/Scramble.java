package dev.backline.sandbox;

/** Undoes {@link Dice#mix}. */
final class Scramble {
  private Scramble() {}

  /** The number that {@link Dice#mix} makes {@code value} of. */
  static long back(long value) {
    long z = (value ^ value >>> 31 ^ value >>> 62) * 0x319642B2D24D8EC3L;
    z = (z ^ z >>> 27 ^ z >>> 54) * 0x96DE1B173F119089L;
    return z ^ z >>> 30 ^ z >>> 60;
  }
}
