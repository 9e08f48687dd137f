package dev.backline.sandbox;

import java.util.UUID;

/** Generates the attractions: first the music artists, then some of sports and theatre. */
final class Attractions {
  private final Dice dice;
  private final Names names;
  private final int artists;

  Attractions(Dice dice, int artists) {
    this.dice = dice;
    this.names = new Names(dice);
    this.artists = artists;
  }

  Attraction[] generate() {
    int others = Math.max(2, artists * 3 / 100);
    Attraction[] all = new Attraction[artists + others];
    for (int i = 0; i < artists; i++) {
      all[i] = musician(i, all);
    }
    for (int i = artists; i < all.length; i++) {
      Segment segment = i % 2 == 0 ? Segment.SPORTS : Segment.ARTS;
      String genre = segment.genres.get(dice.below(4, Trait.ARTIST_GENRE, i));
      all[i] = new Attraction(i, id(i), names.other(segment, i), i, segment, genre, null, null);
    }
    return all;
  }

  private Attraction musician(int i, Attraction[] before) {
    int other = i == 0 ? -1 : dice.below(i, Trait.ARTIST_PICK, i);
    if (other >= 0 && twin(i)) {
      return twinOf(before[other], i, before);
    }
    String name;
    if (i < 3 * Names.HARD_KINDS && i % 3 == 1) {
      name = names.hard(i / 3, i);
    } else if (other >= 0 && (i == artists - 2 || dice.hit(1.5, Trait.ARTIST_NAMESAKE, i))) {
      name = before[other].name().strip();
    } else if (dice.hit(3, Trait.ARTIST_HARD_NAME, i)) {
      name = names.hard(dice.below(Names.HARD_KINDS, Trait.ARTIST_HARD_NAME, -i), i);
    } else {
      name = names.artist(i);
    }
    String mbid = dice.hit(50, Trait.ARTIST_MBID_KNOWN, i) ? mbid(i) : null;
    return new Attraction(i, id(i), spaced(name, i), i, Segment.MUSIC, genre(i), mbid, spotify(i));
  }

  /** The same artist once more under an id of its own; the first of the two then has its MBID. */
  private Attraction twinOf(Attraction first, int i, Attraction[] before) {
    int artist = first.artist();
    Attraction origin = before[artist];
    if (origin.mbid() == null) {
      origin =
          new Attraction(
              artist,
              origin.id(),
              origin.name(),
              artist,
              Segment.MUSIC,
              origin.genre(),
              mbid(artist),
              origin.spotifyId());
      before[artist] = origin;
    }
    return new Attraction(
        i,
        id(i),
        names.variant(origin.name().strip(), i),
        artist,
        Segment.MUSIC,
        origin.genre(),
        origin.mbid(),
        dice.hit(33, Trait.ARTIST_SPOTIFY_KNOWN, i) ? origin.spotifyId() : null);
  }

  private boolean twin(int i) {
    return (artists >= 10 && i == artists - 1) || dice.hit(1, Trait.ARTIST_TWIN, i);
  }

  private String id(int i) {
    return dice.id(10 + dice.below(3, Trait.ARTIST_ID_LENGTH, i), Trait.ARTIST_ID, i);
  }

  private String spaced(String name, int i) {
    boolean stray = i == 3 || dice.hit(1.5, Trait.ARTIST_SPACES, i);
    return stray ? Names.spaced(name, dice.below(4, Trait.ARTIST_SPACES, -i)) : name;
  }

  private String genre(int i) {
    int roll = dice.below(100, Trait.ARTIST_GENRE, i);
    if (roll < 6) {
      return "Undefined";
    }
    return roll < 10 ? "Other" : Segment.MUSIC.genres.get(roll % Segment.MUSIC.genres.size());
  }

  private String mbid(int i) {
    return mbid(dice, i);
  }

  /** The MBID of a real artist, whether the API knows it or not. */
  static String mbid(Dice dice, int i) {
    long high = dice.roll(Trait.ARTIST_MBID, i * 2L) & ~0xF000L | 0x4000L;
    long low = dice.roll(Trait.ARTIST_MBID, i * 2L + 1) >>> 2 | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }

  private String spotify(int i) {
    boolean known = dice.hit(33, Trait.ARTIST_SPOTIFY_KNOWN, i);
    return known ? spotifyId(dice, i) : null;
  }

  /** The Spotify id of a real artist, whether the API knows it or not. */
  static String spotifyId(Dice dice, int i) {
    return dice.alphanumeric(22, Trait.ARTIST_SPOTIFY, i);
  }
}
