package dev.backline.sandbox;

import java.util.regex.Pattern;

/**
 * Ids of releases and tracks: 22 characters of base 62 that hold, scrambled with the seed, whose
 * release it is and which track. So any of them is found without a list of them all.
 */
final class SpotifyIds {
  /** What an id stands for; {@code track} is -1 for the release itself. */
  record Place(int artist, int release, int track) {}

  private static final String DIGITS =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final Pattern FORM = Pattern.compile("[0-9A-Za-z]{22}");

  /** So many characters hold 64 bits. */
  private static final int HALF = 11;

  private static final int RELEASE_BITS = 20;
  private static final int TRACK_BITS = 12;

  private final long key;

  SpotifyIds(Dice dice) {
    this.key = dice.roll(Trait.SPOTIFY_ID, 0);
  }

  static boolean wellFormed(String id) {
    return FORM.matcher(id).matches();
  }

  String release(int artist, int release) {
    return id(new Place(artist, release, -1));
  }

  String track(int artist, int release, int track) {
    return id(new Place(artist, release, track));
  }

  /** The place that an id stands for, or null when it is none of this world. */
  Place place(String id) {
    long low = 0;
    for (int i = HALF; i < 2 * HALF; i++) {
      low = low * DIGITS.length() + DIGITS.indexOf(id.charAt(i));
    }
    long packed = Dice.unmix(low) ^ key;
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
    char[] id = new char[2 * HALF];
    write(id, 0, Dice.mix(low ^ key));
    write(id, HALF, low);
    return new String(id);
  }

  private static void write(char[] id, int from, long half) {
    long rest = half;
    for (int i = from + HALF - 1; i >= from; i--) {
      id[i] = DIGITS.charAt((int) Long.remainderUnsigned(rest, DIGITS.length()));
      rest = Long.divideUnsigned(rest, DIGITS.length());
    }
  }
}
