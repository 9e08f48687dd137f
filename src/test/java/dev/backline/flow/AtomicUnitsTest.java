package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backline.sandbox.Sandbox;
import dev.backline.store.Overview;
import dev.backline.store.Run;
import dev.backline.testkit.TestNode;
import dev.backline.testkit.Truth;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A show with its line-up and its link is one unit: the line-up is written after the show, so a
 * line-up that the database refuses tells whether the show went with it (S20, S44, S45).
 */
class AtomicUnitsTest {
  private Sandbox sandbox;
  private TestNode node;
  private Run run;
  private final Set<String> tooLong = new TreeSet<>();
  private final Set<String> inOrder = new TreeSet<>();
  private final Set<String> shows = new TreeSet<>();

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(11, 60));
    node = TestNode.start(sandbox.ticketmaster());
    node.jdbc()
        .execute("alter table show_artists add constraint line_up_is_short check (position < 3)");
    for (JsonNode listing : Truth.listings(sandbox)) {
      Set<String> artists = new HashSet<>();
      listing.get("attractions").forEach(a -> artists.add(a.asText()));
      (artists.size() > 3 ? tooLong : inOrder).add(listing.get("id").asText());
    }
    Truth.shows(sandbox).forEach(show -> shows.add(show.get("id").asText()));
    shows.removeAll(tooLong);
    run = node.sync("upcoming-shows");
  }

  @AfterEach
  void stop() {
    node.close();
    sandbox.close();
  }

  @Test
  void aLineUpThatIsRefused_leavesNothingOfItsShow() {
    assertThat(tooLong).isNotEmpty();
    assertThat(run.balanced()).isTrue();
    assertThat(run.dead()).isEqualTo(tooLong.size());
    assertThat(ids("select ticketmaster_id from shows")).isEqualTo(shows);
    assertThat(ids("select source_id from source_links where entity_kind = 'show'"))
        .isEqualTo(inOrder);
  }

  @Test
  void aRunWithRefusedUnits_goesOnAndIsPartial() {
    assertThat(inOrder).isNotEmpty();
    assertThat(run.status()).isEqualTo("partial");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(node.count("source_records where state = 'landed'")).isZero();
  }

  @Test
  void failedItems_canBeListedWithWhatAReviewNeeds() {
    List<Map<String, Object>> listed =
        new Overview(node.database().pool()).records("ticketmaster", "event", "dead", 1000);
    Set<String> found = new TreeSet<>();
    listed.forEach(row -> found.add((String) row.get("id")));
    assertThat(found).isEqualTo(tooLong);
    assertThat(listed)
        .allSatisfy(row -> assertThat((String) row.get("error")).contains("line_up_is_short"));
    assertThat(
            ids(
                "select source_id from dead_letters where state = 'open' and attempts > 0 and payload is not null"
                    + " and route <> '' and error like '%line_up_is_short%' and last_failed <= now()"))
        .isEqualTo(tooLong);
  }

  private Set<String> ids(String query) {
    return new TreeSet<>(node.jdbc().queryForList(query, String.class));
  }
}
