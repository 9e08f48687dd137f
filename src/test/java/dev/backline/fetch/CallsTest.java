package dev.backline.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.backline.Settings;
import dev.backline.fetch.CallFailed.Remedy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final String SECRET = "Kq7-very-secret-key-0123456789";
  private static final Settings SETTINGS =
      Settings.load(
              Path.of("config", "application.properties"), Map.of("TICKETMASTER_API_KEY", SECRET))
          .with(
              Map.of(
                  "fetch.longest-wait", "60000",
                  "ticketmaster.base-url", "https://api.example/discovery/v2/"));

  private final Calls calls = new Calls(SETTINGS, Clock.fixed(NOW, ZoneOffset.UTC));

  private static Exchange answer(int status, String body, String retryAfter) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.setProperty("source", "ticketmaster");
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
    exchange.getMessage().setBody(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    if (retryAfter != null) {
      exchange.getMessage().setHeader("Retry-After", retryAfter);
    }
    return exchange;
  }

  private CallFailed failure(int status, String body, String retryAfter) {
    return catchThrowableOfType(
        CallFailed.class, () -> calls.clientError(answer(status, body, retryAfter)));
  }

  // --- What a status means ----------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({
    "429, ,                ,     RETRY",
    "429, ,                60,   RETRY",
    "429, ,                61,   PARK",
    "429, SpikeArrest,     ,     RETRY",
    "429, QuotaViolation,  ,     PARK",
    "429, QuotaViolation,  1,    RETRY",
    "429, QuotaViolation,  0,    RETRY",
    "429, QuotaViolation,  61,   PARK",
    "503, QuotaViolation,  ,     PARK",
    "503, ,                ,     RETRY",
    "503, ,                60,   RETRY",
    "503, ,                61,   PARK",
    "500, ,                ,     RETRY",
    "502, ,                60,   RETRY",
    "504, ,                ,     RETRY",
    "599, ,                ,     RETRY",
    "408, ,                ,     RETRY",
    "500, QuotaViolation,  ,     RETRY",
    "401, ,                ,     MEND_KEY",
    "403, ,                ,     MEND_KEY",
    "401, QuotaViolation,  ,     MEND_KEY",
    "400, ,                ,     GIVE_UP",
    "404, ,                ,     GIVE_UP",
    "404, ,                3600, GIVE_UP",
    "414, ,                ,     GIVE_UP",
    "301, ,                ,     GIVE_UP",
    "304, ,                ,     GIVE_UP",
    "199, ,                ,     GIVE_UP"
  })
  void status_hasItsRemedy(int status, String body, String retryAfter, Remedy remedy) {
    CallFailed failure = failure(status, body == null ? "" : body, retryAfter);
    assertThat(failure.remedy()).isEqualTo(remedy);
    assertThat(failure.status()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 504, 408})
  void longPauseOfAnyStatus_parksTheSource(int status) {
    assertThat(failure(status, "", "3600").remedy())
        .as("the back-off would sleep as long as the header says")
        .isEqualTo(Remedy.PARK);
  }

  @ParameterizedTest
  @CsvSource({
    "200, false, false",
    "204, false, false",
    "299, false, false",
    "300, false, true",
    "400, false, true",
    "408, true,  true",
    "429, false, true",
    "499, false, true",
    "500, true,  true",
    "503, true,  true"
  })
  void onlyTroubleOfTheSource_countsForTheCircuitBreaker(
      int status, boolean server, boolean client) {
    assertThat(throwsFailure(() -> calls.serverError(answer(status, "", null)))).isEqualTo(server);
    assertThat(throwsFailure(() -> calls.clientError(answer(status, "", null)))).isEqualTo(client);
  }

  private interface Check {
    void run() throws CallFailed, NotServed, IOException;
  }

  private static boolean throwsFailure(Check check) {
    try {
      check.run();
      return false;
    } catch (CallFailed e) {
      return true;
    } catch (NotServed | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "30                            | 30",
        "Sat, 21 Nov 2026 12:00:45 GMT | 45",
        "soon                          | 0",
        "                              | 0"
      })
  void pause_isWhatTheSourceAskedFor(String header, long seconds) {
    assertThat(failure(429, "", header).pause()).isEqualTo(Duration.ofSeconds(seconds));
  }

  // --- Answers that a source's routes describe --------------------------------------------------

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404 | {\"status\":404,\"message\":\"Not Found\"}  | true",
        "404 | <html>not here</html>                     | false",
        "200 | {warn=Not found}                          | true",
        "400 | {\"status\":404}                          | false"
      })
  void answerThatSaysNone_isNoFailure(int status, String body, boolean none) throws Exception {
    Exchange answer = answer(status, body, null);
    calls.serverError(answer);
    answer.setProperty("noneAnswers", "404 .*\"status\":404.*|200 \\{warn=Not found}");
    if (none) {
      calls.clientError(answer);
    } else {
      assertThatThrownBy(() -> calls.clientError(answer)).isInstanceOf(CallFailed.class);
    }
    assertThat(answer.getProperty("none", false, Boolean.class)).isEqualTo(none);
  }

  @Test
  void refusalOfWhatARequestTries_isToldFromAnyOther() throws Exception {
    Exchange answer = answer(403, "", null);
    calls.serverError(answer);
    answer.setProperty("refusals", "403.*");
    assertThatThrownBy(() -> calls.clientError(answer)).isInstanceOf(CallFailed.class);
    answer.setProperty("tries", "top-tracks");
    assertThatThrownBy(() -> calls.clientError(answer))
        .isInstanceOf(NotServed.class)
        .hasMessage("ticketmaster does not serve top-tracks: it answered 403");
  }

  // --- What is said about it --------------------------------------------------------------------

  @Test
  void message_namesSourceStatusAndTheBeginningOfTheBody() {
    assertThat(failure(404, "{\"errors\":\r\n [\"no such\u0000page\"]}", null))
        .hasMessage("ticketmaster answered 404: {\"errors\": [\"no such page\"]}");
    assertThat(failure(502, "", null)).hasMessage("ticketmaster answered 502");
    assertThat(failure(502, "é".repeat(100_000), null).getMessage()).hasSizeLessThan(400);
  }

  @Test
  void message_holdsNoSecret() {
    assertThat(failure(400, "bad request /events?apikey=" + SECRET + "&page=1", null))
        .hasMessage("ticketmaster answered 400: bad request /events?apikey=***&page=1");
  }

  @ParameterizedTest
  @ValueSource(ints = {260, 275, 290, 299})
  void secretAtTheEndOfTheExcerpt_isNotShownInPart(int before) {
    String message = failure(400, "x".repeat(before) + SECRET + "&page=1", null).getMessage();
    assertThat(message).doesNotContain(SECRET.substring(0, 1));
  }

  // --- Query and body ---------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":\"1\",\"b\":\"2\"}                     | a=1&b=2",
        "{\"b\":\"2\",\"a\":\"1\"}                     | b=2&a=1",
        "{\"city\":\"São Paulo & more\"}               | city=S%C3%A3o+Paulo+%26+more",
        "{\"sort\":\"id,asc\",\"q\":\"a=b?#+%\"}       | sort=id%2Casc&q=a%3Db%3F%23%2B%25",
        "{\"from\":\"2026-01-01T00:00:00Z\"}           | from=2026-01-01T00%3A00%3A00Z",
        "{\"n\":200,\"t\":true,\"f\":false,\"z\":0}    | n=200&t=true&f=false&z=0",
        "{\"a\":null,\"b\":\"\",\"c\":\"x\"}           | c=x",
        "{}                                            | ''",
        "{\"a\":[],\"b\":{},\"c\":\"x\"}               | c=x"
      })
  void query_isEncodedAndLeavesOutWhatIsEmpty(String parameters, String query) throws IOException {
    assertThat(calls.query(new ObjectMapper().readTree(parameters))).isEqualTo(query);
  }

  @Test
  void secret_isAskedForEachTime() {
    assertThat(calls.secret("ticketmaster.api-key")).isEqualTo(SECRET);
    assertThat(calls.secret("ticketmaster.no-such-key")).isEmpty();
  }

  @Test
  void body_isReadToItsEnd() throws Exception {
    Exchange answer = answer(200, "page", null);
    calls.serverError(answer);
    assertThat(answer.getMessage().getBody()).isEqualTo("page".getBytes(StandardCharsets.UTF_8));
  }

  // --- Redirects --------------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/discovery/v2/events/next.json?page=2           | events/next.json | page=2",
        "https://api.example/discovery/v2/e.json         | e.json           | ''",
        "other.json?a=1&apikey=SECRET&b=2                | other.json       | a=1&b=2",
        "https://api.example/discovery/v2/x/../y.json?c= | y.json           | c="
      })
  void redirectWithinTheApi_becomesTheNextCallWithoutOurKey(
      String location, String path, String query) throws CallFailed {
    Exchange answer = redirect(location.replace("SECRET", SECRET));
    assertThat(calls.redirected(answer)).isTrue();

    calls.redirect(answer);

    assertThat(answer.getProperty("path")).isEqualTo(path);
    assertThat(answer.getProperty("query")).isEqualTo(query);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://api.example/discovery/v2/events.json",
        "https://api.example:8443/discovery/v2/events.json",
        "https://elsewhere.example/discovery/v2/events.json",
        "https://user@api.example/discovery/v2/events.json",
        "//elsewhere.example/discovery/v2/events.json",
        "/latest/meta-data",
        "/discovery/v2/../v1/events.json",
        "file:///etc/passwd",
        "ht tp://x"
      })
  void redirectElsewhere_isNotFollowed(String location) {
    Exchange answer = redirect(location + "?apikey=" + SECRET);
    assertThatThrownBy(() -> calls.redirect(answer))
        .isInstanceOf(CallFailed.class)
        .hasMessageContaining("is not followed")
        .hasMessageContaining("TICKETMASTER_BASE_URL")
        .hasMessageNotContaining(SECRET);
  }

  private Exchange redirect(String location) {
    Exchange answer = answer(302, "", null);
    answer.setProperty("path", "events.json");
    answer.getMessage().setHeader("Location", location);
    return answer;
  }

  // --- Whether it may leave ---------------------------------------------------------------------

  @Test
  void grant_saysHowLongToWait() throws CallRefused {
    Exchange call = new DefaultExchange(new DefaultCamelContext());
    assertThat(calls.turn(Map.of("wait", 240L, "granted", true, "slow", true), call))
        .isEqualTo(240);
    assertThat(call.getProperty("slow")).isEqualTo(true);
  }

  @Test
  void noGrant_isARefusalWithItsEnd() {
    Map<String, Object> refusal =
        Map.of("granted", false, "until", Timestamp.from(NOW.plusSeconds(60)), "reason", "parked");
    CallRefused refused =
        catchThrowableOfType(
            CallRefused.class,
            () -> calls.turn(refusal, new DefaultExchange(new DefaultCamelContext())));
    assertThat(refused).hasMessage("parked");
    assertThat(refused.until()).isEqualTo(NOW.plusSeconds(60));
  }
}
