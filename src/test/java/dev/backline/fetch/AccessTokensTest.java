package dev.backline.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.backline.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTokensTest {
  private static final String SECRET = "canary-secret-7f3a9b";

  private Instant now = Instant.parse("2026-11-21T12:00:00Z");
  private final AccessTokens tokens =
      new AccessTokens(
          Settings.load(
              Path.of("config", "application.properties"),
              Map.of("SPOTIFY_CLIENT_ID", "id", "SPOTIFY_CLIENT_SECRET", SECRET)),
          new Clock() {
            @Override
            public Instant instant() {
              return now;
            }

            @Override
            public ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }
          });

  private static Exchange answer(int status, String body) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.setProperty("source", "spotify");
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
    exchange.getMessage().setBody(body.getBytes(StandardCharsets.UTF_8));
    return exchange;
  }

  private static Exchange token(long seconds) {
    return answer(
        200, "{\"access_token\":\"t\",\"token_type\":\"Bearer\",\"expires_in\":" + seconds + "}");
  }

  @ParameterizedTest
  @CsvSource({
    "3600, 3539, false",
    "3600, 3540, true",
    "60, 29, false",
    "60, 30, true",
    "0, 0, true"
  })
  void token_isUsedUntilAMinuteBeforeItsEnd(long life, long after, boolean missing)
      throws CallFailed {
    assertThat(tokens.missing(token(life))).isTrue();
    tokens.keep(token(life));
    now = now.plusSeconds(after);
    assertThat(tokens.missing(token(life))).isEqualTo(missing);
  }

  @Test
  void refusedToken_isForgottenOnceAnExchange() throws CallFailed {
    tokens.keep(token(3600));
    assertThat(tokens.refused(answer(200, ""))).isFalse();
    Exchange refused = answer(401, "");
    assertThat(tokens.refused(refused)).isTrue();
    assertThat(tokens.missing(refused)).isTrue();
    assertThat(tokens.refused(refused)).as("the second time it is a failure").isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | {\"error\":\"invalid_client\"}   | MEND_KEY | invalid_client",
        "401 | canary-secret-7f3a9b             | MEND_KEY | no reason given",
        "200 | {\"expires_in\":3600}             | RETRY    | without an access token"
      })
  void answerWithoutAToken_saysWhy(int status, String body, String remedy, String what) {
    CallFailed failed =
        catchThrowableOfType(CallFailed.class, () -> tokens.keep(answer(status, body)));
    assertThat(failed.remedy()).hasToString(remedy);
    assertThat(failed).hasMessageContaining(what).hasMessageNotContaining(SECRET);
  }

  @Test
  void headers_areThoseOfOauth() throws CallFailed {
    tokens.keep(token(3600));
    assertThat(tokens.bearer(token(1))).isEqualTo("Bearer t");
    assertThat(tokens.basic(token(1))).isEqualTo("Basic aWQ6Y2FuYXJ5LXNlY3JldC03ZjNhOWI=");
  }
}
