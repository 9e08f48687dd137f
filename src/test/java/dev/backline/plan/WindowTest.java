package dev.backline.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static Window window(long seconds) {
    return new Window(START, START.plusSeconds(seconds - 1));
  }

  private static long seconds(Window window) {
    return Duration.between(window.from(), window.to()).getSeconds() + 1;
  }

  @ParameterizedTest
  @CsvSource({
    "86400,    1001,    1000",
    "86400,    2400,    1000",
    "86399,    7321,    1000",
    "10,       99999,   1000",
    "3,        1500,    1000",
    "2,        1001,    1000",
    "63158400, 999999,  1000",
    "63158400, 1200,    1"
  })
  void parts_touchShareNoSecondAndCoverAll(long seconds, long total, int reachable) {
    Window whole = window(seconds);
    List<Window> parts = whole.split(total, reachable);
    assertThat(parts).hasSizeGreaterThan(1);
    assertThat(parts.get(0).from()).isEqualTo(whole.from());
    assertThat(parts.get(parts.size() - 1).to()).isEqualTo(whole.to());
    for (int i = 0; i < parts.size(); i++) {
      assertThat(seconds(parts.get(i))).as("part %d holds a second", i).isPositive();
      if (i > 0) {
        assertThat(parts.get(i).from()).isEqualTo(parts.get(i - 1).to().plusSeconds(1));
      }
    }
    assertThat(parts.stream().mapToLong(WindowTest::seconds).sum()).isEqualTo(seconds);
  }

  @ParameterizedTest
  @CsvSource({
    // the least: two
    "86400, 1001,   1000, 2",
    "86400, 1600,   1000, 2",
    // four fifths of what paging reaches
    "86400, 1601,   1000, 3",
    "86400, 2400,   1000, 3",
    "86400, 2401,   1000, 4",
    // the most
    "86400, 25600,  1000, 32",
    "86400, 99999,  1000, 32",
    "86400, 5000,   1,    32",
    "86400, 5000,   0,    32",
    // not more than seconds
    "5,     99999,  1000, 5",
    "2,     99999,  1000, 2"
  })
  void number_ofPartsFollowsFromTheTotal(long seconds, long total, int reachable, int parts) {
    assertThat(window(seconds).split(total, reachable)).hasSize(parts);
  }

  @ParameterizedTest
  @CsvSource({"86400, 2000, 1000, 1", "100, 9000, 1000, 1", "63158401, 31000, 1000, 1"})
  void parts_areOfOneLengthButForASecond(long seconds, long total, int reachable, long difference) {
    List<Window> parts = window(seconds).split(total, reachable);
    long longest = parts.stream().mapToLong(WindowTest::seconds).max().orElseThrow();
    long shortest = parts.stream().mapToLong(WindowTest::seconds).min().orElseThrow();
    assertThat(longest - shortest).isBetween(0L, difference);
  }

  @ParameterizedTest
  @CsvSource({
    // one second, and a window that ends before it begins
    "2026-01-01T00:00:00Z, 2026-01-01T00:00:00Z",
    "2026-01-01T00:00:00Z, 2025-12-31T23:59:59Z"
  })
  void windowOfOneSecond_cannotBeCut(Instant from, Instant to) {
    assertThat(new Window(from, to).split(5000, 1000)).isEmpty();
  }
}
