package dev.backline.sandbox;

/** How popular tracks are, from 0 to 100. Development mode is answered the order only. */
final class SpotifyPopularity {
  private SpotifyPopularity() {}

  /** Most of it is the song's; what is not a studio recording has a third. */
  static int of(Dice dice, Track track) {
    Song song = track.recording().song();
    int ofSong = dice.below(85, Trait.SPOTIFY_POPULARITY, -song.artist() * 64L - song.index() - 1);
    int ofTrack = dice.below(12, Trait.SPOTIFY_POPULARITY, track.id().hashCode());
    boolean studio = track.recording().kind() == Recording.Kind.STUDIO;
    return (studio ? ofSong : ofSong / 3) + ofTrack;
  }
}
