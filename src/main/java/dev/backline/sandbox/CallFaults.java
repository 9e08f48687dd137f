package dev.backline.sandbox;

import java.util.Map;

/** The faults that strike one call; {@code call} is its number, counted from 1. */
record CallFaults(long call, Map<Fault, String> struck, Spoiled spoiled) {
  boolean has(Fault fault) {
    return struck.containsKey(fault);
  }

  String text(Fault fault) {
    return struck.get(fault);
  }

  int number(Fault fault) {
    return Integer.parseInt(struck.get(fault));
  }

  /** How an event is served in this call. */
  Spoil spoil(int event) {
    Spoil spoil = struck.isEmpty() ? Spoil.NONE : spoiled.of(event);
    return switch (spoil) {
      case POISON -> has(Fault.POISON) ? spoil : Spoil.NONE;
      case GARBAGE -> has(Fault.GARBAGE) ? spoil : Spoil.NONE;
      case BAD_PRICE -> has(Fault.BAD_PRICE) ? spoil : Spoil.NONE;
      case HOSTILE -> has(Fault.HOSTILE) ? spoil : Spoil.NONE;
      default -> Spoil.NONE;
    };
  }
}
