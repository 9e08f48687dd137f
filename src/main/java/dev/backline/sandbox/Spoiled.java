package dev.backline.sandbox;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Which events a fault specification spoils: a function of the world and of how many of each kind
 * are asked for. Only shows of music that are dated and visible on day 0 are chosen, and no event
 * for two kinds.
 */
final class Spoiled {
  private static final Spoil[] GROUPS = {
    Spoil.POISON, Spoil.GARBAGE, Spoil.BAD_PRICE, Spoil.HOSTILE
  };

  private final Map<Integer, Spoil> chosen = new TreeMap<>();

  Spoiled(World world, Map<Spoil, Integer> wanted) {
    if (wanted.isEmpty()) {
      return;
    }
    Dice dice = world.dice();
    int[] eligible =
        IntStream.range(0, world.events().size())
            .filter(event -> eligible(world, event))
            .boxed()
            .sorted(Comparator.comparing((Integer event) -> dice.roll(Trait.SPOILED_ORDER, event)))
            .mapToInt(Integer::intValue)
            .toArray();
    wanted.forEach(
        (spoil, count) -> {
          int group = Arrays.asList(GROUPS).indexOf(spoil);
          Arrays.stream(eligible)
              .filter(event -> dice.below(GROUPS.length, Trait.SPOILED_GROUP, event) == group)
              .limit(count)
              .forEach(event -> chosen.put(event, spoil));
        });
  }

  Spoil of(int event) {
    return chosen.isEmpty() ? Spoil.NONE : chosen.getOrDefault(event, Spoil.NONE);
  }

  private static boolean eligible(World world, int event) {
    EventState state = world.timeline().at(event, 0);
    return state.visible()
        && state.date() != null
        && world.events().listing(event) == Listing.SHOW
        && world.events().segment(event) == Segment.MUSIC;
  }
}
