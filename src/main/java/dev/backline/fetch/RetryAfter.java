package dev.backline.fetch;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Reads how long a source asks to be left alone: {@code Retry-After} (seconds or an HTTP date) or
 * {@code Rate-Limit-Reset} (an instant since 1970 in milliseconds or seconds); anything else says
 * nothing.
 */
public final class RetryAfter {
  private static final Duration LONGEST = Duration.ofDays(2);
  // As seconds it would be the year 5138, as milliseconds it is 1973.
  private static final long FIRST_IN_MILLIS = 100_000_000_000L;

  private RetryAfter() {}

  /** The pause until a {@code Rate-Limit-Reset}; empty where it is missing, garbage or over. */
  public static Optional<Duration> reset(String header, Instant now) {
    if (header == null || !header.trim().matches("\\d{9,15}")) {
      return Optional.empty();
    }
    long value = Long.parseLong(header.trim());
    Instant end =
        value >= FIRST_IN_MILLIS ? Instant.ofEpochMilli(value) : Instant.ofEpochSecond(value);
    Duration pause = Duration.between(now, end);
    if (pause.isNegative() || pause.isZero()) {
      return Optional.empty();
    }
    return Optional.of(pause.compareTo(LONGEST) > 0 ? LONGEST : pause);
  }

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
