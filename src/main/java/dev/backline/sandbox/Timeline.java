package dev.backline.sandbox;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;

/**
 * What happens to each event as the days pass. The state on a day is a function of the seed, the
 * event and the day alone, so going there in steps or at once gives the same.
 *
 * <p>Days are counted from the first day of the world. Extra listings follow the dates and
 * incidents of their main event and have a sale and prices of their own.
 */
final class Timeline {
  private static final int NEVER = Integer.MAX_VALUE / 2;
  private static final int[] START_MINUTES = {
    1140, 1170, 1200, 1200, 1200, 1230, 1260, 1110, 1320, 900, 1155, 1185
  };

  private final Dice dice;
  private final Events events;
  private final LocalDate start;

  Timeline(Dice dice, Events events, LocalDate start) {
    this.dice = dice;
    this.events = events;
    this.start = start;
  }

  private enum Incident {
    NONE,
    CANCELLED,
    POSTPONED,
    RESCHEDULED
  }

  EventState at(int event, int day) {
    int main = events.main(event);
    int appears = appears(main);
    int date = events.firstDate(event);
    int undatedUntil = undatedUntil(main, appears);
    if (day < undatedUntil) {
      boolean tbd = dice.hit(43, Trait.EVENT_UNDATED, -main - 1);
      boolean visible = day >= appears && day < vanishes(event, appears);
      return new EventState(
          visible, !tbd, tbd, sale(event, day, NEVER), null, null, null, false, false, null);
    }
    Incident incident = incident(main);
    int incidentDay = incident == Incident.NONE ? NEVER : incidentDay(main, appears);
    if (undatedUntil > 0 || incidentDay >= date - 2 || statusAbsent(main)) {
      incident = Incident.NONE;
    }
    if (incident == Incident.NONE || day < incidentDay) {
      return dated(event, day, appears, date, sale(event, day, date), -1);
    }
    if (incident == Incident.CANCELLED) {
      boolean american = dice.hit(10, Trait.EVENT_SPELLING, main);
      return dated(event, day, appears, date, american ? "canceled" : "cancelled", -1);
    }
    int moved = newDate(main, date);
    if (incident == Incident.POSTPONED && day < newDateKnown(main, incidentDay)) {
      boolean visible = day >= appears && day < vanishes(event, appears);
      LocalDate initial = start.plusDays(date);
      return new EventState(
          visible, true, false, "postponed", null, null, null, false, false, initial);
    }
    boolean told = dice.hit(50, Trait.EVENT_SPELLING, -main - 1);
    return dated(event, day, appears, moved, "rescheduled", told ? date : -1);
  }

  /** The price level of an event on a day, in percent of its first price. */
  int pricePercent(int event, int day) {
    if (!dice.hit(25, Trait.EVENT_PRICE_MOVES, event)) {
      return 100;
    }
    int period = 5 + dice.below(40, Trait.EVENT_PRICE_PERIOD, event);
    int step = (day + dice.below(period, Trait.EVENT_PRICE_PERIOD, -event - 1)) / period;
    return 100 + (step * 3 % 7) * 5;
  }

  /** The day from which the event is on public sale; may be negative. */
  int onSaleDay(int event) {
    int appears = appears(events.main(event));
    return appears == 0
        ? dice.below(230, Trait.EVENT_ON_SALE, event) - 200
        : appears + dice.below(21, Trait.EVENT_ON_SALE, event);
  }

  private EventState dated(
      int event, int day, int appears, int date, String code, int initialDate) {
    int main = events.main(event);
    boolean visible = day >= appears && day <= date + 1 && day < vanishes(event, appears);
    double gap = dice.share(Trait.EVENT_NO_TIME, main) * 100;
    LocalDate local = start.plusDays(date);
    LocalTime time = gap < 7 ? null : time(event);
    ZonedDateTime at =
        time == null ? null : local.atTime(time).atZone(events.place(event).place().zone());
    return new EventState(
        visible,
        false,
        false,
        statusAbsent(main) ? null : code,
        local,
        at == null ? null : at.toLocalTime(),
        at == null ? null : at.toInstant(),
        gap < 4,
        gap >= 4 && gap < 7,
        initialDate < 0 ? null : start.plusDays(initialDate));
  }

  /** The local time it starts, on whatever date and whether the API tells it or not. */
  LocalTime time(int event) {
    int main = events.main(event);
    int roll = dice.below(1000, Trait.EVENT_TIME, main);
    int minutes = roll < 10 ? 90 + 60 * (roll % 2) : START_MINUTES[roll % START_MINUTES.length];
    if (events.second(event)) {
      minutes = minutes > 600 ? minutes - 180 : minutes + 120;
    }
    return LocalTime.of(minutes / 60, minutes % 60);
  }

  private String sale(int event, int day, int date) {
    if (statusAbsent(events.main(event))) {
      return null;
    }
    int from = onSaleDay(event);
    int soldOut =
        dice.hit(8, Trait.EVENT_SOLD_OUT, event)
            ? from + 15 + dice.below(250, Trait.EVENT_SOLD_OUT_DAY, event)
            : NEVER;
    return day >= from && day < soldOut && day < date ? "onsale" : "offsale";
  }

  private boolean statusAbsent(int main) {
    return dice.hit(1.5, Trait.EVENT_STATUS_ABSENT, main);
  }

  /** The day from which the API knows a main event. */
  int appears(int main) {
    int latest = Math.max(0, events.firstDate(main) - 14);
    return dice.hit(13, Trait.EVENT_APPEARS, main)
        ? Math.min(latest, 1 + dice.below(220, Trait.EVENT_APPEAR_DAY, main))
        : 0;
  }

  /** True when the API has dropped the event without a word by that day. */
  boolean vanished(int event, int day) {
    return day >= vanishes(event, appears(events.main(event)));
  }

  private int vanishes(int event, int appears) {
    return dice.hit(5, Trait.EVENT_VANISHES, event)
        ? appears + 1 + dice.below(250, Trait.EVENT_VANISH_DAY, event)
        : NEVER;
  }

  /** The day from which an event without a date has one; 0 for those that always had one. */
  private int undatedUntil(int main, int appears) {
    if (!dice.hit(3.5, Trait.EVENT_UNDATED, main)) {
      return 0;
    }
    int day = appears + 5 + dice.below(250, Trait.EVENT_DATED_DAY, main);
    boolean later = dice.hit(60, Trait.EVENT_DATED_LATER, main) && day < events.firstDate(main);
    return later ? day : NEVER;
  }

  private Incident incident(int main) {
    if (!dice.hit(16, Trait.EVENT_INCIDENT, main)) {
      return Incident.NONE;
    }
    int kind = dice.below(100, Trait.EVENT_INCIDENT_KIND, main);
    return kind < 35 ? Incident.CANCELLED : kind < 65 ? Incident.POSTPONED : Incident.RESCHEDULED;
  }

  private int incidentDay(int main, int appears) {
    return appears == 0
        ? dice.below(200, Trait.EVENT_INCIDENT_DAY, main) - 40
        : appears + 1 + dice.below(160, Trait.EVENT_INCIDENT_DAY, main);
  }

  private int newDate(int main, int date) {
    int moved = date + 30 + dice.below(90, Trait.EVENT_NEW_DATE, main);
    return moved <= Events.LAST_DAY ? moved : date - 1;
  }

  private int newDateKnown(int main, int incidentDay) {
    return dice.hit(50, Trait.EVENT_NEW_DATE_KNOWN, main)
        ? incidentDay + 20 + dice.below(60, Trait.EVENT_NEW_DATE_DAY, main)
        : NEVER;
  }
}
