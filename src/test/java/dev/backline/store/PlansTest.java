package dev.backline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.Settings;
import dev.backline.testkit.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The statements of each page stay on their index at any size: with an empty table, with a large
 * one that was never analysed, and with one that was; as custom and as generic plan.
 */
class PlansTest {
  private static final int RECORDS = 100_000;

  private static Database database;
  private static JdbcTemplate jdbc;

  @BeforeAll
  static void open() {
    database =
        Database.open(
            Settings.load(Path.of("config/application.properties"), Map.of())
                .with(Map.of("database.url", Postgres.create(), "database.pool-size", "2")));
    jdbc = new JdbcTemplate(database.pool());
    jdbc.execute("alter table source_records set (autovacuum_enabled = off)");
    jdbc.execute("alter table source_links set (autovacuum_enabled = off)");
  }

  @AfterAll
  static void close() {
    database.close();
  }

  private static void fill(String size) {
    jdbc.execute("truncate source_records, source_links, identity_keys");
    if (!size.equals("empty")) {
      jdbc.update(
          "insert into source_records (source, record_kind, source_id, fingerprint, raw, state)"
              + " select 'ticketmaster', 'event', 'e' || i, decode(md5(i::text), 'hex'), '\\x00',"
              + " case when i % 1000 = 0 then 'landed' else 'applied' end"
              + " from generate_series(1, ?) i",
          RECORDS);
      jdbc.update(
          "insert into source_links (entity_kind, source, source_id, entity_id, method)"
              + " select 'show', 'ticketmaster', 'e' || i, gen_random_uuid(), 'source-id'"
              + " from generate_series(1, ?) i",
          RECORDS);
      jdbc.update(
          "insert into identity_keys (entity_kind, key, source, source_id, trusted)"
              + " select 'show', k || i, 'ticketmaster', 'e' || i, false"
              + " from generate_series(1, ?) i, unnest(array['p:', 'r:', 'r:b']) k",
          RECORDS);
    }
    if (size.equals("analysed")) {
      jdbc.execute("analyze source_records, source_links, identity_keys");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "changed-records,    empty",
    "changed-records,    new",
    "changed-records,    analysed",
    "claim-records,      empty",
    "claim-records,      new",
    "claim-records,      analysed",
    "mark-records,       new",
    "mark-records,       analysed",
    "known-links,        new",
    "known-links,        analysed",
    "identity-component, new",
    "identity-component, analysed",
    "entity-records,     new",
    "entity-records,     analysed",
    "companion-records,  new",
    "companion-records,  analysed"
  })
  void statementOfAPage_readsNoWholeTable(String statement, String size) throws IOException {
    fill(size);
    for (boolean known : List.of(true, false)) {
      List<String> plan = plan(statement, known);
      assertThat(plan).as(statement).anyMatch(line -> line.contains("Index"));
      assertThat(plan)
          .as(statement)
          .noneMatch(
              line -> line.matches(".*Seq Scan on (source_records|source_links|identity_keys).*"));
    }
  }

  /**
   * The plan as the flow gets it: in the apply transaction no table may be read whole.
   *
   * @param known whether the planner sees the arrays, as for a custom plan, or not, as for a
   *     generic one
   */
  private static List<String> plan(String statement, boolean known) throws IOException {
    String sql =
        Files.readString(Path.of("routes", "sql", statement + ".sql"))
            .replace(":?${exchangeProperty.source}", "'ticketmaster'")
            .replace(":?${exchangeProperty.alone}", "null")
            .replace(":?${exchangeProperty.cacheAsOf}", "null")
            .replace(":?${exchangeProperty.entityKind}", "'show'")
            .replaceAll(":\\?\\w*fingerprints", array("decode(md5(cast(i as text)), 'hex')", known))
            .replace(":?trusting", "true")
            .replaceAll(":\\?held", array("'false'", known))
            .replaceAll(":\\?told", array("'true'", known))
            .replaceAll(":\\?(keys|trusted)", array("'p:' || i * 97", known))
            .replaceAll(":\\?(in|except)\\b", array("null", known))
            .replaceAll(":\\?entities", array("cast(gen_random_uuid() as text)", known))
            .replaceAll(":\\?entity_kinds", array("'show'", known))
            .replaceAll(":\\?(marked_)?kinds", array("'event'", known))
            .replaceAll(":\\?(marked_)?sources", array("'ticketmaster'", known))
            .replaceAll(":\\?(marked_|source_)?ids", array("'e' || i * 97", known))
            .replaceAll(":\\?states", array("'applied'", known))
            .replaceAll(":\\?errors", array("null", known));
    boolean applies = !statement.equals("changed-records");
    return jdbc.execute(
        (org.springframework.jdbc.core.ConnectionCallback<List<String>>)
            connection -> {
              connection.setAutoCommit(false);
              try (var run = connection.createStatement()) {
                if (applies) {
                  run.execute("set local enable_seqscan = off");
                }
                List<String> lines = new java.util.ArrayList<>();
                try (var rows = run.executeQuery("explain " + sql)) {
                  while (rows.next()) {
                    lines.add(rows.getString(1));
                  }
                }
                return lines;
              } finally {
                connection.rollback();
                connection.setAutoCommit(true);
              }
            });
  }

  private static String array(String value, boolean known) {
    String type = value.startsWith("decode") ? "bytea" : "text";
    String select =
        "(select array_agg(cast(" + value + " as " + type + ")) from generate_series(1, 500) i)";
    return Matcher.quoteReplacement(
        known
            ? "'" + jdbc.queryForObject("select cast(" + select + " as text)", String.class) + "'"
            : select);
  }
}
