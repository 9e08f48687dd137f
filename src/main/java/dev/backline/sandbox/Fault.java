package dev.backline.sandbox;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The faults that can be asked for, each with the form of its argument. */
enum Fault {
  STATUS("status", Argument.NUMBER),
  RETRY_AFTER("retry-after", Argument.TEXT),
  RATE_LIMIT_RESET("rate-limit-reset", Argument.TEXT),
  RESET("reset", Argument.NUMBER),
  SLOW("slow", Argument.NUMBER),
  DRIP("drip", Argument.NUMBER),
  TRUNCATED_GZIP("truncated-gzip", Argument.NONE),
  WRONG_LENGTH("wrong-length", Argument.NONE),
  EMPTY("empty", Argument.NONE),
  ARRAY("array", Argument.NONE),
  ERROR_200("error-200", Argument.NONE),
  HTML_200("html-200", Argument.NONE),
  SAME_PAGE("same-page", Argument.NONE),
  CYCLE("cycle", Argument.NONE),
  TOTALS("totals", Argument.NONE),
  DUPLICATE("duplicate", Argument.NONE),
  REDIRECT("redirect", Argument.TEXT),
  BIG("big", Argument.NUMBER),
  POISON("poison", Argument.NUMBER),
  GARBAGE("garbage", Argument.NUMBER),
  BAD_PRICE("bad-price", Argument.NUMBER),
  HOSTILE("hostile", Argument.NUMBER);

  enum Argument {
    NONE,
    NUMBER,
    TEXT
  }

  final String word;
  final Argument argument;

  Fault(String word, Argument argument) {
    this.word = word;
    this.argument = argument;
  }

  /** Not every API has pages, and spoiled records are events of Ticketmaster. */
  boolean strikes(Source source) {
    return switch (this) {
      case POISON, GARBAGE, BAD_PRICE, HOSTILE -> source == Source.TICKETMASTER;
      case SAME_PAGE, CYCLE, TOTALS, DUPLICATE -> source != Source.BANDSINTOWN;
      default -> true;
    };
  }

  static Fault named(String word) {
    return Arrays.stream(values())
        .filter(fault -> fault.word.equals(word))
        .findAny()
        .orElseThrow(
            () -> new IllegalArgumentException("unknown fault '" + word + "'; " + valid()));
  }

  static String valid() {
    return "valid are " + words(null);
  }

  /** Those of one API. */
  static String valid(Source source) {
    return "valid for " + source.word() + " are " + words(source);
  }

  private static String words(Source api) {
    return Arrays.stream(values())
            .filter(fault -> api == null || fault.strikes(api))
            .map(fault -> fault.argument == Argument.NONE ? fault.word : fault.word + "=…")
            .collect(Collectors.joining(", "))
        + ", each with @N, %P or *K behind it or nothing, and "
        + Arrays.stream(Source.values())
            .map(source -> source.word() + ":")
            .collect(Collectors.joining(", "))
        + " or nothing before it";
  }
}
