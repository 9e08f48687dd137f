package dev.backline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WorldTest {
  private static final int ARTISTS = 150;

  @Test
  void sameSeed_givesTheSameBytes_andAnotherSeedOthers() throws IOException {
    try (Sandbox one = sandbox(5);
        Sandbox two = sandbox(5);
        Sandbox other = sandbox(6)) {
      for (String query : new String[] {"size=100", "size=50&sort=date,asc&countryCode=US"}) {
        byte[] body = new Client(one).call("events.json", query).body();
        assertThat(new Client(two).call("events.json", query).body()).isEqualTo(body);
        assertThat(new Client(other).call("events.json", query).body()).isNotEqualTo(body);
      }
      assertThat(truth(two)).isEqualTo(truth(one)).isNotEqualTo(truth(other));
    }
  }

  @Test
  void advanceInStepsOrAtOnce_givesTheSame() throws IOException {
    try (Sandbox steps = sandbox(5);
        Sandbox once = sandbox(5)) {
      steps.advance(1);
      steps.advance(2);
      new Client(steps).post("world/advance?days=30");
      new Client(steps).post("world/advance");
      once.advance(34);
      assertThat(truth(steps)).isEqualTo(truth(once));
      assertThat(new Client(steps).call("events.json", "size=200").body())
          .isEqualTo(new Client(once).call("events.json", "size=200").body());
      assertThat(steps.world().day()).isEqualTo(34);
      assertThat(new Client(once).world("world").get("today").asText())
          .isEqualTo(once.world().start().plusDays(34).toString());
    }
  }

  @Test
  void advance_changesSomeEventsAndOnlySome() throws IOException {
    try (Sandbox sandbox = sandbox(5)) {
      Client client = new Client(sandbox);
      Map<String, JsonNode> before = client.truth("event");
      sandbox.advance(1);
      Map<String, JsonNode> after = client.truth("event");
      assertThat(after.keySet()).isEqualTo(before.keySet());
      long changed = after.keySet().stream().filter(id -> changed(before, after, id)).count();
      assertThat(changed).isBetween(1L, before.size() / 10L);
      Set<String> things = client.truth("attraction").keySet();
      sandbox.advance(60);
      assertThat(client.truth("attraction").keySet()).isEqualTo(things);
    }
  }

  @Test
  void passingMonths_bringEveryKindOfChange() throws IOException {
    try (Sandbox sandbox = sandbox(5)) {
      Client client = new Client(sandbox);
      Map<String, JsonNode> before = client.truth("event");
      sandbox.advance(90);
      Map<String, JsonNode> after = client.truth("event");
      Set<String> moves =
          after.keySet().stream()
              .flatMap(id -> moves(before.get(id), after.get(id)))
              .collect(Collectors.toSet());
      assertThat(moves)
          .contains(
              "appears",
              "vanishes",
              "price",
              "off_sale to on_sale",
              "on_sale to off_sale",
              "on_sale to cancelled",
              "on_sale to postponed",
              "on_sale to rescheduled",
              "postponed to rescheduled",
              "date");
    }
  }

  @Test
  void upcomingEvents_countTheVisibleEventsOfTheDay() throws IOException {
    try (Sandbox sandbox = sandbox(5)) {
      Client client = new Client(sandbox);
      for (int step = 0; step < 2; step++) {
        JsonNode event = client.events("size=1&sort=id,asc").at("/_embedded/events/0");
        String id = event.at("/_embedded/attractions/0/id").asText();
        long expected =
            client.truth("event").values().stream()
                .filter(each -> each.get("visible").asBoolean())
                .filter(each -> each.get("attractions").toString().contains("\"" + id + "\""))
                .count();
        assertThat(event.at("/_embedded/attractions/0/upcomingEvents/_total").asLong())
            .isEqualTo(expected);
        sandbox.advance(200);
      }
    }
  }

  @Test
  void numbersOutOfRange_areRefused() throws IOException {
    assertThatThrownBy(() -> sandboxOf(1, 0)).isInstanceOf(IllegalArgumentException.class);
    try (Sandbox sandbox = sandboxOf(1, 1)) {
      assertThatThrownBy(() -> sandbox.advance(-1)).isInstanceOf(IllegalArgumentException.class);
      assertThat(sandbox.world().eventCount()).isPositive();
    }
  }

  private static Stream<String> moves(JsonNode before, JsonNode after) {
    boolean was = before.get("visible").asBoolean();
    boolean is = after.get("visible").asBoolean();
    if (was != is) {
      return Stream.of(is ? "appears" : "vanishes");
    }
    if (!is) {
      return Stream.of();
    }
    Stream.Builder<String> moves = Stream.builder();
    if (!before.get("price_min").equals(after.get("price_min"))) {
      moves.add("price");
    }
    if (!before.get("status").equals(after.get("status"))) {
      moves.add(before.get("status").asText() + " to " + after.get("status").asText());
    }
    if (!before.get("local_date").isNull()
        && !after.get("local_date").isNull()
        && !before.get("local_date").equals(after.get("local_date"))) {
      moves.add("date");
    }
    return moves.build();
  }

  private static boolean changed(
      Map<String, JsonNode> before, Map<String, JsonNode> after, String id) {
    return !before.get(id).equals(after.get(id));
  }

  private static Sandbox sandbox(long seed) throws IOException {
    return sandboxOf(seed, ARTISTS);
  }

  private static Sandbox sandboxOf(long seed, int artists) throws IOException {
    return Sandbox.start(Sandbox.Options.of(seed, artists));
  }

  private static String truth(Sandbox sandbox) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    sandbox.writeTruth(out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
