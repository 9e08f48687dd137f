package dev.backline.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0                             | 0",
        "1                             | 1",
        "' 120 '                       | 120",
        "172800                        | 172800",
        // two days are the longest
        "172801                        | 172800",
        "999999999                     | 172800",
        "99999999999999999999          | 172800",
        "Sat, 21 Nov 2026 12:00:30 GMT | 30",
        "Sat, 21 Nov 2026 12:00:00 GMT | 0",
        "Sat, 21 Nov 2026 11:59:59 GMT | 0",
        "Mon, 23 Nov 2026 12:00:00 GMT | 172800",
        "Mon, 23 Nov 2026 12:00:01 GMT | 172800",
        "Thu, 1 Jan 1970 00:00:00 GMT  | 0"
      })
  void secondsOrDate_areAPause(String header, long seconds) {
    assertThat(RetryAfter.parse(header, NOW)).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({
    "1795262430,    30",
    "1795262430000, 30",
    "1795262400500, 0.5",
    // two days are the longest
    "1999999999,    172800"
  })
  void resetInSecondsOrMilliseconds_isThePauseUntilThen(String header, double seconds) {
    assertThat(RetryAfter.reset(header, NOW)).contains(Duration.ofMillis((long) (seconds * 1000)));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "0", "30", "-1795262430", "1795262400", "1795262399000", "soon"})
  void resetThatIsOverOrNoInstant_saysNothing(String header) {
    assertThat(RetryAfter.reset(header, NOW)).isEmpty();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "  ",
        "-1",
        "+1",
        "1.5",
        "30s",
        "soon",
        "\u0663\u0660",
        "2026-11-21T12:00:30Z",
        "Sun, 21 Nov 2026 12:00:30 GMT"
      })
  void anythingElse_saysNothing(String header) {
    assertThat(RetryAfter.parse(header, NOW)).isEmpty();
  }
}
