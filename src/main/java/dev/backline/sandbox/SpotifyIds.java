package dev.backline.sandbox;

import java.math.BigInteger;

/**
 * Ids of releases and tracks: 22 characters of base 62 that hold, scrambled with the seed, whose
 * release it is and which track. So any of them is found without a list of them all.
 */
final class SpotifyIds {
  /** What an id stands for; {@code track} is -1 for the release itself. */
  record Place(int artist, int release, int track) {}

  private static final String DIGITS =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final BigInteger BASE = BigInteger.valueOf(62);
  private static final int LENGTH = 22;
  private static final int RELEASE_BITS = 20;
  private static final int TRACK_BITS = 12;

  private final long key;

  SpotifyIds(Dice dice) {
    this.key = dice.roll(Trait.SPOTIFY_ID, 0);
  }

  static boolean wellFormed(String id) {
    return id.matches("[0-9A-Za-z]{22}");
  }

  String release(int artist, int release) {
    return id(new Place(artist, release, -1));
  }

  String track(int artist, int release, int track) {
    return id(new Place(artist, release, track));
  }

  /** The place that an id stands for, or null when it is none of this world. */
  Place place(String id) {
    BigInteger value = BigInteger.ZERO;
    for (int i = 0; i < id.length(); i++) {
      value = value.multiply(BASE).add(BigInteger.valueOf(DIGITS.indexOf(id.charAt(i))));
    }
    long packed = Scramble.back(value.longValue()) ^ key;
    int release = (int) (packed >>> TRACK_BITS) & (1 << RELEASE_BITS) - 1;
    int track = (int) packed & (1 << TRACK_BITS) - 1;
    Place place = new Place((int) (packed >>> TRACK_BITS + RELEASE_BITS), release, track - 1);
    return id(place).equals(id) ? place : null;
  }

  private String id(Place place) {
    long packed =
        (long) place.artist() << TRACK_BITS + RELEASE_BITS
            | (long) place.release() << TRACK_BITS
            | place.track() + 1;
    long low = Dice.mix(packed ^ key);
    BigInteger value =
        new BigInteger(Long.toUnsignedString(Dice.mix(low ^ key)))
            .shiftLeft(Long.SIZE)
            .add(new BigInteger(Long.toUnsignedString(low)));
    char[] id = new char[LENGTH];
    for (int i = LENGTH - 1; i >= 0; i--) {
      BigInteger[] parts = value.divideAndRemainder(BASE);
      id[i] = DIGITS.charAt(parts[1].intValue());
      value = parts[0];
    }
    return new String(id);
  }
}
