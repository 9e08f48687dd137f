package dev.backline.setlists;

import java.time.LocalDate;
import java.util.List;

/**
 * A show and what was played there, as far as a prediction reads it.
 *
 * @param venue any name of its venue; null where that is not known
 * @param city any name of its city; null where that is not known
 * @param tour any name of its tour; null where it belongs to none
 * @param songs each song once, in the order in which they were played; empty for a show to come
 */
public record Played(LocalDate day, String venue, String city, String tour, List<String> songs) {
  public Played {
    songs = List.copyOf(songs);
  }
}
