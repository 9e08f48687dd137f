package dev.backline.pages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What search engines read of a page: JSON-LD by schema.org, safe inside an HTML script element.
 */
public final class Structured {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> STATUS =
      Map.of(
          "cancelled", "https://schema.org/EventCancelled",
          "postponed", "https://schema.org/EventPostponed",
          "rescheduled", "https://schema.org/EventRescheduled");

  private Structured() {}

  /**
   * @param page name of a template
   * @param doc the document of the API that it shows
   * @return empty for a page of which there is nothing to say
   */
  public static String of(String page, Map<?, ?> doc) {
    Map<String, Object> what =
        switch (page) {
          case "show" -> show(doc);
          case "artist" -> thing("MusicGroup", doc);
          case "venue" -> venue(doc);
          default -> null;
        };
    if (what == null) {
      return "";
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("@context", "https://schema.org");
    all.putAll(what);
    try {
      return JSON.writeValueAsString(all)
          .replace("<", "\\u003c")
          .replace(">", "\\u003e")
          .replace("&", "\\u0026");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of texts is always JSON", e);
    }
  }

  private static Map<String, Object> thing(String type, Map<?, ?> doc) {
    Map<String, Object> thing = new LinkedHashMap<>();
    thing.put("@type", type);
    thing.put("name", doc.get("name"));
    put(thing, "image", doc.get("imageUrl"));
    if (doc.get("genres") instanceof List<?> genres && !genres.isEmpty()) {
      thing.put("genre", genres);
    }
    return thing;
  }

  private static Map<String, Object> venue(Map<?, ?> doc) {
    Map<String, Object> venue = thing("MusicVenue", doc);
    Map<String, Object> address = new LinkedHashMap<>();
    address.put("@type", "PostalAddress");
    put(address, "streetAddress", doc.get("address"));
    put(address, "addressLocality", doc.get("city"));
    put(address, "addressRegion", doc.get("stateCode"));
    put(address, "addressCountry", doc.get("countryCode"));
    venue.put("address", address);
    return venue;
  }

  private static Map<String, Object> show(Map<?, ?> doc) {
    Map<String, Object> show = thing("MusicEvent", doc);
    put(show, "startDate", start(doc));
    put(show, "url", doc.get("url"));
    show.put(
        "eventStatus",
        STATUS.getOrDefault(
            String.valueOf(doc.get("status")), "https://schema.org/EventScheduled"));
    if (doc.get("venue") instanceof Map<?, ?> venue) {
      show.put("location", venue(venue));
    }
    List<Object> performers = new ArrayList<>();
    if (doc.get("artists") instanceof List<?> artists) {
      artists.forEach(artist -> performers.add(thing("MusicGroup", (Map<?, ?>) artist)));
    }
    show.put("performer", performers);
    return show;
  }

  /** Day, or day and time as they are there, with the offset of the place where that is known. */
  private static Object start(Map<?, ?> doc) {
    Object day = doc.get("localDate");
    Object time = doc.get("localTime");
    if (day == null || time == null) {
      return day;
    }
    LocalDateTime local = LocalDateTime.parse(day + "T" + time);
    if (doc.get("startsAt") == null) {
      return local.toString();
    }
    Instant start = OffsetDateTime.parse(doc.get("startsAt").toString()).toInstant();
    long seconds = Duration.between(start, local.toInstant(ZoneOffset.UTC)).getSeconds();
    boolean offset = seconds % 60 == 0 && Math.abs(seconds) <= ZoneOffset.MAX.getTotalSeconds();
    return offset
        ? local.atOffset(ZoneOffset.ofTotalSeconds((int) seconds)).toString()
        : local.toString();
  }

  private static void put(Map<String, Object> into, String name, Object value) {
    if (value != null) {
      into.put(name, value);
    }
  }
}
