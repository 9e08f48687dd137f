package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.backline.sandbox.Sandbox;
import dev.backline.store.Run;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import dev.backline.testkit.Truth;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shows of artists who are on a popular tour, by a threshold that is a setting (S46, S47). */
class PopularToursTest {
  private Sandbox sandbox;
  private TestNode node;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(17, 60));
    node =
        TestNode.start(
            Postgres.create(),
            sandbox.ticketmaster(),
            Map.of("jobs.popular-tours.popularity", "10"));
  }

  @AfterEach
  void stop() {
    node.close();
    sandbox.close();
  }

  @Test
  void artistsOnAPopularTour_areThereWithAllTheirShowsAndTheOthersAreNot() throws Exception {
    Map<String, Integer> upcoming = upcoming();
    int third = upcoming.values().stream().sorted(Comparator.reverseOrder()).toList().get(2);
    Set<String> popular = new HashSet<>();
    upcoming.forEach(
        (id, events) -> {
          if (events >= third) {
            popular.add(id);
          }
        });
    assertThat(popular.size()).isBetween(1, upcoming.size() - 1);

    Run run = node.sync("popular-tours", "popularity=" + third);

    assertThat(run.status()).as(run.toString()).isEqualTo("completed");
    assertThat(run.balanced()).isTrue();
    assertThat(run.skipped()).isPositive();
    List<String> stored =
        node.jdbc()
            .queryForList(
                "select source_id from source_links where entity_kind = 'artist'", String.class);
    assertThat(stored).containsAll(popular);
    assertThat(
            node.count(
                "artists a where not exists (select 1 from source_links l join source_records r"
                    + " on r.source_id = l.source_id where l.entity_id = a.id and r.source_id = any"
                    + " (array['"
                    + String.join("','", popular)
                    + "'])) and not exists (select 1 from show_artists s where s.artist_id = a.id)"))
        .as("an artist below the threshold is there only because a listing names it")
        .isZero();
    List<String> shows =
        node.jdbc().queryForList("select ticketmaster_id from shows", String.class);
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    LocalDate horizon = today.plusYears(2);
    List<String> expected =
        Truth.shows(sandbox).stream()
            .filter(e -> e.hasNonNull("starts_at"))
            .filter(e -> LocalDate.parse(e.get("local_date").asText()).isAfter(today))
            .filter(e -> LocalDate.parse(e.get("local_date").asText()).isBefore(horizon))
            .filter(e -> names(e, popular))
            .map(e -> e.get("id").asText())
            .toList();
    assertThat(expected).isNotEmpty();
    assertThat(shows).containsAll(expected);
  }

  private static boolean names(JsonNode event, Set<String> attractions) {
    for (JsonNode id : event.get("attractions")) {
      if (attractions.contains(id.asText())) {
        return true;
      }
    }
    return false;
  }

  @Test
  void secondRun_writesNothing() {
    node.sync("popular-tours");

    Run second = node.sync("popular-tours");

    assertThat(second.unchanged()).isEqualTo(second.fetched()).isPositive();
  }

  @Test
  void filteredAttraction_isKeptWithTheNameOfTheFilterAndComesInWhenAListingNamesIt() {
    node.sync("popular-tours", "popularity=1000");
    assertThat(node.count("artists")).isZero();
    assertThat(node.count("source_records where state = 'skipped' and error = 'below-popularity'"))
        .isPositive();

    node.sync("upcoming-shows");

    assertThat(
            node.count(
                "source_records r where r.state = 'skipped' and r.error = 'below-popularity' and"
                    + " exists (select 1 from source_links l where l.source_id = r.source_id)"))
        .isZero();
    assertThat(node.count("artists")).isPositive();
  }

  private Map<String, Integer> upcoming() throws IOException, InterruptedException {
    URI all =
        sandbox
            .ticketmaster()
            .resolve("attractions.json?apikey=look&size=200&classificationName=music");
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(all).build(), HttpResponse.BodyHandlers.ofString());
    Map<String, Integer> events = new HashMap<>();
    for (JsonNode attraction :
        new ObjectMapper().readTree(answer.body()).at("/_embedded/attractions")) {
      events.put(attraction.get("id").asText(), attraction.at("/upcomingEvents/_total").asInt());
    }
    sandbox.ledger().reset();
    return events;
  }
}
