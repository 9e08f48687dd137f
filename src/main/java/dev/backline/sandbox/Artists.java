package dev.backline.sandbox;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The real artists: those behind the attractions of music, and strangers of whom Ticketmaster does
 * not know (1 % of the artists have a tribute band, 1 % a namesake; the first has both).
 */
final class Artists {
  private static final double STRANGERS = 1;

  private final World world;
  private final Dice dice;
  private final Map<String, Integer> byMbid = new HashMap<>();

  Artists(World world) {
    this.world = world;
    this.dice = world.dice();
    all().forEach(number -> byMbid.put(Attractions.mbid(dice, number), number));
  }

  /** Above the number of every artist. */
  int bound() {
    return world.attractionCount() + 2 * world.artists();
  }

  /** The numbers of all artists, ascending. */
  IntStream all() {
    return IntStream.concat(
            IntStream.range(0, world.artists()), IntStream.range(world.attractionCount(), bound()))
        .filter(this::exists);
  }

  /** The number of the artist with an MBID, or -1. */
  int withMbid(String mbid) {
    return byMbid.getOrDefault(mbid, -1);
  }

  /** True when a music artist has this number. */
  boolean exists(int number) {
    if (number < world.artists()) {
      return number >= 0 && world.attraction(number).artist() == number;
    }
    int stranger = number - world.attractionCount();
    return stranger >= 0
        && number < bound()
        && exists(stranger / 2)
        && (stranger < 2 || dice.hit(STRANGERS, Trait.STRANGER, stranger));
  }

  Artist of(int number) {
    int stranger = number - world.attractionCount();
    Artist.Kind kind = Artist.Kind.ITSELF;
    int model = number;
    if (stranger >= 0) {
      kind = stranger % 2 == 0 ? Artist.Kind.TRIBUTE : Artist.Kind.NAMESAKE;
      model = stranger / 2;
    }
    String name = Spellings.clean(world.attraction(model).name());
    return new Artist(
        number,
        kind,
        model,
        kind == Artist.Kind.TRIBUTE ? tribute(name, number) : name,
        Attractions.mbid(dice, number),
        Attractions.spotifyId(dice, number),
        Integer.toString(1000 + number * 37 + dice.below(37, Trait.BANDSINTOWN_ID, number)));
  }

  private String tribute(String name, int number) {
    return switch (dice.below(3, Trait.STRANGER_NAME, number)) {
      case 0 -> name + " Tribute";
      case 1 -> "The " + name + " Tribute Band";
      default -> "The " + name + " Experience";
    };
  }
}
