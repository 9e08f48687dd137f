package dev.backline.sandbox;

import java.util.List;

/** Puts recordings of one artist on releases, under the names that its labels give them. */
final class Takes {
  private static final List<String> PLACES =
      List.of(
          "Red Canyon",
          "the Roundhouse",
          "Harbor Hall",
          "Montreux",
          "Budokan",
          "the Old Mill",
          "Paradise Garden",
          "Studio 7");
  private static final List<String> REMIXERS =
      List.of("DJ Lumer", "Nightbus", "Vero & Tosh", "Kavisko", "The Otter");
  private static final List<String> FEATURING =
      List.of(" (feat. %s)", " [feat. %s]", " - feat. %s", " (with %s)");

  private final Dice dice;
  private final SpotifyArtists artists;
  private final int artist;
  private final int guest;

  Takes(Dice dice, SpotifyArtists artists, int artist) {
    this.dice = dice;
    this.artists = artists;
    this.artist = artist;
    this.guest = artists.guest(artist);
  }

  /**
   * Adds a song in a version. The original and its remasters may have a guest.
   *
   * @param style how the version is named, see {@link Version#name}
   * @param year of the release; only a remaster or a live recording is as old as that
   */
  void add(Pressing pressing, Song song, Version version, int take, int style, int year) {
    boolean remaster = version == Version.REMASTER;
    String title = song.title();
    List<Integer> credited = List.of(artist);
    if ((remaster || version == Version.ORIGINAL) && guested(song)) {
      title += featuring(song);
      credited = List.of(artist, guest);
    }
    String place =
        version == Version.REMIX ? REMIXERS.get(song.index() % REMIXERS.size()) : place(take);
    boolean dated = remaster || version == Version.LIVE;
    Recording recording = version.of(song, take, dated ? year : song.year());
    boolean explicit = explicit(song) && version != Version.CLEAN;
    pressing.add(version.name(title, style, year, place), recording, explicit, credited);
  }

  /** Where a concert was. */
  String place(int take) {
    return PLACES.get((artist + take * 3) % PLACES.size());
  }

  boolean explicit(Song song) {
    return dice.hit(20, Trait.SONG_EXPLICIT, index(song));
  }

  private boolean guested(Song song) {
    return guest != artist && dice.hit(6, Trait.SONG_GUEST, index(song));
  }

  private String featuring(Song song) {
    int form = dice.below(FEATURING.size(), Trait.SONG_GUEST, -index(song) - 1);
    return FEATURING.get(form).replace("%s", artists.of(guest).name());
  }

  private long index(Song song) {
    return artist * 64L + song.index();
  }
}
