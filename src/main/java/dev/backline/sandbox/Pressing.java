package dev.backline.sandbox;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** A release in the making: takes the tracks in their order and gives each its id and number. */
final class Pressing {
  private static final int PER_DISC = 20;

  private final SpotifyIds ids;
  private final int artist;
  private final int release;
  private final List<Track> tracks = new ArrayList<>();

  /**
   * @param release the number of the release among those of the artist, from 0
   */
  Pressing(SpotifyIds ids, int artist, int release) {
    this.ids = ids;
    this.artist = artist;
    this.release = release;
  }

  Pressing add(String name, Recording recording, boolean explicit, List<Integer> credited) {
    int index = tracks.size();
    int disc = index / PER_DISC + 1;
    int number = index % PER_DISC + 1;
    String id = ids.track(artist, release, index);
    tracks.add(new Track(id, name, recording, disc, number, explicit, credited));
    return this;
  }

  Release done(String name, Release.Type type, LocalDate date, Release.Precision precision) {
    String id = ids.release(artist, release);
    return new Release(id, artist, name, type, date, precision, List.copyOf(tracks));
  }
}
