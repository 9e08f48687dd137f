package dev.backline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class QuotaTest {
  private static final Instant NOW = Instant.parse("2026-12-01T10:00:00Z");

  private final Quota quota = new Quota(Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void callsOfADay_areTakenFromTheQuota() {
    quota.call(0);
    quota.call(0);
    Headers headers = told();
    assertThat(headers.getFirst("Rate-Limit-Available")).isEqualTo("4998");
    assertThat(headers.getFirst("Rate-Limit-Over")).isEqualTo("0");
    assertThat(headers.getFirst("Rate-Limit-Reset"))
        .isEqualTo(Long.toString(NOW.plusSeconds(86_400).toEpochMilli()));
  }

  @Test
  void callsBeyondTheQuota_areTold() {
    for (int i = 0; i < 5003; i++) {
      quota.call(0);
    }
    assertThat(told().getFirst("Rate-Limit-Available")).isEqualTo("0");
    assertThat(told().getFirst("Rate-Limit-Over")).isEqualTo("3");
  }

  @Test
  void nextDayOfTheWorld_beginsAnew() {
    quota.call(0);
    quota.call(1);
    assertThat(told().getFirst("Rate-Limit-Available")).isEqualTo("4999");
  }

  private Headers told() {
    Headers headers = new Headers();
    quota.tell(headers);
    return headers;
  }
}
