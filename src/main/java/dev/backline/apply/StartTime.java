package dev.backline.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * When a show starts, where its source gives only the venue's clock.
 *
 * <p>A time in the gap of a daylight-saving change moves on by the gap, one in the overlap is the
 * earlier of the two, as clocks at the door do it. An unknown zone is no zone.
 */
final class StartTime {
  private StartTime() {}

  static void complete(ObjectNode show) {
    ZoneId zone = zone(show.path("timezone").asText(null));
    if (zone == null) {
      show.putNull("timezone");
    }
    if (zone == null
        || show.hasNonNull("starts_at")
        || !show.hasNonNull("local_date")
        || !show.hasNonNull("local_time")) {
      return;
    }
    LocalDate date = LocalDate.parse(show.get("local_date").asText());
    LocalTime time = LocalTime.parse(show.get("local_time").asText());
    show.put("starts_at", date.atTime(time).atZone(zone).toInstant().toString());
  }

  private static ZoneId zone(String name) {
    if (name == null) {
      return null;
    }
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
