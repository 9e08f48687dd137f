package dev.backline.sandbox;

import dev.backline.sandbox.Release.Precision;
import dev.backline.sandbox.Release.Type;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the releases of one artist out of its songs: studio albums of twelve, some of them once
 * more as another edition, live and unplugged albums, singles, compilations. Used once.
 */
final class Discography {
  private static final int SONGS_PER_ALBUM = 12;
  private static final int FEWEST_PER_ALBUM = 5;
  private static final int MOST_EDITIONS = 4;

  /** The numbers of the takes that are on no live album. */
  private static final int BONUS_TAKE = 5;

  private static final List<Version> BONUS =
      List.of(Version.DEMO, Version.ACOUSTIC, Version.LIVE, Version.INSTRUMENTAL, Version.REMIX);
  private static final List<Version> SUPER_DELUXE =
      List.of(Version.REMASTER, Version.MONO, Version.DEMO, Version.INSTRUMENTAL, Version.LIVE);
  private static final List<List<Version>> SINGLES =
      List.of(
          List.of(Version.ORIGINAL),
          List.of(Version.SINGLE, Version.INSTRUMENTAL),
          List.of(Version.ORIGINAL, Version.LIVE),
          List.of(Version.EDIT, Version.ORIGINAL, Version.REMIX),
          List.of(Version.ORIGINAL, Version.CLEAN, Version.ACOUSTIC),
          List.of(Version.ORIGINAL, Version.KARAOKE, Version.INSTRUMENTAL));

  private final Dice dice;
  private final SpotifyArtists artists;
  private final SpotifyIds ids;
  private final int artist;
  private final Takes takes;
  private final List<Song> songs;
  private final int lastYear;
  private final List<Release> releases = new ArrayList<>();
  private long rolls;

  /**
   * @param songs of the artist, or of whom a tribute band sings the songs
   * @param lastYear the year that no release is later than
   */
  Discography(
      Dice dice,
      SpotifyArtists artists,
      SpotifyIds ids,
      int artist,
      List<Song> songs,
      int lastYear) {
    this.dice = dice;
    this.artists = artists;
    this.ids = ids;
    this.artist = artist;
    this.takes = new Takes(dice, artists, artist);
    this.songs = songs;
    this.lastYear = lastYear;
  }

  List<Release> releases() {
    if (artists.tribute(artist)) {
      tribute();
      return List.copyOf(releases);
    }
    List<List<Song>> albums = albums();
    for (int i = 0; i < albums.size(); i++) {
      studio(albums.get(i), i, albums.size());
    }
    for (int take = 0; take < (artist == 0 ? 2 : next(3)); take++) {
      live(take);
    }
    if (next(6) == 0) {
      unplugged();
    }
    int onAlbums = albums.stream().mapToInt(List::size).sum();
    for (Song song : songs) {
      if (song.index() >= onAlbums || next(5) == 0) {
        single(song);
      }
    }
    if (albums.size() > 1) {
      best();
    }
    if (artist == 0 || next(16) == 0) {
      everything();
    }
    return List.copyOf(releases);
  }

  private List<List<Song>> albums() {
    List<List<Song>> albums = new ArrayList<>();
    for (int from = 0; from < songs.size(); from += SONGS_PER_ALBUM) {
      int to = Math.min(from + SONGS_PER_ALBUM, songs.size());
      if (from == 0 || to - from >= FEWEST_PER_ALBUM) {
        albums.add(songs.subList(from, to));
      }
    }
    return albums;
  }

  private void studio(List<Song> album, int number, int albums) {
    String name =
        switch (next(3)) {
          case 0 -> album.get(next(album.size())).title();
          case 1 -> number == 0 ? artists.of(artist).name() : Titles.plain(next(Titles.PLAIN));
          default -> Titles.plain(next(Titles.PLAIN));
        };
    int year = album.get(0).year();
    Pressing plain = pressing();
    album.forEach(song -> takes.add(plain, song, Version.ORIGINAL, 0, -1, year));
    release(plain, name, Type.ALBUM, year);
    if (number < MOST_EDITIONS && (albums == 1 || artist == 0 || next(100) < 45)) {
      int edition = artist == 0 ? number + 2 : next(5);
      edition(album, name, edition % 5, Math.min(year + next(25), lastYear));
    }
  }

  private void edition(List<Song> album, String name, int kind, int year) {
    Pressing edition = pressing();
    int style = next(12);
    switch (kind) {
      case 0 -> {
        album.forEach(song -> takes.add(edition, song, Version.ORIGINAL, 0, -1, year));
        for (int i = 0; i < 4 + style % 5; i++) {
          Version version = BONUS.get((i + style) % BONUS.size());
          takes.add(edition, album.get(i % album.size()), version, BONUS_TAKE, next(12), year);
        }
        release(edition, name + " (Deluxe Edition)", Type.ALBUM, year);
      }
      case 1 -> {
        album.forEach(song -> takes.add(edition, song, Version.REMASTER, 0, style, year));
        release(edition, name + " (" + year + " Remaster)", Type.ALBUM, year);
      }
      case 2 -> {
        for (Version version : SUPER_DELUXE) {
          album.forEach(song -> takes.add(edition, song, version, BONUS_TAKE, style, year));
        }
        release(edition, name + " (Super Deluxe)", Type.ALBUM, year);
      }
      case 3 -> {
        album.forEach(song -> takes.add(edition, song, Version.MONO, 0, style, year));
        release(edition, name + " (Mono)", Type.ALBUM, year);
      }
      default -> {
        for (Song song : album) {
          Version version = takes.explicit(song) ? Version.CLEAN : Version.ORIGINAL;
          takes.add(edition, song, version, 0, version == Version.CLEAN ? style : -1, year);
        }
        release(edition, name, Type.ALBUM, year);
      }
    }
  }

  private void live(int take) {
    int year = Math.min(songs.get(0).year() + 2 + next(20), lastYear);
    String place = takes.place(take);
    int style = next(6) - 1;
    Pressing live = pressing();
    for (Song song : songs) {
      if (song.year() <= year && (song.index() < FEWEST_PER_ALBUM || next(5) < 2)) {
        takes.add(live, song, Version.LIVE, take, style, year);
      }
    }
    String name = next(2) == 0 ? "Live at " + place : "Live at " + place + ", " + year;
    release(live, name, Type.ALBUM, year);
  }

  private void unplugged() {
    int year = Math.min(songs.get(0).year() + 4, lastYear);
    int style = next(3) - 1;
    Pressing unplugged = pressing();
    for (Song song : songs.subList(0, FEWEST_PER_ALBUM + next(3))) {
      takes.add(unplugged, song, Version.ACOUSTIC, 0, style, year);
    }
    release(unplugged, "Unplugged: The Acoustic Album", Type.ALBUM, year);
  }

  private void single(Song song) {
    Pressing single = pressing();
    for (Version version : SINGLES.get(next(SINGLES.size()))) {
      if (version != Version.CLEAN || takes.explicit(song)) {
        takes.add(single, song, version, BONUS_TAKE, next(12), song.year());
      }
    }
    release(single, song.title(), Type.SINGLE, song.year());
  }

  private void best() {
    Pressing best = pressing();
    int year = Math.min(songs.get(songs.size() - 1).year() + 3, lastYear);
    int style = next(12);
    Version version = next(2) == 0 ? Version.ORIGINAL : Version.REMASTER;
    for (int i = 0; i < songs.size(); i += 3) {
      takes.add(best, songs.get(i), version, 0, style, year);
    }
    String name = artists.of(artist).name();
    release(
        best,
        switch (style % 3) {
          case 0 -> "The Best of " + name;
          case 1 -> "Greatest Hits";
          default -> name + ": The Singles";
        },
        Type.COMPILATION,
        year);
  }

  private void everything() {
    Pressing box = pressing();
    int style = next(12);
    songs.forEach(song -> takes.add(box, song, Version.REMASTER, 0, style, lastYear));
    for (Song song : songs.subList(0, Math.min(SONGS_PER_ALBUM, songs.size()))) {
      takes.add(box, song, Version.DEMO, BONUS_TAKE, next(12), lastYear);
    }
    release(box, "The Complete Recordings", Type.COMPILATION, lastYear);
  }

  /** Karaoke of another's songs; the codes are the tribute's own. */
  private void tribute() {
    Pressing karaoke = pressing();
    String original = artists.of(artists.model(artist)).name();
    List<String> suffixes =
        List.of(
            " (Karaoke Version)",
            " (Originally Performed by " + original + ") [Karaoke Version]",
            " - Karaoke Instrumental Version");
    String suffix = suffixes.get(next(suffixes.size()));
    for (Song song : songs) {
      String isrc = Isrc.of(artist, song.index(), 0, lastYear);
      karaoke.add(
          song.title() + suffix,
          new Recording(song, Recording.Kind.KARAOKE, isrc, song.durationMs() + 1_500),
          false,
          List.of(artist));
    }
    release(karaoke, "Karaoke Hits of " + original, Type.ALBUM, lastYear);
  }

  private Pressing pressing() {
    return new Pressing(ids, artist, releases.size());
  }

  private void release(Pressing pressing, String name, Type type, int year) {
    LocalDate date = LocalDate.of(year, 1 + next(12), 1 + next(28));
    int precision = next(10);
    Precision known = precision < 7 ? Precision.DAY : Precision.YEAR;
    releases.add(pressing.done(name, type, date, precision == 0 ? Precision.MONTH : known));
  }

  private int next(int bound) {
    return dice.below(bound, Trait.SPOTIFY_RELEASE, artist * 4096L + rolls++);
  }
}
