package dev.backline.sandbox;

/**
 * Random numbers without a sequence: each is a function of the seed, a trait and an index, so any
 * part of the world can be computed alone and in any order.
 */
final class Dice {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private final long seed;

  Dice(long seed) {
    this.seed = mix(seed + GAMMA);
  }

  /** 64 evenly spread bits. */
  long roll(Trait trait, long index) {
    return mix(seed ^ mix(((long) trait.ordinal() + 1) * GAMMA + index));
  }

  /** From 0 (inclusive) to 1 (exclusive). */
  double share(Trait trait, long index) {
    return (roll(trait, index) >>> 11) * 0x1.0p-53;
  }

  /** From 0 (inclusive) to {@code bound} (exclusive). */
  int below(int bound, Trait trait, long index) {
    return (int) (((roll(trait, index) >>> 33) * bound) >>> 31);
  }

  /** True on {@code percent} percent of the indexes. */
  boolean hit(double percent, Trait trait, long index) {
    return share(trait, index) * 100 < percent;
  }

  /** A letter, then {@code length - 1} characters of [A-Za-z0-9_-]. */
  String id(int length, Trait trait, long index) {
    return word(length, 64, trait, index);
  }

  /** {@code length} characters of [A-Za-z0-9], the first a letter. */
  String alphanumeric(int length, Trait trait, long index) {
    return word(length, 62, trait, index);
  }

  private String word(int length, int letters, Trait trait, long index) {
    char[] word = new char[length];
    long bits = roll(trait, index);
    for (int i = 0; i < length; i++) {
      bits = mix(bits + GAMMA);
      int bound = i == 0 ? 52 : letters;
      word[i] = ALPHABET.charAt((int) (((bits >>> 33) * bound) >>> 31));
    }
    return new String(word);
  }

  /** The finishing function of SplitMix64. */
  static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The number that {@link #mix} makes {@code value} of. */
  static long unmix(long value) {
    long z = (value ^ value >>> 31 ^ value >>> 62) * 0x319642B2D24D8EC3L;
    z = (z ^ z >>> 27 ^ z >>> 54) * 0x96DE1B173F119089L;
    return z ^ z >>> 30 ^ z >>> 60;
  }
}
