package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backline.sandbox.Sandbox;
import dev.backline.store.Run;
import dev.backline.testkit.TestNode;
import dev.backline.testkit.Truth;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a job is asked for, it stores, and nothing else (S94). */
class FiltersTest {
  @Test
  void aCity_isAllThatIsAskedFor() throws IOException {
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(17, 60));
        TestNode node = TestNode.start(sandbox.ticketmaster())) {
      Map<String, String> cities = new HashMap<>();
      Truth.of(sandbox, "venue").forEach(v -> cities.put(v.get("id").asText(), text(v, "city")));
      Map<String, Set<String>> shows =
          Truth.shows(sandbox).stream()
              .filter(show -> show.hasNonNull("venue"))
              .collect(
                  Collectors.groupingBy(
                      show -> cities.get(text(show, "venue")),
                      Collectors.mapping(
                          show -> text(show, "id"), Collectors.toCollection(TreeSet::new))));
      String city =
          shows.entrySet().stream()
              .max((one, other) -> Integer.compare(one.getValue().size(), other.getValue().size()))
              .orElseThrow()
              .getKey();

      Run run = node.sync("upcoming-shows", "city=" + city);

      assertThat(run.status()).as(run.toString()).isEqualTo("completed");
      assertThat(shows.get(city)).hasSizeGreaterThan(10);
      assertThat(
              new TreeSet<>(
                  node.jdbc()
                      .queryForList(
                          "select ticketmaster_id from shows where venue_id is not null",
                          String.class)))
          .isEqualTo(shows.get(city));
      assertThat(node.jdbc().queryForList("select distinct city from venues", String.class))
          .containsExactly(city);
    }
  }

  private static String text(JsonNode node, String field) {
    return node.get(field).asText();
  }
}
