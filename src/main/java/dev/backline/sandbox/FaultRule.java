package dev.backline.sandbox;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One rule of a specification: a fault, its argument (null when it takes none) and the calls it
 * strikes. {@code selector} is '@' for the one call {@code number}, '%' for {@code number} percent
 * of the calls, '*' for the first {@code number} calls, ' ' for every call.
 */
record FaultRule(Fault fault, String argument, char selector, int number) {
  private static final Pattern RULE =
      Pattern.compile("([a-z0-9-]+)(?:=(.*?))?(?:([@%*])(\\d{1,9}))?", Pattern.DOTALL);

  static FaultRule parse(String text) {
    Matcher rule = RULE.matcher(text);
    if (!rule.matches()) {
      throw new IllegalArgumentException("not a fault rule: '" + text + "'; " + Fault.valid());
    }
    Fault fault = Fault.named(rule.group(1));
    String argument = rule.group(2);
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
    boolean always = rule.group(3) == null;
    return new FaultRule(
        fault,
        argument,
        always ? ' ' : rule.group(3).charAt(0),
        always ? 0 : Integer.parseInt(rule.group(4)));
  }

  /** True when the call with this number, from 1, is struck. */
  boolean strikes(long call, Dice dice) {
    return switch (selector) {
      case '@' -> call == number;
      case '*' -> call <= number;
      case '%' ->
          dice.hit(number, Trait.FAULT_CALL, call * Fault.values().length + fault.ordinal());
      default -> true;
    };
  }
}
