package dev.backline.sandbox;

import java.util.Locale;

/** What an app may do: one in development mode is answered less than one of extended quota. */
enum SpotifyRegime {
  DEVELOPMENT(5, 10),
  EXTENDED(20, 50);

  /** How many items a search, or a page of an artist's albums, has when no limit is given. */
  final int limit;

  /** The largest limit of both. */
  final int largest;

  SpotifyRegime(int limit, int largest) {
    this.limit = limit;
    this.largest = largest;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static SpotifyRegime named(String word) {
    for (SpotifyRegime regime : values()) {
      if (regime.word().equals(word)) {
        return regime;
      }
    }
    throw new IllegalArgumentException("regime must be development or extended, not " + word);
  }
}
