package dev.backline.sandbox;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;

/**
 * An event on one day of the world.
 *
 * @param visible whether the API knows it on that day
 * @param tba true when the date is to be announced or the show is postponed without a date
 * @param tbd true when the date is to be determined
 * @param code the status as the API spells it, or null where it gives none
 * @param date the local date, or null when {@code tba} or {@code tbd}
 * @param time the local time, or null when there is no date or no time
 * @param startsAt date and time in the zone of the venue, or null without a time
 * @param timeTba true when the date is known and the time to be announced
 * @param noTime true when the event has no specific time
 * @param initialDate the date it was moved from, or null
 */
record EventState(
    boolean visible,
    boolean tba,
    boolean tbd,
    String code,
    LocalDate date,
    LocalTime time,
    Instant startsAt,
    boolean timeTba,
    boolean noTime,
    LocalDate initialDate) {

  /** The status in the words of the truth. */
  String status() {
    if (code == null) {
      return "scheduled";
    }
    return switch (code) {
      case "onsale" -> "on_sale";
      case "offsale" -> "off_sale";
      case "canceled" -> "cancelled";
      default -> code;
    };
  }
}
