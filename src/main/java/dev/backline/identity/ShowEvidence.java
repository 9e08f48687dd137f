package dev.backline.identity;

import dev.backline.identity.Evidence.Tally;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Collections;

/** Are two records the same show? */
public final class ShowEvidence {
  /**
   * Joined from here on: venue, day and headliner reach 0.85; headliner, day and city 0.80, as do
   * headliner, day and time where no place or another house of the same city is told. Chosen on one
   * half of the labelled pairs and checked on the other.
   */
  public static final double ACCEPT = 0.80;

  /**
   * A person is asked from here on, unless no other show fits: then one day's difference, where a
   * source knows the day alone, is no hindrance.
   */
  public static final double REVIEW = 0.65;

  private static final Duration SAME_TIME = Duration.ofMinutes(45);
  private static final Duration FAR = Duration.ofHours(3);
  private static final LocalTime NIGHT = LocalTime.of(5, 0);

  private ShowEvidence() {}

  public static Evidence of(ShowFacts a, ShowFacts b) {
    String veto = veto(a, b);
    if (veto != null) {
      return Evidence.vetoed(veto);
    }
    Tally tally = new Tally();
    place(tally, a, b);
    long days = Math.abs(ChronoUnit.DAYS.between(a.date(), b.date()));
    if (days == 0) {
      tally.add(25, "same day");
    } else if (afterMidnight(a, b) || afterMidnight(b, a)) {
      tally.add(20, "the night before that day");
    } else if (a.dateOnly() || b.dateOnly()) {
      tally.add(5, "one day apart");
    } else {
      tally.add(-25, "one day apart");
    }
    artists(tally, a, b);
    if (a.tour() != null && a.tour().equals(b.tour())) {
      tally.add(5, "same tour");
    }
    boolean together = days == 0 && times(tally, a, b);
    if ((a.session() == null) != (b.session() == null) && !together) {
      tally.add(-10, "only one is called early or late");
    }
    return tally.evidence();
  }

  private static String veto(ShowFacts a, ShowFacts b) {
    if (a.source().equals(b.source())) {
      return "two ids of one source";
    }
    if (a.date() == null || b.date() == null) {
      return "no day known";
    }
    long days = Math.abs(ChronoUnit.DAYS.between(a.date(), b.date()));
    if (days > 1) {
      return days + " days apart";
    }
    if (a.session() != null && b.session() != null && !a.session().equals(b.session())) {
      return "early and late show";
    }
    if (a.listing().offer() != b.listing().offer()) {
      return "one is an offer beside a show";
    }
    if (a.listing().pass() != b.listing().pass()) {
      return "one is a pass for several shows";
    }
    return null;
  }

  private static void place(Tally tally, ShowFacts a, ShowFacts b) {
    if (a.venue() != null && b.venue() != null) {
      boolean same = a.venue().equals(b.venue());
      tally.add(same ? 25 : -20, same ? "same venue" : "different venues");
    } else if (a.city() != null && b.city() != null) {
      boolean same = a.city().equals(b.city());
      tally.add(same ? 20 : -30, same ? "same city" : "different cities");
    }
  }

  private static void artists(Tally tally, ShowFacts a, ShowFacts b) {
    boolean known = !a.lineUp().isEmpty() && !b.lineUp().isEmpty();
    boolean named = !a.lineUpNames().isEmpty() && !b.lineUpNames().isEmpty();
    if (a.headliner() != null && a.headliner().equals(b.headliner())) {
      tally.add(35, "same headliner");
    } else if (known && !Collections.disjoint(a.lineUp(), b.lineUp())) {
      tally.add(30, "an artist in common");
    } else if (named && !Collections.disjoint(a.lineUpNames(), b.lineUpNames())) {
      tally.add(30, "an artist's name in common");
    } else if (known || named) {
      tally.add(-60, "no artist in common");
    } else if (a.nameKey().equals(b.nameKey())) {
      tally.add(30, "same name");
    }
  }

  /** Does one start after midnight and the other on the day before? */
  private static boolean afterMidnight(ShowFacts late, ShowFacts evening) {
    return late.time() != null
        && late.time().isBefore(NIGHT)
        && evening.date().plusDays(1).equals(late.date());
  }

  /** Do they start at one time? */
  private static boolean times(Tally tally, ShowFacts a, ShowFacts b) {
    Duration apart = apart(a, b);
    if (apart == null) {
      return false;
    }
    if (apart.compareTo(SAME_TIME) <= 0) {
      sameTime(tally, a, b);
      return true;
    }
    if (apart.compareTo(FAR) > 0) {
      tally.add(-25, apart.toHours() + " hours apart");
    }
    return false;
  }

  /**
   * Nobody plays in two places at once: where the house of one is not known, or is told as another
   * one of the same city, the time says more than the house.
   */
  private static void sameTime(Tally tally, ShowFacts a, ShowFacts b) {
    boolean cities = a.city() != null && b.city() != null;
    boolean venues = a.venue() != null && b.venue() != null;
    boolean sameAct = a.headliner() != null && a.headliner().equals(b.headliner());
    if (sameAct && venues && !a.venue().equals(b.venue()) && cities && a.city().equals(b.city())) {
      tally.add(40, "same act at the same time in the same city");
    } else if (sameAct && !venues && !cities) {
      tally.add(20, "same time, place of one unknown");
    } else {
      tally.add(10, "same time");
    }
  }

  private static Duration apart(ShowFacts a, ShowFacts b) {
    if (a.time() != null && b.time() != null) {
      return Duration.between(a.time(), b.time()).abs();
    }
    if (a.startsAt() != null && b.startsAt() != null) {
      return Duration.between(a.startsAt(), b.startsAt()).abs();
    }
    return null;
  }
}
