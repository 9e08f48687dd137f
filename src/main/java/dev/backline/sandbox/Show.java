package dev.backline.sandbox;

import java.time.LocalTime;

/**
 * A real show as it stands on a day.
 *
 * @param number see {@link Shows}
 * @param day its local date, in days from the first day of the world; negative in the past
 * @param time its local start, known to somebody even where a source does not tell it
 */
record Show(int number, Venue venue, int day, LocalTime time, Session session) {
  /** Two shows of the same artist, venue and day differ in this. */
  enum Session {
    ONLY(""),
    EARLY("Early show"),
    LATE("Late show");

    /** What people call it; "" for the only one. */
    final String words;

    Session(String words) {
      this.words = words;
    }
  }
}
