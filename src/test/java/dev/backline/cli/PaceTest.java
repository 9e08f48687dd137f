package dev.backline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is shown of a run that goes on: never backwards, with its rate and the time it takes. */
class PaceTest {
  private final Pace pace = new Pace();

  private void at(int seconds, long records, double share) {
    pace.at(Duration.ofSeconds(seconds).toNanos(), records, share);
  }

  @Test
  void nothingYet_isNothing() {
    assertThat(pace.percent()).isZero();
    assertThat(pace.rate()).isZero();
    assertThat(pace.left()).isEmpty();
    assertThat(pace.words()).isEqualTo("0 records, 0 records/s");
  }

  @Test
  void evenProgress_givesRateAndTimeLeft() {
    at(0, 0, 0);
    at(5, 2500, 0.25);
    at(10, 5000, 0.5);

    assertThat(pace.percent()).isEqualTo(50);
    assertThat(pace.rate()).isEqualTo(500);
    assertThat(pace.left()).contains(Duration.ofSeconds(10));
    assertThat(pace.words()).isEqualTo("5,000 records, 500 records/s, about 10 s left");
  }

  @Test
  void aPlanThatGrows_doesNotRunBackwards() {
    at(0, 100, 0.1);
    at(5, 900, 0.9);
    at(10, 800, 0.3);

    assertThat(pace.percent()).isEqualTo(90);
    assertThat(pace.words()).startsWith("900 records");
    at(15, 2000, 0.95);
    assertThat(pace.percent()).isEqualTo(95);
  }

  @Test
  void whatWasDoneBeforeItIsWatched_countsForTheShareAndNotForTheRate() {
    at(0, 90_000, 0.9);
    at(10, 91_000, 0.91);

    assertThat(pace.percent()).isEqualTo(91);
    assertThat(pace.rate()).isEqualTo(100);
    assertThat(pace.left().orElseThrow().toSeconds()).isBetween(89L, 90L);
  }

  @Test
  void aRunThatStandsStill_promisesNothing() {
    at(0, 0, 0);
    at(10, 5000, 0.5);
    for (int second = 11; second < 60; second++) {
      at(second, 5000, 0.5);
    }

    assertThat(pace.rate()).isZero();
    assertThat(pace.left()).isEmpty();
    assertThat(pace.words()).isEqualTo("5,000 records, 0 records/s");
  }

  @Test
  void aRunThatHasNotEnded_isNotAllDone() {
    at(0, 0, 1);

    assertThat(pace.percent()).isEqualTo(99);
  }

  @Test
  void aLongTime_isSaidInMinutesAndHours() {
    at(0, 0, 0);
    at(10, 100, 0.01);
    assertThat(pace.words()).endsWith("about 17 min left");

    Pace slow = new Pace();
    slow.at(0, 0, 0);
    slow.at(Duration.ofSeconds(10).toNanos(), 1, 0.001);
    assertThat(slow.words()).endsWith("about 3 h left");
  }
}
