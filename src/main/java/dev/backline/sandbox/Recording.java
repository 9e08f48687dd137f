package dev.backline.sandbox;

import java.util.Locale;

/**
 * A recording of a song. It may be on several releases, each time as a track of its own.
 *
 * @param isrc shared by the tracks of one recording and by no other recording
 * @param durationMs in milliseconds
 */
public record Recording(Song song, Kind kind, String isrc, int durationMs) {
  /**
   * What is played. Remasters, mono mixes, edits and clean versions are {@link #STUDIO}, as is all
   * that an artist would call the song itself.
   */
  public enum Kind {
    STUDIO,
    LIVE,
    ACOUSTIC,
    DEMO,
    REMIX,
    INSTRUMENTAL,
    KARAOKE;

    /** The word for it in the truth. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
