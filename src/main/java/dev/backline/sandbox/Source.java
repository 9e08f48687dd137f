package dev.backline.sandbox;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The APIs that one world is served as. */
public enum Source {
  TICKETMASTER,
  SETLISTFM,
  BANDSINTOWN,
  SPOTIFY;

  /** The word for it in addresses, faults and answers. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Source named(String word) {
    return Arrays.stream(values())
        .filter(source -> source.word().equals(word))
        .findAny()
        .orElseThrow(() -> new IllegalArgumentException("unknown API '" + word + "'; " + valid()));
  }

  private static String valid() {
    return "valid are "
        + Arrays.stream(values()).map(Source::word).collect(Collectors.joining(", "));
  }
}
