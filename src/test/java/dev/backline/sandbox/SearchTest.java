package dev.backline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTest {
  private static Sandbox sandbox;
  private static Client client;

  @BeforeAll
  static void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(11, 200));
    client = new Client(sandbox);
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"id,asc", "date,asc", "name,asc", "relevance,desc", "name,desc"})
  void pagingToTheEnd_yieldsEachEventOnce(String sort) throws IOException {
    List<String> ids = new ArrayList<>();
    int page = 0;
    JsonNode body;
    do {
      body = client.events("countryCode=US&size=37&sort=" + sort + "&page=" + page++);
      body.at("/_embedded/events").forEach(event -> ids.add(Client.id(event)));
    } while (page < body.at("/page/totalPages").asInt());

    Set<String> expected = new HashSet<>();
    var american = client.truth("venue");
    for (JsonNode event : client.truth("event").values()) {
      JsonNode venue = american.get(event.get("venue").asText());
      if (event.get("visible").asBoolean()
          && (!event.get("local_date").isNull())
          && venue != null
          && venue.get("country_code").asText().equals("US")) {
        expected.add(Client.id(event));
      }
    }
    assertThat(ids).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);
    assertThat(body.at("/page/totalElements").asInt()).isEqualTo(ids.size());
    assertThat(body.at("/_links/next").isMissingNode()).isTrue();
  }

  @Test
  void sweepByWindows_findsEveryDatedEvent() throws IOException {
    Set<String> ids = new HashSet<>();
    for (Instant day = Instant.parse("2026-11-30T00:00:00Z");
        day.isBefore(Instant.parse("2029-07-01T00:00:00Z"));
        day = day.plusSeconds(86_400L * 100)) {
      String end = day.plusSeconds(86_400L * 100).toString();
      ids.addAll(
          Client.ids(client.allEvents("sort=id,asc&startDateTime=" + day + "&endDateTime=" + end)));
    }
    Set<String> expected = new HashSet<>();
    for (JsonNode event : client.truth("event").values()) {
      if (event.get("visible").asBoolean() && !event.get("local_date").isNull()) {
        expected.add(Client.id(event));
      }
    }
    assertThat(ids).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void lastPageWithinTheDepth_isServedAndTheNextIsNot() throws IOException {
    assertThat(client.call("events.json", "size=200&page=5").statusCode()).isEqualTo(200);
    var beyond = client.call("events.json", "size=200&page=6");
    assertThat(beyond.statusCode()).isEqualTo(400);
    assertThat(Client.json(beyond).at("/errors/0/code").asText()).isEqualTo("DIS1035");
    assertThat(client.call("events.json", "size=1&page=1001").statusCode()).isEqualTo(400);
  }

  @Test
  void eventExactlyAtAnEdge_isInBothNeighbouringWindows() throws IOException {
    JsonNode event =
        client.allEvents("countryCode=GB&sort=id,asc").stream()
            .filter(each -> each.at("/dates/start").has("dateTime"))
            .findFirst()
            .orElseThrow();
    Instant at = Instant.parse(event.at("/dates/start/dateTime").asText());
    String before = "startDateTime=" + at.minusSeconds(7200) + "&endDateTime=" + at;
    String after = "startDateTime=" + at + "&endDateTime=" + at.plusSeconds(7200);
    String justBefore = "startDateTime=" + at.minusSeconds(7200);
    justBefore += "&endDateTime=" + at.minusSeconds(1);
    String justAfter = "startDateTime=" + at.plusSeconds(1);
    assertThat(Client.ids(client.allEvents(before))).contains(Client.id(event));
    assertThat(Client.ids(client.allEvents(after))).contains(Client.id(event));
    assertThat(Client.ids(client.allEvents(justBefore))).doesNotContain(Client.id(event));
    assertThat(Client.ids(client.allEvents("countryCode=GB&" + justAfter)))
        .doesNotContain(Client.id(event));
  }

  @Test
  void eventWithoutTime_isFoundAtAnyMinuteOfItsLocalDay() throws IOException {
    JsonNode event =
        client.allEvents("countryCode=JP").stream()
            .filter(each -> !each.at("/dates/start").has("localTime"))
            .findFirst()
            .orElseThrow();
    Instant midnight = Instant.parse(event.at("/dates/start/localDate").asText() + "T00:00:00Z");
    Instant localMidnight = midnight.minusSeconds(9 * 3600);
    Instant last = localMidnight.plusSeconds(86_340);
    assertThat(ids("endDateTime=" + localMidnight)).contains(Client.id(event));
    assertThat(ids("startDateTime=" + last)).contains(Client.id(event));
    assertThat(ids("endDateTime=" + localMidnight.minusSeconds(1)))
        .doesNotContain(Client.id(event));
    assertThat(ids("startDateTime=" + last.plusSeconds(1))).doesNotContain(Client.id(event));
  }

  @Test
  void undatedEvents_comeOnlyWhenAskedForAlone() throws IOException {
    List<JsonNode> tba = client.allEvents("includeTBA=only");
    List<JsonNode> tbd = client.allEvents("includeTBD=only");
    assertThat(tba).isNotEmpty().allMatch(e -> e.at("/dates/start/dateTBA").asBoolean());
    assertThat(tbd).isNotEmpty().allMatch(e -> e.at("/dates/start/dateTBD").asBoolean());
    assertThat(tba).noneMatch(e -> e.at("/dates/start").has("localDate"));
    assertThat(tba).anyMatch(e -> e.at("/dates/initialStartDate").has("localDate"));

    JsonNode both = client.events("includeTBA=only&includeTBD=only");
    assertThat(both.has("_embedded")).isFalse();
    assertThat(both.at("/page/totalElements").asInt()).isZero();
    assertThat(both.at("/page/totalPages").asInt()).isZero();

    String dated = "startDateTime=2020-01-01T00:00:00Z";
    assertThat(client.allEvents("includeTBA=only&" + dated)).isEmpty();
    assertThat(client.allEvents("includeTBA=yes&countryCode=DE&" + dated))
        .noneMatch(e -> e.at("/dates/start/dateTBA").asBoolean());
    assertThat(client.allEvents("countryCode=US"))
        .noneMatch(e -> e.at("/dates/start/dateTBA").asBoolean());

    String id = Client.id(tba.get(0));
    assertThat(client.allEvents("id=" + id)).isEmpty();
    assertThat(Client.ids(client.allEvents("includeTBA=yes&id=" + id))).containsExactly(id);
    assertThat(client.call("events/" + id + ".json", "").statusCode()).isEqualTo(200);
  }

  @Test
  void sortById_isStrictlyAscending() throws IOException {
    List<String> ids = Client.ids(client.allEvents("countryCode=US&sort=id,asc"));
    for (int i = 1; i < ids.size(); i++) {
      assertThat(ids.get(i - 1)).isLessThan(ids.get(i));
    }
  }

  @Test
  void sortByDate_neverGoesBack() throws IOException {
    String last = "";
    for (JsonNode event : client.allEvents("countryCode=GB&sort=date,asc")) {
      JsonNode at = event.at("/dates/start/dateTime");
      if (!at.isMissingNode()) {
        assertThat(at.asText()).isGreaterThanOrEqualTo(last);
        last = at.asText();
      }
    }
    assertThat(last).isNotEmpty();
  }

  @Test
  void filterByAttractionsAndVenues_takesCommaLists() throws IOException {
    JsonNode one = client.allEvents("countryCode=AU&sort=id,asc").get(0);
    JsonNode other = client.allEvents("countryCode=JP&sort=id,asc").get(0);
    String first = one.at("/_embedded/venues/0/id").asText();
    String second = other.at("/_embedded/venues/0/id").asText();
    assertThat(client.allEvents("venueId=" + first + "," + second))
        .extracting(e -> e.at("/_embedded/venues/0/id").asText())
        .containsOnly(first, second);
    String headliner = one.at("/_embedded/attractions/0/id").asText();
    List<JsonNode> played = client.allEvents("attractionId=" + headliner + ",unknown");
    assertThat(Client.ids(played)).contains(Client.id(one));
    assertThat(played)
        .allMatch(e -> e.at("/_embedded/attractions").findValuesAsText("id").contains(headliner));
    assertThat(client.allEvents("attractionId=unknown")).isEmpty();
  }

  @Test
  void classificationNameMusic_letsOthersInAndTheSegmentIdDoesNot() throws IOException {
    String window = "&startDateTime=2027-01-01T00:00:00Z&endDateTime=2027-12-01T00:00:00Z";
    List<JsonNode> named = client.allEvents("classificationName=music" + window);
    List<JsonNode> exact = client.allEvents("segmentId=KZFzniwnSyZfZ7v7nJ" + window);
    assertThat(named).anyMatch(e -> !segment(e).equals("Music"));
    assertThat(exact).isNotEmpty().allMatch(e -> segment(e).equals("Music"));
    assertThat(named).hasSizeGreaterThan(exact.size());
  }

  @Test
  void otherLocale_translatesTheSegmentAndKeepsItsId() throws IOException {
    JsonNode event = client.events("segmentId=KZFzniwnSyZfZ7v7nJ&size=1&locale=cs-cz");
    JsonNode segment = event.at("/_embedded/events/0/classifications/0/segment");
    assertThat(segment.get("name").asText()).isEqualTo("Hudba");
    assertThat(Client.id(segment)).isEqualTo("KZFzniwnSyZfZ7v7nJ");
  }

  @Test
  void keywordAndCity_narrowTheSearch() throws IOException {
    assertThat(client.allEvents("city=berlin"))
        .isNotEmpty()
        .allMatch(e -> e.at("/_embedded/venues/0/city/name").asText().equals("Berlin"));
    assertThat(client.allEvents("keyword=%3Cscript%3E"))
        .isNotEmpty()
        .allMatch(e -> e.toString().contains("<script>"));
  }

  @Test
  void links_areRelativeAndKeepTheKeyOut() throws IOException {
    JsonNode body = client.events("countryCode=US&size=10&page=1");
    for (String name : List.of("first", "prev", "self", "next", "last")) {
      String href = body.at("/_links/" + name + "/href").asText();
      assertThat(href).startsWith("/discovery/v2/events.json?").doesNotContain("apikey");
    }
    String next = body.at("/_links/next/href").asText() + "&apikey=k";
    JsonNode followed = Client.json(client.get(sandbox.uri().resolve(next)));
    assertThat(followed.at("/page/number").asInt()).isEqualTo(2);
    assertThat(followed).isEqualTo(client.events("countryCode=US&size=10&page=2"));
  }

  @Test
  void attractionsAndVenues_areFoundAndServedAsInEvents() throws IOException {
    JsonNode event = client.allEvents("countryCode=FR&sort=id,asc").get(0);
    JsonNode venue = event.at("/_embedded/venues/0");
    JsonNode attraction = event.at("/_embedded/attractions/0");
    assertThat(Client.json(client.call("venues/" + Client.id(venue) + ".json", "")))
        .isEqualTo(venue);
    assertThat(Client.json(client.call("attractions/" + Client.id(attraction), "")))
        .isEqualTo(attraction);
    JsonNode found = Client.json(client.call("attractions.json", "id=" + Client.id(attraction)));
    assertThat(found.at("/_embedded/attractions/0")).isEqualTo(attraction);
    assertThat(found.at("/page/totalElements").asInt()).isEqualTo(1);
    JsonNode french = Client.json(client.call("venues.json", "countryCode=FR&size=200"));
    assertThat(french.at("/_embedded/venues").findValuesAsText("countryCode")).containsOnly("FR");
  }

  @Test
  void venuesAroundAPoint_areThoseWithinTheRadius() throws IOException {
    JsonNode near = venues("geoPoint=u33db&radius=60&unit=km");
    assertThat(near.size()).as("around Berlin").isPositive();
    for (JsonNode venue : near) {
      assertThat(venue.at("/location/latitude").asDouble()).isBetween(51.9, 53.1);
      assertThat(venue.at("/location/longitude").asDouble()).isBetween(12.4, 14.4);
    }
    assertThat(venues("geoPoint=u33db&radius=60&unit=miles").size())
        .isGreaterThanOrEqualTo(near.size());
    assertThat(venues("geoPoint=s00000000&radius=100&unit=km")).as("at sea").isEmpty();
  }

  private static JsonNode venues(String query) throws IOException {
    return Client.json(client.call("venues.json", "size=200&" + query)).at("/_embedded/venues");
  }

  @Test
  void classifications_listTheSegments() throws IOException {
    JsonNode body = Client.json(client.call("classifications.json", ""));
    assertThat(body.at("/_embedded/classifications")).hasSize(3);
    assertThat(body.at("/_embedded/classifications/0/segment/name").asText()).isEqualTo("Music");
  }

  private static List<String> ids(String window) throws IOException {
    return Client.ids(client.allEvents("countryCode=JP&" + window));
  }

  private static String segment(JsonNode event) {
    return event.at("/classifications/0/segment/name").asText();
  }
}
