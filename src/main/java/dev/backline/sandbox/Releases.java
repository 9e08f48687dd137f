package dev.backline.sandbox;

import dev.backline.sandbox.Release.Precision;
import dev.backline.sandbox.Release.Type;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Every release of every artist, with the truth about each track: a pure function of the world,
 * computed when asked for and not kept. Thread-safe.
 */
public final class Releases {
  private final Dice dice;
  private final SpotifyArtists artists;
  private final SpotifyIds ids;
  private final Repertoire repertoire;
  private final int lastYear;

  /** A track and the release it is on. */
  public record Pressed(Release release, Track track) {}

  /** The releases of a world. */
  public Releases(World world) {
    this.dice = world.dice();
    this.artists = new SpotifyArtists(world);
    this.ids = new SpotifyIds(dice);
    this.repertoire = new Repertoire(world);
    this.lastYear = world.start().getYear() - 1;
  }

  /** Whose releases they are. */
  public SpotifyArtists artists() {
    return artists;
  }

  /** The releases of an artist itself, those it only appears on left out. */
  public List<Release> of(int artist) {
    if (artist == SpotifyArtists.VARIOUS) {
      return IntStream.range(0, artists.groups())
          .filter(group -> artists.members(group).findAny().isPresent())
          .mapToObj(this::sampler)
          .toList();
    }
    List<Song> songs = repertoire.songs(artists.tribute(artist) ? artists.model(artist) : artist);
    return new Discography(dice, artists, ids, artist, songs, lastYear).releases();
  }

  /** The releases of others on which an artist is credited. */
  public List<Release> appearances(int artist) {
    int host = artists.host(artist);
    Stream<Release> asGuest =
        host == artist ? Stream.of() : of(host).stream().filter(release -> release.credits(artist));
    int group = artists.group(artist);
    return Stream.concat(asGuest, group < 0 ? Stream.of() : Stream.of(sampler(group))).toList();
  }

  /** The release of an id, or null. */
  public Release release(String id) {
    SpotifyIds.Place place = ids.place(id);
    return place == null || place.track() >= 0 ? null : at(place);
  }

  /** The track of an id, or null. */
  public Pressed track(String id) {
    SpotifyIds.Place place = ids.place(id);
    Release release = place == null || place.track() < 0 ? null : at(place);
    if (release == null || place.track() >= release.tracks().size()) {
      return null;
    }
    return new Pressed(release, release.tracks().get(place.track()));
  }

  private Release at(SpotifyIds.Place place) {
    if (!artists.exists(place.artist())) {
      return null;
    }
    if (place.artist() == SpotifyArtists.VARIOUS) {
      return place.release() < artists.groups() ? sampler(place.release()) : null;
    }
    List<Release> releases = of(place.artist());
    return place.release() < releases.size() ? releases.get(place.release()) : null;
  }

  /** A compilation of two songs of each artist of a group. */
  private Release sampler(int group) {
    Pressing sampler = new Pressing(ids, SpotifyArtists.VARIOUS, group);
    int year = lastYear - dice.below(12, Trait.SPOTIFY_RELEASE, -group - 1L);
    artists
        .members(group)
        .forEach(
            artist ->
                repertoire.songs(artist).stream()
                    .limit(2)
                    .forEach(
                        song -> {
                          Version version = song.index() == 0 ? Version.ORIGINAL : Version.EDIT;
                          String name = version.name(song.title(), group, year, "");
                          Recording recording = version.of(song, 0, song.year());
                          sampler.add(name, recording, false, List.of(artist));
                        }));
    return sampler.done(
        "Now Hear This, Vol. " + (group + 1),
        Type.COMPILATION,
        LocalDate.of(year, 6, 1),
        Precision.YEAR);
  }
}
