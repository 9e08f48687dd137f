package dev.backline.sandbox;

import dev.backline.sandbox.Releases.Pressed;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds artists, albums and tracks, the likeliest first. Albums and tracks are looked for with at
 * most 200 artists: those that the query names, or whose name has a word of it, come first.
 */
final class SpotifySearch {
  private static final int ARTISTS = 200;
  private static final int FOUND = 1000;

  private final Dice dice;
  private final Releases releases;
  private final SpotifyQuery query;

  SpotifySearch(Dice dice, Releases releases, SpotifyQuery query) {
    this.dice = dice;
    this.releases = releases;
    this.query = query;
  }

  /** Those of exactly the name, then those whose name has it in it. */
  List<SpotifyArtist> artists() {
    return releases
        .artists()
        .all()
        .filter(artist -> query.artist(artist.name()))
        .sorted(Comparator.comparing((SpotifyArtist artist) -> !query.exactly(artist.name())))
        .limit(FOUND)
        .toList();
  }

  List<Release> albums() {
    return likely()
        .flatMap(
            artist ->
                releases.of(artist.number()).stream()
                    .filter(release -> query.album(artist.name(), release.name())))
        .limit(FOUND)
        .toList();
  }

  /** The most popular of each artist first. */
  List<Pressed> tracks() {
    return likely()
        .flatMap(
            artist ->
                pressed(artist).filter(each -> matches(artist, each)).sorted(popularity(dice)))
        .limit(FOUND)
        .toList();
  }

  static Comparator<Pressed> popularity(Dice dice) {
    return Comparator.comparing(each -> -SpotifyPopularity.of(dice, each.track()));
  }

  private Stream<SpotifyArtist> likely() {
    if (query.namesArtist()) {
      return artists().stream().limit(ARTISTS);
    }
    return releases
        .artists()
        .all()
        .sorted(Comparator.comparing((SpotifyArtist artist) -> !query.touches(artist.name())))
        .limit(ARTISTS);
  }

  private Stream<Pressed> pressed(SpotifyArtist artist) {
    return releases.of(artist.number()).stream()
        .flatMap(release -> release.tracks().stream().map(track -> new Pressed(release, track)));
  }

  private boolean matches(SpotifyArtist artist, Pressed each) {
    return query.track(artist.name(), each.release().name(), each.track());
  }
}
