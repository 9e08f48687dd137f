package dev.backline.sandbox;

/**
 * A song of an artist: what a setlist names, whatever recordings of it there are.
 *
 * @param index its number in the artist's repertoire, from 0
 * @param title as the artist writes it; no two of an artist are equal but for case and marks
 * @param durationMs of the first studio recording, in milliseconds
 * @param isrc of the first studio recording
 * @param artist the number of the artist, see {@link Attraction#artist}
 * @param year in which it was first released
 */
public record Song(int index, String title, int durationMs, String isrc, int artist, int year) {
  /** What the truth calls it, as "song 17/3". */
  public String key() {
    return "song " + artist + "/" + index;
  }
}
