package dev.backline.sandbox;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One rule of a specification: the API it is for (Ticketmaster unless another is named), a fault,
 * its argument (null when it takes none) and the calls it strikes. {@code selector} is '@' for the
 * one call {@code number}, '%' for {@code number} percent of the calls, '*' for the first {@code
 * number} calls, ' ' for every call.
 */
record FaultRule(Source source, Fault fault, String argument, char selector, int number) {
  private static final Pattern RULE =
      Pattern.compile(
          "(?:([a-z]+):)?([a-z0-9-]+)(?:=(.*?))?(?:([@%*])(\\d{1,9}))?", Pattern.DOTALL);

  static FaultRule parse(String text) {
    Matcher rule = RULE.matcher(text);
    if (!rule.matches()) {
      throw new IllegalArgumentException("not a fault rule: '" + text + "'; " + Fault.valid());
    }
    Source source = rule.group(1) == null ? Source.TICKETMASTER : Source.named(rule.group(1));
    Fault fault = Fault.named(rule.group(2));
    if (!fault.strikes(source)) {
      throw new IllegalArgumentException(
          "fault '" + fault.word + "' is none of " + source.word() + "'s; " + Fault.valid(source));
    }
    String argument = rule.group(3);
    boolean missing = argument == null || argument.isEmpty();
    if (missing == (fault.argument != Fault.Argument.NONE)) {
      throw new IllegalArgumentException(
          "fault '"
              + fault.word
              + (missing ? "' needs an argument; " : "' takes no argument; ")
              + Fault.valid());
    }
    if (fault.argument == Fault.Argument.NUMBER && !argument.matches("\\d{1,9}")) {
      throw new IllegalArgumentException(
          "fault '" + fault.word + "' needs a number, not '" + argument + "'; " + Fault.valid());
    }
    boolean always = rule.group(4) == null;
    return new FaultRule(
        source,
        fault,
        argument,
        always ? ' ' : rule.group(4).charAt(0),
        always ? 0 : Integer.parseInt(rule.group(5)));
  }

  /** True when the call with this number, from 1, is struck. */
  boolean strikes(long call, Dice dice) {
    return switch (selector) {
      case '@' -> call == number;
      case '*' -> call <= number;
      case '%' -> dice.hit(number, Trait.FAULT_CALL, roll(call));
      default -> true;
    };
  }

  private long roll(long call) {
    return ((long) source.ordinal() << 40) + call * Fault.values().length + fault.ordinal();
  }
}
