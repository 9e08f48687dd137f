package dev.backline.songs;

import java.util.Locale;

/**
 * What a recording is of its song. Only {@link #STUDIO} and {@link #REISSUE} may stand for the song
 * in the catalogue; {@code songs.recording_kind} in {@code V40__recordings.sql} holds the same
 * list.
 */
public enum RecordingKind {
  STUDIO,
  /** The studio recording once more: remaster, mono, deluxe, explicit, single or album version. */
  REISSUE,
  LIVE,
  ACOUSTIC,
  DEMO,
  /** Remixes, and extended, club and dub mixes. */
  REMIX,
  /** Shortened for radio, single or video. */
  EDIT,
  INSTRUMENTAL,
  KARAOKE,
  /** Other takes and arrangements: outtake, rehearsal, a cappella, orchestral, sped up. */
  ALTERNATE,
  /** Commentary and interviews. */
  SPOKEN;

  /** Whether the recording may be the one that the catalogue shows for its song. */
  public boolean isDisplay() {
    return this == STUDIO || this == REISSUE;
  }

  /** As columns and rules write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
