package dev.backline.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartTimeTest {
  private static ObjectNode show(String date, String time, String zone) {
    return new ObjectMapper()
        .createObjectNode()
        .put("local_date", date)
        .put("local_time", time)
        .put("timezone", zone);
  }

  private static String startsAt(ObjectNode show) {
    StartTime.complete(show);
    return show.path("starts_at").asText(null);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-07-04, 20:00:00, America/New_York, 2026-07-05T00:00:00Z",
    "2026-01-04, 20:00:00, America/New_York, 2026-01-05T01:00:00Z",
    "2026-07-04, 20:00:00, Europe/London,    2026-07-04T19:00:00Z",
    "2026-07-04, 00:00:00, Asia/Kathmandu,   2026-07-03T18:15:00Z",
    "2026-07-04, 20:00:00, UTC,              2026-07-04T20:00:00Z",
    "2028-02-29, 20:00:00, Europe/Berlin,    2028-02-29T19:00:00Z",
    "2028-02-29, 20:00:00, America/Los_Angeles, 2028-03-01T04:00:00Z"
  })
  void clockOfTheVenue_isAnInstant(String date, String time, String zone, String instant) {
    assertThat(startsAt(show(date, time, zone))).isEqualTo(instant);
  }

  @ParameterizedTest
  @CsvSource({
    // New York leaps from 02:00 to 03:00
    "2026-03-08, 01:59:59, America/New_York,    2026-03-08T06:59:59Z",
    "2026-03-08, 02:00:00, America/New_York,    2026-03-08T07:00:00Z",
    "2026-03-08, 02:30:00, America/New_York,    2026-03-08T07:30:00Z",
    "2026-03-08, 03:00:00, America/New_York,    2026-03-08T07:00:00Z",
    // London from 01:00 to 02:00
    "2026-03-29, 00:59:59, Europe/London,       2026-03-29T00:59:59Z",
    "2026-03-29, 01:30:00, Europe/London,       2026-03-29T01:30:00Z",
    "2026-03-29, 02:00:00, Europe/London,       2026-03-29T01:00:00Z",
    // Sydney from 02:00 to 03:00, in October
    "2026-10-04, 01:59:59, Australia/Sydney,    2026-10-03T15:59:59Z",
    "2026-10-04, 02:30:00, Australia/Sydney,    2026-10-03T16:30:00Z",
    "2026-10-04, 03:00:00, Australia/Sydney,    2026-10-03T16:00:00Z",
    // Lord Howe by half an hour, from 02:00 to 02:30
    "2026-10-04, 01:59:59, Australia/Lord_Howe, 2026-10-03T15:29:59Z",
    "2026-10-04, 02:15:00, Australia/Lord_Howe, 2026-10-03T15:45:00Z",
    "2026-10-04, 02:30:00, Australia/Lord_Howe, 2026-10-03T15:30:00Z"
  })
  void timeInTheGap_movesOnByTheGap(String date, String time, String zone, String instant) {
    assertThat(startsAt(show(date, time, zone))).isEqualTo(instant);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-01, 00:59:59, America/New_York,    2026-11-01T04:59:59Z",
    "2026-11-01, 01:30:00, America/New_York,    2026-11-01T05:30:00Z",
    "2026-11-01, 02:00:00, America/New_York,    2026-11-01T07:00:00Z",
    "2026-10-25, 01:30:00, Europe/London,       2026-10-25T00:30:00Z",
    "2026-10-25, 02:00:00, Europe/London,       2026-10-25T02:00:00Z",
    "2026-04-05, 02:30:00, Australia/Sydney,    2026-04-04T15:30:00Z",
    "2026-04-05, 03:00:00, Australia/Sydney,    2026-04-04T17:00:00Z",
    "2026-04-05, 01:29:59, Australia/Lord_Howe, 2026-04-04T14:29:59Z",
    "2026-04-05, 01:45:00, Australia/Lord_Howe, 2026-04-04T14:45:00Z",
    "2026-04-05, 02:00:00, Australia/Lord_Howe, 2026-04-04T15:30:00Z"
  })
  void timeInTheOverlap_isTheEarlierOne(String date, String time, String zone, String instant) {
    assertThat(startsAt(show(date, time, zone))).isEqualTo(instant);
  }

  @Test
  void instantOfTheSource_isKept() {
    ObjectNode show = show("2026-07-04", "20:00:00", "America/New_York");
    show.put("starts_at", "2026-07-04T23:30:00Z");
    assertThat(startsAt(show)).isEqualTo("2026-07-04T23:30:00Z");
    assertThat(show.path("timezone").asText()).isEqualTo("America/New_York");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-07-04, 20:00:00,",
    "2026-07-04, ,         America/New_York",
    ",           20:00:00, America/New_York",
    ",           ,"
  })
  void showWithoutDateTimeOrZone_hasNoInstant(String date, String time, String zone) {
    ObjectNode show = show(date, time, zone);
    assertThat(startsAt(show)).isNull();
    assertThat(show.path("local_date").asText(null)).isEqualTo(date);
  }

  @ParameterizedTest
  @CsvSource({"Mars/Phobos", "america/new york", "''", "' '", "US"})
  void unknownZone_isNoZone(String zone) {
    ObjectNode show = show("2026-07-04", "20:00:00", zone);
    assertThat(startsAt(show)).isNull();
    assertThat(show.get("timezone").isNull()).isTrue();
    ObjectNode known =
        show("2026-07-04", "20:00:00", zone).put("starts_at", "2026-07-04T23:30:00Z");
    assertThat(startsAt(known)).isEqualTo("2026-07-04T23:30:00Z");
    assertThat(known.get("timezone").isNull()).isTrue();
  }
}
