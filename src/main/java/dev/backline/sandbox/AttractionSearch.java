package dev.backline.sandbox;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Finds the attractions that a query asks for. */
final class AttractionSearch {
  private final World world;
  private final Set<Integer> ids;
  private final String keyword;
  private final List<String> classifications;
  private final List<String> segments;
  private final String sort;

  AttractionSearch(World world, Params params) throws BadRequest {
    this.world = world;
    this.ids = EventSearch.known(params.list("id"), world::attractionIndex);
    this.keyword = EventSearch.lower(params.get("keyword"));
    this.classifications = params.list("classificationName");
    this.segments = params.list("segmentId");
    this.sort = Sorting.checked(params);
  }

  int[] find() {
    IntStream found =
        IntStream.range(0, world.attractionCount()).filter(i -> matches(world.attraction(i)));
    if (sort.startsWith("id")) {
      return Sorting.byText(found, sort, i -> world.attraction(i).id());
    }
    if (sort.startsWith("name")) {
      return Sorting.byText(found, sort, i -> world.attraction(i).name());
    }
    return Sorting.byKey(found, sort, i -> world.dice().roll(Trait.ARTIST_ID_LENGTH, i) >>> 33);
  }

  private boolean matches(Attraction attraction) {
    return (ids == null || ids.contains(attraction.index()))
        && (keyword == null || EventSearch.lower(attraction.name()).contains(keyword))
        && (segments == null || segments.contains(attraction.segment().id))
        && (classifications == null || classified(attraction));
  }

  private boolean classified(Attraction attraction) {
    return classifications.stream()
        .anyMatch(
            name ->
                name.equalsIgnoreCase(attraction.segment().title)
                    || name.equalsIgnoreCase(attraction.genre()));
  }
}
