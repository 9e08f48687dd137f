package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.apply.Trial;
import dev.backline.sandbox.Sandbox;
import dev.backline.testkit.Catalogue;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** The catalogue is a function of the set of records, not of the order in which they came (S35). */
class ArrivalOrderTest {
  private static final int EXAMPLES = 12;
  private static final int ORDERS = Integer.getInteger("orders", 2);
  private static final int SEED = Integer.getInteger("seed", 23);

  @Test
  void recordsOfFourSourcesInAnyOrder_giveTheSamePartitionAndValues() throws Exception {
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(SEED, 30))) {
      List<Map<String, Object>> records;
      Set<String> first;
      try (TestNode node =
          TestNode.start(Postgres.create(), sandbox.ticketmaster(), all(sandbox))) {
        for (int pass = 0; pass < 3; pass++) {
          for (String job :
              List.of("popular-artists", "upcoming-shows", "historical-setlists", "artist-songs")) {
            node.sync(job);
          }
        }
        node.awaitNoneLanded();
        records = node.jdbc().queryForList("select * from source_records");
        first = Catalogue.lines(node.jdbc());
        assertThat(unsettled(node))
            .as("what applying the same records again would change")
            .isEmpty();
      }
      assertThat(first).hasSizeGreaterThan(500);
      for (int order = 1; order <= ORDERS; order++) {
        Set<String> again = applied(records, new Random(order), sandbox);
        assertThat(differences(first, again)).as("order " + order).isEmpty();
      }
    }
  }

  /** Rows that applying a source's records once more, in pages of its own, would change. */
  private static List<String> unsettled(TestNode node) {
    List<String> rows = new ArrayList<>();
    for (String source : List.of("ticketmaster", "setlistfm", "bandsintown", "spotify")) {
      Trial trial = node.tryOut(source, null, EXAMPLES);
      assertThat(trial.tried()).as(source).isPositive();
      trial.rows().forEach(row -> rows.add(source + ": " + row));
    }
    return rows;
  }

  private static List<String> differences(Set<String> first, Set<String> again) {
    List<String> differences = new ArrayList<>();
    first.stream().filter(line -> !again.contains(line)).forEach(l -> differences.add(l + " lost"));
    again.stream().filter(line -> !first.contains(line)).forEach(l -> differences.add(l + " new"));
    return differences.stream().sorted().limit(EXAMPLES).toList();
  }

  private static Map<String, String> all(Sandbox sandbox) {
    Map<String, String> settings = new HashMap<>(sandbox.settings());
    for (String job : List.of("upcoming-shows", "historical-setlists")) {
      settings.put("jobs." + job + ".artists", "10000");
    }
    settings.put("jobs.artist-songs.lookups", "10000");
    return settings;
  }

  /** The same records, landed in another order; batches are of one source and of any size. */
  private static Set<String> applied(
      List<Map<String, Object>> records, Random random, Sandbox sandbox) {
    String database = Postgres.create();
    Map<String, String> settings = all(sandbox);
    settings.put("apply.sweep-records", String.valueOf(5 + random.nextInt(200)));
    settings.put("apply.sweep-delay", "10");
    try (TestNode node = TestNode.start(database, sandbox.ticketmaster(), settings)) {
      land(records, random, node.jdbc());
      node.awaitNoneLanded();
      return Catalogue.lines(node.jdbc());
    }
  }

  private static void land(List<Map<String, Object>> records, Random random, JdbcTemplate jdbc) {
    jdbc.batchUpdate(
        "insert into source_records (source, record_kind, source_id, fingerprint, raw, state, error, held_back, last_changed)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, now() - make_interval(secs => ?))",
        records.stream()
            .map(
                r -> {
                  boolean kept = (Boolean) r.get("held_back");
                  return new Object[] {
                    r.get("source"),
                    r.get("record_kind"),
                    r.get("source_id"),
                    r.get("fingerprint"),
                    r.get("raw"),
                    kept ? r.get("state") : "landed",
                    kept ? r.get("error") : null,
                    kept,
                    3600 + random.nextInt(100_000)
                  };
                })
            .toList());
  }
}
