package dev.backline.sandbox;

import java.time.Instant;
import java.util.List;

/**
 * A setlist of setlist.fm as of a day.
 *
 * @param appearance whose songs these are, see {@link Shows}
 * @param version how often it was edited; 0 when it is as it was entered
 * @param tour the name of the tour, or null
 * @param info about the whole evening, or null
 */
record Setlist(
    int appearance,
    Show show,
    Artist artist,
    int version,
    Instant lastUpdated,
    String tour,
    List<SongSet> sets,
    String info) {

  /**
   * @param name such as "Set 1:"; null where there is none, "" where it was left blank
   * @param encore from 1, or 0 for the main set
   */
  record SongSet(String name, int encore, List<Played> songs) {}

  /**
   * A line of a set.
   *
   * @param name "" for a song that nobody knew
   * @param cover whose song it is, or null for one's own
   * @param guest who played with them, or null
   * @param info or null
   * @param tape true when it came from a tape
   */
  record Played(String name, Artist cover, Artist guest, String info, boolean tape) {}
}
