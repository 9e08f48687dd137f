package dev.backline.sandbox;

import java.util.List;

/** The price ranges of an event on one day, in hundredths of the currency; empty when untold. */
record Prices(String currency, List<Range> ranges) {
  record Range(String type, long min, long max) {}

  static Prices of(World world, int event, int day) {
    Dice dice = world.dice();
    String currency = world.events().place(event).place().country().currency;
    if (!dice.hit(50, Trait.EVENT_PRICED, event)) {
      return new Prices(currency, List.of());
    }
    boolean yen = currency.equals("JPY");
    long min = 1500 + 25L * dice.below(500, Trait.EVENT_PRICE, event);
    min = Math.max(25, min * world.timeline().pricePercent(event, day) / 100 / 25 * 25);
    long max = min + 25L * dice.below(800, Trait.EVENT_PRICE_SPREAD, event);
    if (yen) {
      min = min / 100 * 10_000;
      max = max / 100 * 10_000;
    }
    Range standard = new Range("standard", min, max);
    int more = dice.below(10, Trait.EVENT_PRICE_RANGES, event);
    if (more < 6) {
      return new Prices(currency, List.of(standard));
    }
    Range fees = new Range("standard including fees", withFees(min, yen), withFees(max, yen));
    if (more < 9) {
      return new Prices(currency, List.of(standard, fees));
    }
    return new Prices(currency, List.of(standard, fees, new Range("vip", max, max * 3)));
  }

  /** The lowest price of all ranges as JSON, or null. */
  String min() {
    return ranges.isEmpty() ? null : decimal(ranges.stream().mapToLong(Range::min).min().orElse(0));
  }

  /** The highest price of all ranges as JSON, or null. */
  String max() {
    return ranges.isEmpty() ? null : decimal(ranges.stream().mapToLong(Range::max).max().orElse(0));
  }

  /** Hundredths as the API writes them: 39.5, 125.75, 90.0. */
  static String decimal(long hundredths) {
    long rest = hundredths % 100;
    String digits = rest % 10 == 0 ? Long.toString(rest / 10) : (rest < 10 ? "0" : "") + rest;
    return hundredths / 100 + "." + digits;
  }

  private static long withFees(long price, boolean yen) {
    long raised = price + price / 8;
    return yen ? raised / 100 * 100 : raised;
  }
}
