package dev.backline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.Settings;
import dev.backline.store.Letters.Filter;
import dev.backline.store.Letters.Selection;
import dev.backline.testkit.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The workbench stays quick however many letters there are, and its numbers are right. */
class LettersTest {
  private static final Filter OPEN = new Filter("open", null, null);
  private static final String BUSY = "store: busy";

  private Database database;
  private SingleConnectionDataSource one;
  private JdbcTemplate jdbc;
  private Letters letters;

  @BeforeEach
  void open() throws SQLException {
    database =
        Database.open(
            Settings.load(Path.of("config/application.properties"), Map.of())
                .with(Map.of("database.url", Postgres.create(), "database.pool-size", "2")));
    // One session: what it has prepared and counted is what is looked at.
    one = new SingleConnectionDataSource(database.pool().getConnection(), true);
    jdbc = new JdbcTemplate(one);
    letters = new Letters(one);
  }

  @AfterEach
  void close() {
    one.destroy();
    database.close();
  }

  /** Half of them of one cause, the others of forty; of two sources and three kinds. */
  private void fill(int number) {
    jdbc.update(
        "insert into dead_letters (route, source, record_kind, source_id, cause, error, last_failed, state)"
            + " select 'r', (array['one', 'two'])[1 + i % 2],"
            + "  case when i % 50 = 0 then 'request' else (array['event', 'venue'])[1 + i % 2] end, 'id' || i,"
            + "  case when i % 4 < 2 then ? else 'schema: rule ' || i % 40 end, 'error ' || i,"
            + "  now() - (i / 7) * interval '1 second', case when i % 10 = 9 then 'replayed' else 'open' end"
            + " from generate_series(1, ?) i",
        BUSY, number);
  }

  private void assertCounted() {
    String groups = "state, cause, source, record_kind";
    assertThat(
            jdbc.queryForList(
                "select "
                    + groups
                    + ", sum(letters)::bigint as n from letter_counts group by 1, 2, 3, 4"
                    + " having sum(letters) <> 0 order by 1, 2, 3, 4"))
        .isEqualTo(
            jdbc.queryForList(
                "select "
                    + groups
                    + ", count(*) as n from dead_letters group by 1, 2, 3, 4"
                    + " order by 1, 2, 3, 4"));
  }

  @Test
  void numbers_followEveryChange() {
    fill(500);
    assertCounted();
    jdbc.update("update dead_letters set state = 'discarded' where id % 3 = 0");
    jdbc.update("update dead_letters set cause = 'another' where id % 5 = 0");
    jdbc.update("update dead_letters set attempts = attempts + 1");
    jdbc.update("delete from dead_letters where id % 7 = 0");
    jdbc.update(
        "insert into dead_letters as d (route, source, record_kind, source_id, cause, error)"
            + " select 'r', source, record_kind, source_id, 'third', 'e' from dead_letters where state = 'open'"
            + " union all select 'r', 'new', 'event', 'id', 'third', 'e'"
            + " on conflict (source, record_kind, source_id) where state = 'open'"
            + " do update set cause = excluded.cause");
    assertCounted();

    assertThat(jdbc.queryForObject("select join_letter_counts()", Integer.class)).isPositive();
    assertCounted();
    assertThat(jdbc.queryForObject("select min(letters) from letter_counts", Long.class))
        .isPositive();
    jdbc.update("delete from dead_letters");
    assertThat(letters.groups(OPEN, 10)).isEmpty();
  }

  @Test
  void filters_leaveGroupsAndLettersOfASourceAndAKind() {
    fill(500);
    Filter some = new Filter("open", "two", "venue");
    String where = "state = 'open' and source = 'two' and record_kind = 'venue'";

    assertThat(letters.groups(some, 100))
        .extracting(group -> group.get("cause"), group -> group.get("letters"))
        .containsExactlyInAnyOrderElementsOf(
            jdbc.query(
                "select cause, count(*) from dead_letters where " + where + " group by 1",
                (row, i) -> org.assertj.core.groups.Tuple.tuple(row.getString(1), row.getLong(2))));
    assertThat(letters.of(BUSY, some, null, 1000))
        .hasSize(
            jdbc.queryForObject(
                "select count(*) from dead_letters where cause = ? and " + where,
                Integer.class,
                BUSY))
        .allSatisfy(
            row -> assertThat(row).containsEntry("source", "two").containsEntry("kind", "venue"));
    assertThat(letters.groups(new Filter("discarded", null, null), 10)).isEmpty();
  }

  @Test
  void pages_showEachLetterOnceNewestFirst() {
    fill(500);
    List<Object> seen = new ArrayList<>();
    for (List<Map<String, Object>> page = letters.of(BUSY, OPEN, null, 9);
        !page.isEmpty();
        page = letters.of(BUSY, OPEN, (Long) page.get(page.size() - 1).get("id"), 9)) {
      page.forEach(row -> seen.add(row.get("id")));
    }
    assertThat(seen)
        .isEqualTo(
            jdbc.queryForList(
                "select id from dead_letters where state = 'open' and cause = ? order by last_failed desc, id desc",
                Object.class,
                BUSY));
  }

  @Test
  void numbersOfAReplay_areOfOneLetterACauseOrAll() {
    fill(500);
    Long one =
        jdbc.queryForObject(
            "select min(id) from dead_letters where state = 'open' and source = 'one' and record_kind = 'event'",
            Long.class);
    assertThat(letters.records(new Selection(one, null))).isEqualTo(Map.of("one", 1L));
    assertThat(letters.requests(new Selection(one, null))).isEmpty();
    for (String cause : new String[] {BUSY, null}) {
      String of = cause == null ? "" : " and cause = '" + cause + "'";
      assertThat(sum(letters.records(new Selection(null, cause))))
          .isEqualTo(count("record_kind <> 'request'" + of));
      assertThat(sum(letters.requests(new Selection(null, cause))))
          .isEqualTo(count("record_kind = 'request'" + of));
    }
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private long count(String where) {
    return jdbc.queryForObject(
        "select count(*) from dead_letters where state = 'open' and " + where, Long.class);
  }

  // --- At size ----------------------------------------------------------------------------------

  /** How often the table was read whole, and by index. */
  private Map<String, Object> scans() {
    jdbc.execute("select pg_stat_force_next_flush()");
    return jdbc.queryForMap(
        "select seq_scan, idx_scan from pg_stat_user_tables where relname = 'dead_letters'");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void noList_readsAllLetters(boolean analysed) {
    fill(60_000);
    if (analysed) {
      jdbc.execute("analyze dead_letters, letter_counts");
    }
    Map<String, Object> before = scans();

    for (int time = 0; time < 12; time++) { // beyond the point where plans become generic ones
      letters.groups(OPEN, 50);
      letters.groups(new Filter("open", "one", "event"), 50);
      List<Map<String, Object>> page = letters.of(BUSY, OPEN, null, 50);
      letters.of(BUSY, new Filter("open", "two", null), (Long) page.get(49).get("id"), 50);
      letters.records(new Selection(null, null));
      letters.records(new Selection(null, BUSY));
      letters.requests(new Selection(17L, null));
    }

    Map<String, Object> after = scans();
    assertThat(after.get("seq_scan")).isEqualTo(before.get("seq_scan"));
    assertThat((Long) after.get("idx_scan")).isGreaterThan((Long) before.get("idx_scan"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "force_generic_plan"})
  void pageOfAReplay_readsOnlyItsOwnLetters(String plans) throws IOException {
    fill(60_000);
    jdbc.execute("analyze dead_letters");
    jdbc.execute("set plan_cache_mode = " + plans);
    String sql =
        Files.readString(Path.of("routes/sql/letter-records.sql"))
            .replace(":?letter", "$1")
            .replace(":?cause", "$2")
            .replace(":?recordSource", "$3")
            .replace(":?afterKind", "$4")
            .replace(":?afterId", "$5")
            .replace(":?${bean:batchSize?method=records}", "100");
    jdbc.execute("prepare page (bigint, text, text, text, text) as " + sql);
    for (String parameters :
        List.of("17, null", "null, 'schema: rule 7'", "null, '" + BUSY + "'", "null, null")) {
      List<String> plan =
          jdbc.queryForList(
              "explain (analyze, timing off) execute page ("
                  + parameters
                  + ", 'two', 'venue', 'id3')",
              String.class);
      assertThat(plan).as(parameters).noneMatch(line -> line.contains("Seq Scan"));
      assertThat(plan)
          .as(parameters + plan)
          .noneMatch(line -> line.matches(".*Rows Removed by Filter: \\d{5,}.*"));
    }
    jdbc.execute("reset plan_cache_mode");
  }
}
