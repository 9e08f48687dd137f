package dev.backline.sandbox;

import java.util.Locale;
import java.util.Set;

/** The endpoints of the Discovery API: from a path and a query to an answer. */
final class Discovery {
  private static final int PAGE_SIZE_MAX = 200;
  private static final int DEPTH_MAX = 1000;
  private static final int TOTAL_MAX = 10_000;
  private static final Set<String> TRANSLATED = Set.of("cs", "de", "fr", "es", "ja");

  private final World world;

  Discovery(World world) {
    this.world = world;
  }

  interface Renderer {
    void write(JsonBytes out, int index, boolean copy);
  }

  /**
   * Answers a call. The body is written into {@code out} and the records in it into {@code served};
   * both must be empty.
   */
  Answer answer(String path, Params params, CallFaults faults, JsonBytes out, Served served) {
    String key = params.get("apikey");
    if (key == null) {
      return Answers.noKey();
    }
    if (key.equals("wrong-key")) {
      return Answers.wrongKey();
    }
    String plain = path.endsWith(".json") ? path.substring(0, path.length() - 5) : path;
    String locale = locale(params.get("locale"));
    Snapshot snapshot = world.snapshot();
    int slash = plain.indexOf('/');
    String collection = slash < 0 ? plain : plain.substring(0, slash);
    Renderer renderer = renderer(collection, snapshot, locale, faults, served);
    if (renderer == null) {
      return plain.equals("classifications")
          ? classifications(locale, out)
          : Answers.notFound(locale, plain);
    }
    if (slash >= 0) {
      String id = plain.substring(slash + 1);
      int index = index(collection, id, snapshot);
      if (index < 0) {
        return Answers.notFound(locale, id);
      }
      renderer.write(out, index, false);
      return new Answer(200, Answers.JSON, out.data(), out.length(), served);
    }
    try {
      return page(collection, params, snapshot, faults, renderer, out, served);
    } catch (BadRequest e) {
      return Answers.badRequest(e);
    }
  }

  private Renderer renderer(
      String collection, Snapshot snapshot, String locale, CallFaults faults, Served served) {
    return switch (collection) {
      case "events" ->
          (out, event, copy) ->
              EventJson.write(
                  out, snapshot, event, locale, copy ? Spoil.COPY : faults.spoil(event), served);
      case "attractions" ->
          (out, index, copy) -> {
            int from = out.length();
            AttractionJson.write(out, snapshot, index, locale, copy ? " (updated)" : "");
            served.add(Ledger.Kind.ATTRACTION, index, out.hashFrom(from));
          };
      case "venues" ->
          (out, index, copy) -> {
            int from = out.length();
            VenueJson.write(out, snapshot, index, locale, copy ? " (updated)" : "");
            served.add(Ledger.Kind.VENUE, index, out.hashFrom(from));
          };
      default -> null;
    };
  }

  private int index(String collection, String id, Snapshot snapshot) {
    if (collection.equals("attractions")) {
      return world.attractionIndex(id);
    }
    if (collection.equals("venues")) {
      return world.venueIndex(id);
    }
    int event = world.eventIndex(id);
    return event >= 0 && snapshot.visible(event) ? event : -1;
  }

  private Answer page(
      String collection,
      Params params,
      Snapshot snapshot,
      CallFaults faults,
      Renderer renderer,
      JsonBytes out,
      Served served)
      throws BadRequest {
    int size = params.number("size", 20, "DIS1036");
    int number = params.number("page", 0, "DIS1035");
    if (size < 1 || size > PAGE_SIZE_MAX) {
      throw new BadRequest("DIS1036", "Query param with name 'size' must be less than 200");
    }
    if ((long) size * number > DEPTH_MAX) {
      throw new BadRequest(
          "DIS1035", "Max paging depth exceeded. (page * size) must be less than 1,000");
    }
    int[] found =
        snapshot
            .searches()
            .find(collection + params.searchKey(), () -> search(collection, snapshot, params));
    int shown = number;
    if (faults.has(Fault.SAME_PAGE)) {
      shown = 0;
    } else if (faults.has(Fault.CYCLE)) {
      shown = number % 2;
      number = shown;
    }
    int total = Math.min(TOTAL_MAX, found.length);
    if (faults.has(Fault.TOTALS)) {
      total = (int) (total + 1 + faults.call() % 7 * 13);
    }
    int from = Math.min(shown * size, found.length);
    int to = Math.min(from + size, found.length);
    out.raw("{");
    if (to > from) {
      out.raw("\"_embedded\":{\"").raw(collection).raw("\":[");
      for (int i = from; i < to; i++) {
        if (i > from) {
          out.raw(",");
        }
        renderer.write(out, found[i], false);
      }
      if (faults.has(Fault.DUPLICATE)) {
        out.raw(",");
        renderer.write(out, found[from], true);
      }
      out.raw("]},");
    }
    int pages = (total + size - 1) / size;
    links(out, collection, params, size, number, pages);
    out.raw(",\"page\":{\"size\":").number(size).raw(",\"totalElements\":").number(total);
    out.raw(",\"totalPages\":").number(pages).raw(",\"number\":").number(number).raw("}}");
    return new Answer(200, Answers.JSON, out.data(), out.length(), served);
  }

  private int[] search(String collection, Snapshot snapshot, Params params) throws BadRequest {
    return switch (collection) {
      case "events" -> new EventSearch(snapshot, params).find();
      case "attractions" -> new AttractionSearch(world, params).find();
      default -> new VenueSearch(world, params).find();
    };
  }

  private static void links(
      JsonBytes out, String collection, Params params, int size, int number, int pages) {
    String base = "/discovery/v2/" + collection + ".json?" + params.forLinks() + "page=";
    out.raw("\"_links\":{");
    if (pages > 1) {
      link(out, "first", base, 0, size).raw(",");
    }
    if (number > 0) {
      link(out, "prev", base, number - 1, size).raw(",");
    }
    link(out, "self", base, number, size);
    if (number + 1 < pages) {
      link(out.raw(","), "next", base, number + 1, size);
    }
    if (pages > 1) {
      link(out.raw(","), "last", base, pages - 1, size);
    }
    out.raw("}");
  }

  private static JsonBytes link(JsonBytes out, String name, String base, int page, int size) {
    out.raw("\"").raw(name).raw("\":{\"href\":\"").escaped(base).number(page);
    return out.raw("&size=").number(size).raw("\"}");
  }

  private static Answer classifications(String locale, JsonBytes out) {
    out.raw("{\"_embedded\":{\"classifications\":[");
    int count = 0;
    for (Segment segment : Segment.values()) {
      out.raw(count++ == 0 ? "" : ",").raw("{\"family\":false,\"segment\":{\"id\":\"");
      out.raw(segment.id).raw("\",\"name\":").text(segment.title(locale));
      out.raw(",\"locale\":\"").raw(locale).raw("\",\"_embedded\":{\"genres\":[");
      for (int i = 0; i < segment.genres.size(); i++) {
        String genre = segment.genres.get(i);
        out.raw(i == 0 ? "" : ",").raw("{\"id\":\"").raw(Segment.genreId(genre));
        out.raw("\",\"name\":").text(genre).raw(",\"locale\":\"").raw(locale).raw("\"}");
      }
      out.raw("]}},\"_links\":{\"self\":{\"href\":\"/discovery/v2/classifications/");
      out.raw(segment.id).raw("?locale=").raw(locale).raw("\"}}}");
    }
    out.raw("]},\"_links\":{\"self\":{\"href\":\"/discovery/v2/classifications.json\"}},\"page\":");
    out.raw("{\"size\":20,\"totalElements\":")
        .number(count)
        .raw(",\"totalPages\":1,\"number\":0}}");
    return new Answer(200, Answers.JSON, out.data(), out.length(), null);
  }

  /** The asked locale when its language is translated, else the default one. */
  private static String locale(String asked) {
    if (asked == null || !asked.matches("[A-Za-z]{2}([-_][A-Za-z]{2})?")) {
      return Answers.DEFAULT_LOCALE;
    }
    String locale = asked.toLowerCase(Locale.ROOT).replace('_', '-');
    return TRANSLATED.contains(locale.substring(0, 2)) ? locale : Answers.DEFAULT_LOCALE;
  }
}
