package dev.backline.sandbox;

/**
 * A real artist, whatever the sources know and write.
 *
 * @param number of the artist; up to the number of attractions that of {@link Attraction#artist}
 * @param kind what it is to the artist with number {@code model}: itself, or a stranger
 */
record Artist(
    int number,
    Kind kind,
    int model,
    String name,
    String mbid,
    String spotifyId,
    String bandsintownId) {

  /** A stranger is easily taken for its model and must not be. */
  enum Kind {
    ITSELF,
    /** Plays the songs of its model under a name made of the model's. */
    TRIBUTE,
    /** Has the very name of its model and nothing else in common. */
    NAMESAKE
  }
}
