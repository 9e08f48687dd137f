package dev.backline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backline.sandbox.Identities.Same;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class IdentitiesTest {
  private static Sandbox sandbox;
  private static Client client;
  private static final Map<String, String> ENTITIES = new HashMap<>();
  private static List<Same> all;

  @BeforeAll
  static void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(6, 300));
    client = new Client(sandbox);
    all = sandbox.identities().same().toList();
    all.forEach(each -> ENTITIES.put(key(each.source(), each.record(), each.id()), each.entity()));
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @Test
  void everyRecord_isToldOnce() {
    assertThat(ENTITIES).hasSameSizeAs(all);
  }

  @Test
  void truth_hasALineForEach() throws IOException {
    List<JsonNode> lines =
        client.lines("world/truth").stream()
            .filter(line -> line.get("kind").asText().equals("same"))
            .filter(line -> !line.get("source").asText().equals("spotify"))
            .toList();
    assertThat(lines).hasSize((int) all.stream().filter(IdentitiesTest::concert).count());
    assertThat(lines)
        .allMatch(
            line ->
                ENTITIES
                    .get(
                        key(
                            Source.named(line.get("source").asText()),
                            line.get("record").asText(),
                            line.get("id").asText()))
                    .equals(line.get("entity").asText()));
  }

  /** Spotify knows no shows; what it has beside artists and songs is told in lines of its own. */
  private static boolean concert(Same same) {
    return same.source() != Source.SPOTIFY;
  }

  @Test
  void everyServedRecord_isTold() throws IOException {
    client.allEvents("countryCode=US");
    client.allOf("setlist", "search/setlists", "year=2026");
    client.allOf("artist", "search/artists", "");
    Gigs gigs = new Gigs(sandbox.world());
    Artists artists = sandbox.world().realArtists();
    for (int artist : artists.all().filter(gigs::knows).toArray()) {
      client.bandsintown(
          "artists/id_" + artists.of(artist).bandsintownId() + "/events", "date=all");
    }
    for (Source source : List.of(Source.TICKETMASTER, Source.SETLISTFM, Source.BANDSINTOWN)) {
      SourceLedger ledger = sandbox.ledger().of(source);
      for (String kind : ledger.kinds()) {
        assertThat(ledger.records(kind))
            .as("%s %s", source, kind)
            .isNotEmpty()
            .allMatch(entry -> ENTITIES.containsKey(key(source, kind, entry.id())));
      }
    }
  }

  @Test
  void artist_isTheSameByItsMbidWhereTicketmasterTellsIt() {
    int told = 0;
    for (int i = 0; i < sandbox.world().attractionCount(); i++) {
      Attraction attraction = sandbox.world().attraction(i);
      String other = ENTITIES.get(key(Source.SETLISTFM, "artist", attraction.mbid()));
      if (other != null) {
        told++;
        assertThat(ENTITIES.get(key(Source.TICKETMASTER, "attraction", attraction.id())))
            .isEqualTo(other);
      }
    }
    assertThat(told).isGreaterThan(80);
  }

  @Test
  void listingsOfAShow_areOneEntity_andASecondShowIsAnother() {
    Events events = sandbox.world().events();
    int beside = 0;
    int second = 0;
    for (int event = 0; event < events.size(); event++) {
      String main = ENTITIES.get(key(Source.TICKETMASTER, "event", events.id(events.main(event))));
      String entity = ENTITIES.get(key(Source.TICKETMASTER, "event", events.id(event)));
      if (events.listing(event) != Listing.SHOW) {
        beside++;
        assertThat(entity).isEqualTo(main);
      } else if (events.second(event)) {
        second++;
        assertThat(entity).isNotEqualTo(main);
      }
    }
    assertThat(beside).isPositive();
    assertThat(second).isPositive();
  }

  @Test
  void sameShow_hasTheSameDateEverywhere() throws IOException {
    Map<String, String> dates = new HashMap<>();
    for (JsonNode each : client.allEvents("countryCode=US")) {
      String date = each.at("/dates/start/localDate").asText("");
      dates.put(entity(Source.TICKETMASTER, "event", each), date);
    }
    int compared = 0;
    Artists artists = sandbox.world().realArtists();
    Gigs gigs = new Gigs(sandbox.world());
    for (int artist : artists.all().filter(gigs::knows).toArray()) {
      String path = "artists/id_" + artists.of(artist).bandsintownId() + "/events";
      for (JsonNode each : Client.json(client.bandsintown(path, ""))) {
        String date = dates.get(entity(Source.BANDSINTOWN, "event", each));
        if (date != null) {
          compared++;
          assertThat(each.get("datetime").asText()).startsWith(date);
        }
      }
    }
    assertThat(compared).isGreaterThan(100);
  }

  @Test
  void sourcesShareShowsAndEachHasSomeOfItsOwn() {
    Map<Source, Set<String>> shows =
        all.stream()
            .filter(each -> each.entity().startsWith("show "))
            .collect(
                Collectors.groupingBy(
                    Same::source, Collectors.mapping(Same::entity, Collectors.toSet())));
    Set<String> shared = new HashSet<>(shows.get(Source.TICKETMASTER));
    shared.retainAll(shows.get(Source.BANDSINTOWN));
    shared.retainAll(shows.get(Source.SETLISTFM));
    assertThat(shared).hasSizeGreaterThan(500);
    Set<String> gigs = new HashSet<>(shows.get(Source.BANDSINTOWN));
    gigs.removeAll(shows.get(Source.TICKETMASTER));
    assertThat(gigs).hasSizeGreaterThan(100);
  }

  @Test
  void strangers_areNobodyOfTicketmaster() {
    Set<String> attractions =
        all.stream()
            .filter(each -> each.source() == Source.TICKETMASTER)
            .map(Same::entity)
            .collect(Collectors.toSet());
    long strangers =
        all.stream()
            .filter(each -> each.source() == Source.SETLISTFM && each.record().equals("artist"))
            .filter(each -> !attractions.contains(each.entity()))
            .count();
    assertThat(strangers * 100.0 / sandbox.world().artists()).isBetween(0.6, 4.0);
  }

  private static String entity(Source source, String record, JsonNode json) {
    return ENTITIES.get(key(source, record, json.get("id").asText()));
  }

  private static String key(Source source, String record, String id) {
    return source + " " + record + " " + id;
  }
}
