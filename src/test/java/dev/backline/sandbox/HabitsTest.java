package dev.backline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The habits of the real API, each counted over one world. */
class HabitsTest {
  private static final List<JsonNode> EVENTS = new ArrayList<>();
  private static final List<JsonNode> ATTRACTIONS = new ArrayList<>();
  private static final List<JsonNode> VENUES = new ArrayList<>();
  private static double bytesAnEvent;

  @BeforeAll
  static void readTheWorld() throws IOException {
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(4, 600))) {
      Client client = new Client(sandbox);
      for (Country country : Country.values()) {
        for (String years : new String[] {"start", "end"}) {
          EVENTS.addAll(
              client.allEvents(
                  "countryCode=" + country + "&" + years + "DateTime=2028-02-01T00:00:00Z"));
        }
      }
      for (int page = 0; page < 4; page++) {
        JsonNode body = Client.json(client.call("attractions.json", "size=200&page=" + page));
        body.at("/_embedded/attractions").forEach(ATTRACTIONS::add);
      }
      Client.json(client.call("venues.json", "size=200"))
          .at("/_embedded/venues")
          .forEach(VENUES::add);
      bytesAnEvent = client.call("events.json", "size=200").body().length / 200.0;
    }
  }

  @Test
  void anEvent_hasAboutTenKilobytes() {
    assertThat(bytesAnEvent).isBetween(8_000.0, 13_000.0);
  }

  @Test
  void everyDocumentedField_occurs() {
    Set<String> fields = new TreeSet<>();
    EVENTS.forEach(event -> event.fieldNames().forEachRemaining(fields::add));
    assertThat(fields)
        .containsExactly(
            "_embedded",
            "_links",
            "accessibility",
            "ageRestrictions",
            "classifications",
            "dates",
            "id",
            "images",
            "info",
            "locale",
            "name",
            "pleaseNote",
            "priceRanges",
            "products",
            "promoter",
            "promoters",
            "sales",
            "seatmap",
            "test",
            "ticketLimit",
            "ticketing",
            "type",
            "url");
    assertThat(EVENTS).allMatch(event -> event.get("images").size() == 10);
  }

  @Test
  void gaps_haveTheirShares() {
    assertThat(share(EVENTS, e -> !e.at("/dates").has("timezone"))).isCloseTo(20, near(25));
    assertThat(share(EVENTS, e -> !e.at("/dates/start").has("dateTime"))).isCloseTo(7, near(40));
    assertThat(share(EVENTS, e -> e.has("priceRanges"))).isCloseTo(50, near(10));
    assertThat(share(EVENTS, HabitsTest::placeholder)).isCloseTo(18, near(20));
    assertThat(share(EVENTS, e -> !e.at("/dates").has("status"))).isBetween(0.3, 4.0);
    assertThat(share(ATTRACTIONS, a -> a.at("/externalLinks").has("musicbrainz")))
        .isCloseTo(50, near(15));
    assertThat(share(ATTRACTIONS, a -> a.at("/externalLinks").has("spotify")))
        .isCloseTo(33, near(20));
    assertThat(VENUES).anyMatch(v -> !v.has("name")).anyMatch(v -> !v.has("location"));
    assertThat(VENUES).allMatch(v -> v.has("timezone"));
    assertThat(EVENTS).anyMatch(e -> e.at("/_embedded/attractions").size() == 14);
    assertThat(EVENTS).anyMatch(e -> e.at("/_embedded/attractions").isMissingNode());
    assertThat(EVENTS).anyMatch(e -> e.at("/dates/start/timeTBA").asBoolean());
    assertThat(EVENTS).anyMatch(e -> e.at("/dates/start/noSpecificTime").asBoolean());
    assertThat(EVENTS)
        .anyMatch(e -> !e.get("name").asText().equals(e.get("name").asText().strip()));
    assertThat(EVENTS).anyMatch(e -> e.at("/priceRanges").size() > 1);
  }

  @Test
  void statuses_areAllThereInBothSpellings() {
    Set<String> codes = new HashSet<>();
    EVENTS.forEach(event -> codes.add(event.at("/dates/status/code").asText("")));
    assertThat(codes).contains("onsale", "offsale", "cancelled", "canceled", "rescheduled");
  }

  @Test
  void ids_haveTheirLengthAndSomeDifferOnlyInCase() {
    List<String> ids = Client.ids(EVENTS);
    assertThat(ids).allMatch(id -> id.matches("[A-Za-z0-9_-]{13,21}"));
    Set<String> lower = new HashSet<>();
    ids.forEach(id -> lower.add(id.toLowerCase(Locale.ROOT)));
    assertThat(lower).hasSizeLessThan(new HashSet<>(ids).size());
    assertThat(Client.ids(ATTRACTIONS)).allMatch(id -> id.matches("[A-Za-z0-9_-]{10,12}"));
    assertThat(Client.ids(VENUES)).allMatch(id -> id.matches("[A-Za-z0-9_-]{10,12}"));
  }

  @Test
  void hardNames_areAllThere() {
    List<String> names = ATTRACTIONS.stream().map(a -> a.get("name").asText()).toList();
    for (String script : new String[] {"Cyrillic", "Han", "Arabic", "Hebrew"}) {
      assertThat(names).anyMatch(name -> name.matches(".*\\p{Is" + script + "}.*"));
    }
    assertThat(names)
        .anyMatch(name -> name.strip().matches("\\p{Punct}+"))
        .anyMatch(name -> name.contains("<script>"))
        .anyMatch(name -> name.contains("\u200F"))
        .anyMatch(name -> name.codePoints().anyMatch(point -> point > 0x1F300));
    assertThat(new HashSet<>(names)).hasSizeLessThan(names.size());
  }

  @Test
  void venues_haveNamesakesAndTheZonesThatMatter() {
    List<String> named =
        VENUES.stream()
            .filter(v -> v.has("name"))
            .map(v -> v.get("name").asText().strip())
            .toList();
    assertThat(new HashSet<>(named)).hasSizeLessThan(named.size());
    assertThat(VENUES)
        .extracting(v -> v.get("timezone").asText())
        .contains("Europe/London", "America/New_York", "Australia/Sydney", "Australia/Lord_Howe");
    assertThat(VENUES)
        .extracting(v -> v.at("/country/countryCode").asText())
        .contains("US", "CA", "GB", "DE", "FR", "AU", "JP");
  }

  private static boolean placeholder(JsonNode event) {
    return event.at("/sales/public/startDateTime").asText().equals("1900-01-01T06:00:00Z");
  }

  private static double share(List<JsonNode> things, Predicate<JsonNode> habit) {
    return things.stream().filter(habit).count() * 100.0 / things.size();
  }

  private static Percentage near(int percent) {
    return Percentage.withPercentage(percent);
  }
}
