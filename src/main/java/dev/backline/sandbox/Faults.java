package dev.backline.sandbox;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A fault specification in force. It counts the calls of each API from when it was made. */
final class Faults {
  private static final Map<Fault, Spoil> SPOILS =
      Map.of(
          Fault.POISON, Spoil.POISON,
          Fault.GARBAGE, Spoil.GARBAGE,
          Fault.BAD_PRICE, Spoil.BAD_PRICE,
          Fault.HOSTILE, Spoil.HOSTILE);

  private final String spec;
  private final Dice dice;
  private final List<FaultRule> rules = new ArrayList<>();
  private final Spoiled spoiled;
  private final Map<Source, AtomicLong> calls = new EnumMap<>(Source.class);

  /** Throws IllegalArgumentException with one line that lists the valid faults. */
  Faults(String spec, World world) {
    this.spec = spec.strip();
    this.dice = world.dice();
    for (Source source : Source.values()) {
      calls.put(source, new AtomicLong());
    }
    Map<Spoil, Integer> wanted = new EnumMap<>(Spoil.class);
    // A comma before a space belongs to an argument: an HTTP date has one.
    for (String text : this.spec.split(",(?! )")) {
      if (!text.isBlank()) {
        FaultRule rule = FaultRule.parse(text.strip());
        rules.add(rule);
        if (SPOILS.containsKey(rule.fault())) {
          wanted.merge(SPOILS.get(rule.fault()), Integer.valueOf(rule.argument()), Math::max);
        }
      }
    }
    this.spoiled = new Spoiled(world, wanted);
  }

  String spec() {
    return spec;
  }

  Spoiled spoiled() {
    return spoiled;
  }

  /** What strikes the next call of an API. */
  CallFaults next(Source source) {
    long call = calls.get(source).incrementAndGet();
    Map<Fault, String> struck = new EnumMap<>(Fault.class);
    for (FaultRule rule : rules) {
      if (rule.source() == source && rule.strikes(call, dice)) {
        struck.putIfAbsent(rule.fault(), rule.argument() == null ? "" : rule.argument());
      }
    }
    return new CallFaults(call, struck, spoiled);
  }
}
