package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backline.jobs.JobRuns;
import dev.backline.plan.UnknownJob;
import dev.backline.sandbox.Sandbox;
import dev.backline.store.Overview;
import dev.backline.store.Run;
import dev.backline.testkit.FakeApi;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Known venues are asked again, for themselves, their events and the artists of these (S9-S11). */
class VenueJobsTest {
  private static Sandbox sandbox;
  private static TestNode node;

  @BeforeAll
  static void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(23, 60));
    node = TestNode.start(sandbox.ticketmaster());
    assertThat(node.sync("seed-venues", "limit=100").status()).isEqualTo("completed");
  }

  @AfterAll
  static void stop() {
    node.close();
    sandbox.close();
  }

  private static void completed(Run run) {
    assertThat(run.status()).as(run.toString()).isEqualTo("completed");
    assertThat(run.balanced()).isTrue();
    assertThat(run.fetched()).isPositive();
  }

  private static Map<String, String> rows() {
    return new Overview(node.database().pool()).physical();
  }

  private static long asked(String what) {
    return node.count("venue_syncs where what = '" + what + "'");
  }

  @Test
  void venueUpdates_askEachKnownVenueAgainAndWriteNothingWhereNothingChanged() {
    Map<String, String> before = rows();

    Run run = node.sync("venue-updates");

    completed(run);
    assertThat(run.unchanged()).isEqualTo(run.fetched()).isEqualTo(node.count("venues"));
    assertThat(asked("venue")).isEqualTo(node.count("venues"));
    assertThat(rows()).isEqualTo(before);
  }

  @Test
  void venueEvents_storeWhatIsOnAtKnownVenuesWithItsVenueAndItsArtists() {
    Run run = node.sync("venue-events");

    completed(run);
    assertThat(run.inserted() + run.unchanged()).isEqualTo(run.fetched() - run.skipped());
    assertThat(node.count("shows")).isPositive();
    assertThat(node.count("shows where venue_id is null")).isZero();
    assertThat(node.count("show_artists")).isPositive();
    assertThat(asked("events")).isEqualTo(node.count("venues"));
    Map<String, String> before = rows();
    completed(node.sync("venue-events"));
    assertThat(rows()).isEqualTo(before);
  }

  @Test
  void eventArtists_askForTheAttractionsOfLineUpsByTheirIds() {
    completed(node.sync("venue-events"));
    Map<String, String> before = rows();

    Run run = node.sync("event-artists");

    completed(run);
    assertThat(run.unchanged()).isEqualTo(run.fetched());
    assertThat(rows()).isEqualTo(before);
    assertThat(node.count("artist_syncs where what = 'attraction'"))
        .isEqualTo(
            node.count(
                "(select distinct l.artist_id from show_artists l join shows s on s.id = l.show_id"
                    + " where coalesce(s.local_date >= current_date, true)) x"));
    assertThat(
            node.count(
                "sync_requests where run_id = '"
                    + run.id()
                    + "' and not jsonb_exists(request -> 'query', 'id')"))
        .isZero();
  }

  @Test
  void limit_takesThoseThatWereNotAskedForLongestFirst() {
    node.jdbc().update("delete from venue_syncs where what = 'venue'");
    Run first = node.sync("venue-updates", "limit=7");
    Run second = node.sync("venue-updates", "limit=6");

    assertThat(first.fetched()).isEqualTo(7);
    assertThat(second.fetched()).isEqualTo(6);
    assertThat(asked("venue")).isEqualTo(13);
  }

  @Test
  void filters_keepTheVenuesOfAPlaceOrAKnownCapacity() {
    Map<String, Object> some =
        node.jdbc()
            .queryForMap(
                "select cast(id as text) as id, city, country_code, latitude || ',' || longitude as near"
                    + " from venues where latitude is not null order by id limit 1");
    UUID id = UUID.fromString((String) some.get("id"));
    String place = " where city = '" + some.get("city") + "'";
    node.jdbc().update("update venues set capacity = 500 where id = ?", id);

    assertThat(node.sync("venue-updates", "city=" + some.get("city")).fetched())
        .isEqualTo(node.count("venues" + place));
    assertThat(node.sync("venue-updates", "country=" + some.get("country_code")).fetched())
        .isEqualTo(node.count("venues where country_code = '" + some.get("country_code") + "'"));
    assertThat(node.sync("venue-updates", "near=" + some.get("near"), "radius=0").fetched())
        .isEqualTo(1);
    assertThat(node.sync("venue-updates", "near=" + id, "radius=30").fetched())
        .isBetween(1L, node.count("venues") - 1);
    assertThat(node.sync("venue-updates", "min_capacity=500", "max_capacity=500").fetched())
        .isEqualTo(1);
    Run none = node.sync("venue-updates", "min_capacity=501");
    assertThat(none.fetched()).isZero();
    assertThat(none.status()).as("nothing to ask for is no failure").isEqualTo("completed");
  }

  @Test
  void venueThatIsNoVenue_isRejectedWithAReasonAndTheOthersAreStored() {
    String answer =
        """
        {"_embedded": {"venues": [
          {"id": "Kgood1", "name": "Hall", "city": {"name": "Ulm"},
           "location": {"latitude": "48.4", "longitude": "10.0"}},
          {"id": "Knamel", "country": {"countryCode": "DE"}},
          {"id": "Kastray", "name": "Club", "location": {"latitude": "95", "longitude": "10.0"}}]},
         "page": {"size": 3, "totalElements": 3, "totalPages": 1, "number": 0}}
        """;
    try (FakeApi api = FakeApi.start(call -> FakeApi.Answer.of(answer));
        TestNode fresh = TestNode.start(api.at("/"))) {
      Run run = fresh.sync("seed-venues");

      assertThat(run.status()).isEqualTo("partial");
      assertThat(run.inserted()).isEqualTo(2);
      assertThat(run.rejected()).isEqualTo(1);
      assertThat(
              fresh
                  .jdbc()
                  .queryForObject(
                      "select error from source_records where source_id = 'Knamel'", String.class))
          .contains("name");
      assertThat(fresh.count("venues where name = 'Club' and latitude is null")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit=0        | from 1 to 100",
        "limit=101      | from 1 to 100",
        "near=91,0      | neither LAT,LON",
        "near=51.5      | neither LAT,LON",
        "radius=10      | needs the point",
        "near=1,2 radius=801                 | from 0 to 800",
        "near=1,2 radius=far                 | not a whole number",
        "country=Germany                     | two letters",
        "min_capacity=9 max_capacity=8       | is more than",
        "city=                               | has no value",
        "town=Berlin                         | takes city, state"
      })
  void parameterThatCannotBeUsed_isRefusedWithWhatItShouldBe(String given, String why) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : given.split(" ")) {
      parameters.put(pair.split("=", 2)[0], pair.split("=", 2)[1]);
    }
    assertThatThrownBy(() -> JobRuns.check(node.settings(), "venue-updates", parameters))
        .isInstanceOf(UnknownJob.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"near=51.5,-0.12 radius=0", "near=-90,180 radius=800", "limit=1", "limit=100"})
  void parameterAtTheEdge_isTaken(String given) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : given.split(" ")) {
      parameters.put(pair.split("=", 2)[0], pair.split("=", 2)[1]);
    }
    JobRuns.check(node.settings(), "venue-updates", parameters);
    assertThat(List.of("near", "limit")).containsAnyElementsOf(parameters.keySet());
  }
}
