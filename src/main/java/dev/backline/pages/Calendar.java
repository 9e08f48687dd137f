package dev.backline.pages;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A show as an entry of a calendar (iCalendar, RFC 5545). */
public final class Calendar {
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int LONGEST_LINE = 75;
  private static final int HOURS = 3;

  private final StringBuilder text = new StringBuilder();

  private Calendar() {}

  /**
   * @param show the document of the API; without a date it has no entry
   */
  public static String of(Map<?, ?> show, Clock clock) {
    Calendar calendar = new Calendar();
    calendar.line("BEGIN", "VCALENDAR").line("VERSION", "2.0").line("PRODID", "-//Backline//EN");
    if (show.get("localDate") != null) {
      calendar.entry(show, clock);
    }
    return calendar.line("END", "VCALENDAR").text.toString();
  }

  private void entry(Map<?, ?> show, Clock clock) {
    line("BEGIN", "VEVENT").line("UID", show.get("id") + "@backline");
    line("DTSTAMP", INSTANT.format(clock.instant()));
    if (show.get("startsAt") == null) {
      LocalDate day = LocalDate.parse(show.get("localDate").toString());
      line("DTSTART;VALUE=DATE", DateTimeFormatter.BASIC_ISO_DATE.format(day));
    } else {
      OffsetDateTime start = OffsetDateTime.parse(show.get("startsAt").toString());
      line("DTSTART", INSTANT.format(start.toInstant()));
      line("DTEND", INSTANT.format(start.plusHours(HOURS).toInstant()));
    }
    line("SUMMARY", escaped(show.get("name")));
    if (show.get("venue") instanceof Map<?, ?> venue) {
      String place =
          Stream.of("name", "address", "city", "countryCode")
              .map(venue::get)
              .filter(part -> part != null)
              .map(Object::toString)
              .collect(Collectors.joining(", "));
      line("LOCATION", escaped(place));
    }
    if ("cancelled".equals(show.get("status"))) {
      line("STATUS", "CANCELLED");
    }
    line("END", "VEVENT");
  }

  private static String escaped(Object text) {
    return String.valueOf(text)
        .replace("\\", "\\\\")
        .replace(";", "\\;")
        .replace(",", "\\,")
        .replaceAll("\\R|\\p{Cntrl}", " ");
  }

  /** A line, folded so that none has more than 75 bytes. */
  private Calendar line(String name, String value) {
    int bytes = 0;
    String line = name + ':' + value;
    for (int i = 0; i < line.length(); ) {
      String letter = Character.toString(line.codePointAt(i));
      int length = letter.getBytes(StandardCharsets.UTF_8).length;
      if (bytes + length > LONGEST_LINE) {
        text.append("\r\n ");
        bytes = 1;
      }
      text.append(letter);
      bytes += length;
      i += letter.length();
    }
    text.append("\r\n");
    return this;
  }
}
