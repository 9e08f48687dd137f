package dev.backline.fetch;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Reads a {@code Retry-After}: seconds or an HTTP date; anything else says nothing. */
public final class RetryAfter {
  private static final Duration LONGEST = Duration.ofDays(2);

  private RetryAfter() {}

  /** The pause asked for, from zero to two days; empty where the header is missing or garbage. */
  public static Optional<Duration> parse(String header, Instant now) {
    if (header == null || header.isBlank()) {
      return Optional.empty();
    }
    String text = header.trim();
    if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      long seconds = text.length() > 9 ? Long.MAX_VALUE : Long.parseLong(text);
      return Optional.of(seconds > LONGEST.toSeconds() ? LONGEST : Duration.ofSeconds(seconds));
    }
    try {
      Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration pause = Duration.between(now, date);
      if (pause.isNegative()) {
        return Optional.of(Duration.ZERO);
      }
      return Optional.of(pause.compareTo(LONGEST) > 0 ? LONGEST : pause);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
