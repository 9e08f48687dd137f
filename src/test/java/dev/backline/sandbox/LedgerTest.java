package dev.backline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backline.sandbox.Ledger.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private Sandbox sandbox;
  private Client client;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(8, 60));
    client = new Client(sandbox);
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void counts_equalWhatTheClientReceived() throws IOException {
    Map<String, Integer> events = new HashMap<>();
    Map<String, Integer> attractions = new HashMap<>();
    Map<String, Integer> venues = new HashMap<>();
    for (String query : List.of("countryCode=US", "countryCode=DE", "countryCode=US")) {
      for (JsonNode event : client.allEvents(query)) {
        events.merge(Client.id(event), 1, Integer::sum);
        event.at("/_embedded/attractions").forEach(each -> count(attractions, each));
        event.at("/_embedded/venues").forEach(each -> count(venues, each));
      }
    }
    Client.json(client.call("venues.json", "size=200"))
        .at("/_embedded/venues")
        .forEach(each -> count(venues, each));
    JsonNode one = client.events("size=1").at("/_embedded/events/0");
    count(events, one);
    one.at("/_embedded/attractions").forEach(each -> count(attractions, each));
    one.at("/_embedded/venues").forEach(each -> count(venues, each));

    assertThat(served("event")).isEqualTo(events);
    assertThat(served("attraction")).isEqualTo(attractions);
    assertThat(served("venue")).isEqualTo(venues);
    JsonNode books = client.world("world/ledger");
    assertThat(books.at("/records/event/distinct").asInt()).isEqualTo(events.size());
    assertThat(books.at("/records/event/served").asInt())
        .isEqualTo(events.values().stream().mapToInt(Integer::intValue).sum());
    assertThat(books.get("calls").asLong()).isEqualTo(sandbox.ledger().calls());
    assertThat(books.get("calls_per_second_max").asInt()).isPositive();
  }

  @Test
  void everyServing_hasANumberOfItsOwn() throws IOException {
    client.events("size=200");
    client.events("size=50&page=1&sort=name,asc");
    long total = 0;
    Set<Long> numbers = new HashSet<>();
    for (Kind kind : Kind.values()) {
      total += sandbox.ledger().served(kind);
      for (Ledger.Entry entry : sandbox.ledger().records(kind)) {
        assertThat(numbers.add(entry.last())).isTrue();
      }
    }
    assertThat(numbers).allMatch(number -> number >= 1).contains(total);
  }

  @Test
  void callsAtTheSameTime_areAllCounted() {
    int received =
        IntStream.range(0, 40)
            .parallel()
            .map(
                page -> {
                  try {
                    return client.events("size=7&page=" + page).at("/_embedded/events").size();
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                })
            .sum();
    assertThat(sandbox.ledger().served(Kind.EVENT)).isEqualTo(received).isPositive();
    assertThat(sandbox.ledger().calls()).isEqualTo(40);
  }

  @Test
  void hash_staysForTheSameContentAndMovesWithIt() throws IOException {
    client.allEvents("countryCode=US");
    Map<String, Long> before = hashes();
    client.allEvents("countryCode=US");
    assertThat(hashes()).isEqualTo(before);
    sandbox.advance(20);
    client.allEvents("countryCode=US");
    Map<String, Long> after = hashes();
    after.keySet().retainAll(before.keySet());
    assertThat(after).isNotEqualTo(before);
    assertThat(client.lines("world/ledger/records?kind=event").get(0).get("hash").asText())
        .matches("[0-9a-f]{16}");
  }

  @Test
  void answerWithoutRecords_countsAsCallOnly() throws IOException {
    client.call("events.json", "size=201");
    client.call("events/unknown.json", "");
    sandbox.faults("reset=5000");
    try {
      client.call("events.json", "");
    } catch (IOException expected) {
      assertThat(expected).isNotNull();
    }
    assertThat(sandbox.ledger().calls()).isGreaterThanOrEqualTo(3);
    for (Kind kind : Kind.values()) {
      assertThat(sandbox.ledger().served(kind)).isZero();
    }
  }

  @Test
  void reset_forgetsEverything() throws IOException {
    client.events("size=20");
    client.post("world/ledger/reset");
    JsonNode books = client.world("world/ledger");
    assertThat(books.get("calls").asLong()).isZero();
    assertThat(books.at("/records/event/served").asLong()).isZero();
    assertThat(client.lines("world/ledger/records?kind=event")).isEmpty();
  }

  @Test
  void callsInARollingSecond_areCountedOverItsEdge() {
    Ledger ledger = new Ledger(new World(1, 3, LocalDate.of(2026, 12, 1)));
    for (long millis : new long[] {0, 900, 950, 1100, 1850, 1899, 1900, 5000}) {
      ledger.of(Source.TICKETMASTER).call(millis * 1_000_000);
    }
    assertThat(ledger.calls()).isEqualTo(8);
    assertThat(ledger.callsPerSecondMax()).isEqualTo(5);
  }

  private static void count(Map<String, Integer> counts, JsonNode thing) {
    counts.merge(Client.id(thing), 1, Integer::sum);
  }

  private Map<String, Integer> served(String kind) throws IOException {
    Map<String, Integer> served = new HashMap<>();
    for (JsonNode line : client.lines("world/ledger/records?kind=" + kind)) {
      served.put(Client.id(line), line.get("served").asInt());
    }
    return served;
  }

  private Map<String, Long> hashes() {
    Map<String, Long> hashes = new HashMap<>();
    sandbox.ledger().records(Kind.EVENT).forEach(entry -> hashes.put(entry.id(), entry.hash()));
    return hashes;
  }
}
