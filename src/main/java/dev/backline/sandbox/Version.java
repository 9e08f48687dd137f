package dev.backline.sandbox;

import dev.backline.sandbox.Recording.Kind;
import java.util.List;

/**
 * The versions of a song, each a recording of its own, with what labels add to the title on its
 * tracks; {@code Y} stands for a year, {@code P} for a place or a person.
 */
enum Version {
  ORIGINAL(Kind.STUDIO, 0, 0, ""),
  REMASTER(
      Kind.STUDIO,
      1,
      700,
      " - Y Remaster",
      " (Remastered Y)",
      " - Remastered Y",
      " - Remastered",
      " [Y Remastered Version]",
      ""),
  MONO(Kind.STUDIO, 2, -400, " - Mono", " (Mono)", " - Mono / Remastered Y", " - Mono Version"),
  SINGLE(Kind.STUDIO, 3, -18_000, " - Single Version", " (Single Version)", " - 7\" Version"),
  EDIT(Kind.STUDIO, 4, -31_000, " - Radio Edit", " (Radio Edit)", " - Edit"),
  CLEAN(Kind.STUDIO, 5, 0, "", " - Clean", " (Clean Version)"),
  ACOUSTIC(Kind.ACOUSTIC, 6, 9_000, " - Acoustic", " (Acoustic Version)", " (Acoustic)"),
  DEMO(Kind.DEMO, 7, -12_000, " - Demo", " (Demo)", " - Early Demo", " (Y Home Demo)"),
  REMIX(Kind.REMIX, 8, 74_000, " - P Remix", " (P Remix)", " - Remix", " [P Extended Remix]"),
  INSTRUMENTAL(Kind.INSTRUMENTAL, 9, -1_000, " - Instrumental", " (Instrumental)"),
  KARAOKE(Kind.KARAOKE, 10, 1_000, " - Karaoke Version", " (Karaoke)"),
  LIVE(Kind.LIVE, 11, 27_000, " - Live", " (Live)", " - Live at P, Y", " (Live at P)", " - Live Y");

  private static final int SHORTEST = 30_000;

  final Kind kind;
  private final int code;
  private final int longerMs;
  private final List<String> suffixes;

  Version(Kind kind, int code, int longerMs, String... suffixes) {
    this.kind = kind;
    this.code = code;
    this.longerMs = longerMs;
    this.suffixes = List.of(suffixes);
  }

  /** The name of a track; {@code style} is any number from 0, or -1 for the bare title. */
  String name(String title, int style, int year, String place) {
    if (style < 0) {
      return title;
    }
    String suffix = suffixes.get(style % suffixes.size());
    return title + suffix.replace("Y", Integer.toString(year)).replace("P", place);
  }

  /**
   * The recording of a song in this version.
   *
   * @param take tells concerts apart, from 0 to 80; of other versions there is one take
   */
  Recording of(Song song, int take, int year) {
    if (this == ORIGINAL) {
      return new Recording(song, kind, song.isrc(), song.durationMs());
    }
    int concert = this == LIVE ? take : 0;
    int duration = song.durationMs() + longerMs + concert * 2_300 % 9_000;
    String isrc = Isrc.of(song.artist(), song.index(), code + concert, year);
    return new Recording(song, kind, isrc, Math.max(SHORTEST, duration));
  }
}
