package dev.backline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {
  private Sandbox sandbox;
  private Client client;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(2, 60));
    client = new Client(sandbox);
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void selectors_strikeTheCallsTheyName() throws IOException {
    sandbox.faults("status=503@2");
    assertThat(statuses(4)).containsExactly(200, 503, 200, 200);
    client.post("world/faults?spec=status=500*2");
    assertThat(statuses(4)).containsExactly(500, 500, 200, 200);
    sandbox.faults("status=404");
    assertThat(statuses(3)).containsOnly(404);
    sandbox.faults("status=503%40");
    List<Integer> some = statuses(60);
    assertThat(some).contains(200, 503);
    sandbox.faults("status=503%40");
    assertThat(statuses(60)).isEqualTo(some);
    sandbox.faults("");
    assertThat(statuses(3)).containsOnly(200);
  }

  @Test
  void quota_yieldsItsBodyWithTheKeyAndTheHeaderAskedFor() throws IOException {
    sandbox.faults("status=429@1,status=429@2,retry-after=2@1,retry-after=date+60@2");
    HttpResponse<byte[]> first = client.call("events.json", "");
    assertThat(first.statusCode()).isEqualTo(429);
    assertThat(first.headers().firstValue("Retry-After")).hasValue("2");
    JsonNode fault = Client.json(first).get("fault");
    assertThat(fault.at("/detail/errorcode").asText())
        .isEqualTo("policies.ratelimit.QuotaViolation");
    assertThat(fault.get("faultstring").asText()).contains("Identifier : k");
    assertThat(client.call("events.json", "").headers().firstValue("Retry-After").orElseThrow())
        .endsWith(" GMT");
    HttpResponse<byte[]> good = client.call("events.json", "");
    assertThat(good.headers().firstValue("Retry-After")).isEmpty();
    sandbox.faults("status=429,retry-after=Fri, 31 Dec 2027 23:59:59 GMT");
    assertThat(client.call("events.json", "").headers().firstValue("Retry-After"))
        .hasValue("Fri, 31 Dec 2027 23:59:59 GMT");
  }

  @ParameterizedTest
  @CsvSource({"400", "401", "403", "404", "408", "500", "502", "503", "504"})
  void status_isSent(int status) throws IOException {
    sandbox.faults("status=" + status);
    HttpResponse<byte[]> answer = client.call("events.json", "");
    assertThat(answer.statusCode()).isEqualTo(status);
    boolean html = new String(answer.body(), StandardCharsets.UTF_8).startsWith("<html>");
    assertThat(html).isEqualTo(status == 502);
  }

  @Test
  void reset_cutsTheBodyOff() {
    sandbox.faults("reset=1000");
    assertThatThrownBy(() -> client.call("events.json", "")).isInstanceOf(IOException.class);
  }

  @Test
  void reset_promisesTheWholeLengthAndSendsSoManyBytes() throws IOException {
    sandbox.faults("reset=1000");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), sandbox.port())) {
      String request = "GET /discovery/v2/events.json?apikey=k HTTP/1.1\r\nHost: sandbox\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      int end = answer.indexOf("\r\n\r\n");
      assertThat(answer.substring(end + 4)).hasSize(1000);
      assertThat(answer.substring(0, end)).containsPattern("(?i)content-length: \\d{5,}");
    }
  }

  @Test
  void truncatedGzip_endsTooEarly() throws IOException {
    sandbox.faults("truncated-gzip");
    HttpResponse<byte[]> answer = client.call("events.json", "");
    assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
    GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(answer.body()));
    assertThatThrownBy(unpacked::readAllBytes).isInstanceOf(EOFException.class);
  }

  @Test
  void wrongLength_yieldsHalfAJson() throws IOException {
    sandbox.faults("wrong-length");
    HttpResponse<byte[]> answer = client.call("events.json", "");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> new ObjectMapper().readTree(answer.body()))
        .isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void slowAndDripping_arriveWhole() throws IOException {
    byte[] body = client.call("events.json", "").body();
    sandbox.faults("slow=1,drip=1");
    assertThat(client.call("events.json", "").body()).isEqualTo(body);
  }

  @Test
  void oddBodiesWith200_areWhatTheySay() throws IOException {
    sandbox.faults("empty@1,array@2,error-200@3,html-200@4");
    assertThat(client.call("events.json", "").body()).isEmpty();
    assertThat(client.call("events.json", "").body()).asString().isEqualTo("[]");
    HttpResponse<byte[]> error = client.call("events.json", "");
    assertThat(error.statusCode()).isEqualTo(200);
    assertThat(Client.json(error).has("errors")).isTrue();
    HttpResponse<byte[]> login = client.call("events.json", "");
    assertThat(login.statusCode()).isEqualTo(200);
    assertThat(login.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
  }

  @Test
  void samePage_repeatsTheFirst() throws IOException {
    JsonNode first = client.events("size=10").get("_embedded");
    assertThat(client.events("size=10&page=3").get("_embedded")).isNotEqualTo(first);
    sandbox.faults("same-page");
    JsonNode third = client.events("size=10&page=3");
    assertThat(third.get("_embedded")).isEqualTo(first);
    assertThat(third.at("/page/number").asInt()).isEqualTo(3);
  }

  @Test
  void cycle_goesRoundTwoPages() throws IOException {
    JsonNode even = client.events("size=10&page=0").get("_embedded");
    JsonNode odd = client.events("size=10&page=1").get("_embedded");
    sandbox.faults("cycle");
    assertThat(client.events("size=10&page=2").get("_embedded")).isEqualTo(even);
    assertThat(client.events("size=10&page=3").get("_embedded")).isEqualTo(odd);
  }

  @Test
  void totals_changeAtEachCall() throws IOException {
    sandbox.faults("totals");
    int first = client.events("").at("/page/totalElements").asInt();
    assertThat(client.events("").at("/page/totalElements").asInt()).isNotEqualTo(first);
  }

  @Test
  void duplicate_servesTheFirstRecordTwice() throws IOException {
    List<String> plain = Client.ids(client.allEvents("countryCode=US"));
    sandbox.faults("duplicate");
    JsonNode page = client.events("size=20&sort=id,asc").at("/_embedded/events");
    assertThat(page).hasSize(21);
    assertThat(page.get(20).get("id")).isEqualTo(page.get(0).get("id"));
    assertThat(page.get(20)).isNotEqualTo(page.get(0));
    assertThat(plain).doesNotHaveDuplicates();
  }

  @Test
  void redirect_leadsAway() throws IOException {
    sandbox.faults("redirect=http://127.0.0.1:1/elsewhere?x=1");
    HttpResponse<byte[]> answer = client.call("events.json", "");
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location"))
        .hasValue("http://127.0.0.1:1/elsewhere?x=1");
    sandbox.faults("redirect=self");
    assertThat(client.call("events.json", "").headers().firstValue("Location").orElseThrow())
        .contains("/events.json");
  }

  @Test
  void big_padsTheBody() throws IOException {
    JsonNode plain = client.events("size=3");
    sandbox.faults("big=3");
    HttpResponse<byte[]> answer = client.call("events.json", "size=3");
    assertThat(answer.body()).hasSize(3_000_000);
    assertThat(Client.json(answer).get("_embedded")).isEqualTo(plain.get("_embedded"));
  }

  @ParameterizedTest
  @CsvSource({
    "songkick:status=503, unknown API 'songkick'",
    "bandsintown:same-page, fault 'same-page' is none of bandsintown's",
    "setlistfm:poison=3, fault 'poison' is none of setlistfm's"
  })
  void faultOfNoSuchApi_isRefused(String spec, String reason) {
    assertThatThrownBy(() -> sandbox.faults(spec))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(reason);
  }

  @Test
  void callsOfEachApi_areCountedForItself() throws IOException {
    sandbox.faults("status=503@2,setlistfm:status=429@2,ticketmaster:status=500@3");
    client.setlistfm("search/artists", "");
    assertThat(statuses(3)).containsExactly(200, 503, 500);
    assertThat(client.setlistfm("search/artists", "").statusCode()).isEqualTo(429);
  }

  @Test
  void spoiledEvents_areServedAsTheTruthMarksThem() throws IOException {
    Map<String, JsonNode> clean = byId();
    sandbox.faults("poison=3,garbage=4,bad-price=5,hostile=4");
    Map<String, JsonNode> spoiled = byId();
    Map<String, Integer> marks = new TreeMap<>();
    for (JsonNode truth : client.truth("event").values()) {
      JsonNode was = clean.get(Client.id(truth));
      JsonNode is = spoiled.get(Client.id(truth));
      if (truth.has("poison")) {
        marks.merge("poison", 1, Integer::sum);
        assertThat(is.get("name").asText()).isEqualTo("POISON " + was.get("name").asText());
      } else if (truth.has("garbage")) {
        marks.merge("garbage", 1, Integer::sum);
        assertThat(is.get("dates").isTextual()).isTrue();
        assertThat(is.get("priceRanges").isNumber()).isTrue();
        assertThat(is.get("_embedded")).isEqualTo(was.get("_embedded"));
      } else if (truth.has("bad_price")) {
        marks.merge("bad-price", 1, Integer::sum);
        assertThat(is.at("/priceRanges/0/min").asText()).isEqualTo("n/a");
        assertThat(is.at("/priceRanges/0/max").isObject()).isTrue();
        assertThat(is.get("dates")).isEqualTo(was.get("dates"));
      } else if (truth.has("hostile")) {
        marks.merge("hostile", 1, Integer::sum);
        assertThat(is.get("name").asText()).matches("(?s).*[\u0000\uD800-\uDFFF].*");
      } else {
        assertThat(is).isEqualTo(was);
      }
    }
    assertThat(marks)
        .containsOnly(
            Map.entry("poison", 3),
            Map.entry("garbage", 4),
            Map.entry("bad-price", 5),
            Map.entry("hostile", 4));
    sandbox.faults("poison=3");
    assertThat(client.truth("event").values().stream().filter(truth -> truth.has("poison")))
        .hasSize(3);
    assertThat(client.truth("event").values()).noneMatch(truth -> truth.has("garbage"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"gremlins", "status", "status=abc", "empty=1", "poison=-1", "=3", "status=@@"})
  void wrongRule_isRefusedInOneLineThatListsTheValidOnes(String spec) {
    assertThatThrownBy(() -> sandbox.faults(spec))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("valid are status=")
        .hasMessageContaining("hostile=")
        .hasMessageNotContaining("\n");
  }

  private List<Integer> statuses(int calls) throws IOException {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      statuses.add(client.call("events.json", "size=1").statusCode());
    }
    return statuses;
  }

  private Map<String, JsonNode> byId() throws IOException {
    Map<String, JsonNode> events = new HashMap<>();
    for (JsonNode event : client.allEvents("includeTBA=yes&includeTBD=yes")) {
      events.put(Client.id(event), event);
    }
    assertThat(events).isNotEmpty();
    return events;
  }
}
