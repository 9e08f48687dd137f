package dev.backline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorsTest {
  private static Sandbox sandbox;
  private static Client client;

  @BeforeAll
  static void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(1, 20));
    client = new Client(sandbox);
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @Test
  void noKey_yieldsTheFaultOfTheGateway() throws IOException {
    var answer = client.get(sandbox.ticketmaster().resolve("events.json?apikey="));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(Client.json(answer).at("/fault/detail/errorcode").asText())
        .isEqualTo("steps.oauth.v2.FailedToResolveAPIKey");
  }

  @Test
  void wrongKey_yieldsInvalidApiKey() throws IOException {
    var answer = client.get(sandbox.ticketmaster().resolve("events.json?apikey=wrong-key"));
    assertThat(answer.statusCode()).isEqualTo(401);
    JsonNode fault = Client.json(answer).get("fault");
    assertThat(fault.get("faultstring").asText()).isEqualTo("Invalid ApiKey");
    assertThat(fault.at("/detail/errorcode").asText()).isEqualTo("oauth.v2.InvalidApiKey");
  }

  @ParameterizedTest
  @CsvSource({
    "size=201, DIS1036",
    "size=0, DIS1036",
    "size=x, DIS1036",
    "page=-1, DIS1035",
    "size=20&page=51, DIS1035",
    "startDateTime=2027-01-01, DIS1015",
    "startDateTime=2027-01-01T00:00:00.000Z, DIS1015",
    "startDateTime=2027-01-01T00:00:00%2B01:00, DIS1015",
    "endDateTime=2027-02-31T00:00:00Z, DIS1015",
    "sort=shoesize, DIS1012"
  })
  void badParameter_yieldsTheErrorsOfTheApi(String query, String code) throws IOException {
    var answer = client.call("events.json", query);
    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode error = Client.json(answer).at("/errors/0");
    assertThat(error.get("code").asText()).isEqualTo(code);
    assertThat(error.get("status").asText()).isEqualTo("400 BAD_REQUEST");
    assertThat(error.get("detail").asText()).isNotEmpty();
    assertThat(error.at("/_links/about/href").asText()).endsWith(code);
  }

  @ParameterizedTest
  @CsvSource({"size=200", "size=20&page=50", "startDateTime=2028-02-29T00:00:00Z"})
  void nearestGoodParameter_isServed(String query) throws IOException {
    assertThat(client.call("events.json", query).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"events/nope.json", "attractions/nope.json", "venues/nope", "nothing.json"})
  void unknownThing_yieldsNotFound(String path) throws IOException {
    var answer = client.call(path, "");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(Client.json(answer).at("/errors/0/code").asText()).isEqualTo("DIS1004");
  }

  @Test
  void goodAnswer_carriesTheRateLimit_andAnErrorDoesNot() throws IOException {
    HttpResponse<byte[]> good = client.call("events.json", "");
    assertThat(good.headers().firstValue("Rate-Limit")).hasValue("5000");
    assertThat(good.headers().firstValueAsLong("Rate-Limit-Available").orElseThrow())
        .isBetween(0L, 4999L);
    assertThat(good.headers().firstValueAsLong("Rate-Limit-Over")).hasValue(0);
    assertThat(good.headers().firstValueAsLong("Rate-Limit-Reset").orElseThrow())
        .isGreaterThan(1_700_000_000_000L);
    assertThat(client.call("events.json", "size=201").headers().map())
        .doesNotContainKeys("rate-limit", "rate-limit-reset", "Rate-Limit");
  }

  @ParameterizedTest
  @CsvSource({
    "world/faults?spec=gremlins, valid are status=",
    "world/advance?days=-1, days must be",
    "world/nothing, no POST"
  })
  void badControlCall_saysWhatIsWrong(String call, String part) throws IOException {
    var answer = client.post(call);
    assertThat(answer.statusCode()).isBetween(400, 404);
    assertThat(Client.json(answer).get("error").asText()).contains(part).doesNotContain("\n");
  }
}
