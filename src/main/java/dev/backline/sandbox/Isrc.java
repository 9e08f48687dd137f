package dev.backline.sandbox;

import java.util.Locale;

/** Codes of recordings; no two recordings of the world share one. */
final class Isrc {
  /** How many recordings a song may have. */
  static final int PER_SONG = 100;

  private static final int REGISTRANTS = 36 * 36 * 36;
  private static final String[] COUNTRIES = {
    "US", "GB", "DE", "FR", "CA", "AU", "JP", "SE", "NL", "IE", "NZ", "MX", "CZ", "BR", "ES", "IT"
  };

  private Isrc() {}

  /**
   * Country, registrant, year and designation, twelve characters.
   *
   * @param artist whose registrant it is; up to 746,496 artists have one of their own
   * @param version the number of the recording among those of the song, 0 for the first one
   */
  static String of(int artist, int song, int version, int year) {
    String country = COUNTRIES[artist / REGISTRANTS % COUNTRIES.length];
    String registrant = Integer.toString(REGISTRANTS + artist % REGISTRANTS, 36).substring(1);
    int designation = song * PER_SONG + version;
    return country
        + registrant.toUpperCase(Locale.ROOT)
        + padded(year % 100, 2)
        + padded(designation, 5);
  }

  private static String padded(int number, int digits) {
    String text = Integer.toString(number);
    return "0".repeat(digits - text.length()) + text;
  }
}
