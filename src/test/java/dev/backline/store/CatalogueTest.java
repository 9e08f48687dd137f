package dev.backline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** One list of tables for seeding and clearing: complete, and in an order that works (S3, S22). */
class CatalogueTest {
  private static Database database;
  private static JdbcTemplate jdbc;

  @BeforeAll
  static void open() {
    URI nowhere = URI.create("http://127.0.0.1:9/");
    database = Database.open(TestNode.settings(Postgres.create(), nowhere, Map.of()));
    jdbc = new JdbcTemplate(database.pool());
  }

  @AfterAll
  static void close() {
    database.close();
  }

  private static List<String> listed() {
    return Stream.of(Catalogue.values()).flatMap(part -> part.tables().stream()).toList();
  }

  @Test
  void everyTable_isClearedOrKeptOnce() {
    List<String> all = new ArrayList<>(listed());
    all.addAll(Catalogue.KEPT);
    assertThat(all)
        .containsExactlyInAnyOrderElementsOf(
            jdbc.queryForList(
                "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
                    + " and relname <> 'flyway_schema_history'",
                String.class));
  }

  /** Its source says how a song is known: from recordings or from a setlist. */
  private static final String NO_SOURCE = "songs";

  @Test
  void everyTableWithASource_isPurgedOrKept() {
    List<String> all = new ArrayList<>(Withdrawal.OF_SOURCE.keySet());
    all.addAll(Withdrawal.KEPT);
    all.add(NO_SOURCE);
    assertThat(all)
        .containsExactlyInAnyOrderElementsOf(
            jdbc.queryForList(
                "select distinct c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0"
                    + " where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace"
                    + " and (a.attname ~ '(^|_)source$' or a.attname in ('told_by', 'platform', 'subject'))",
                String.class));
  }

  @Test
  void clearing_goesInTheDocumentedOrder() {
    assertThat(Stream.of(Catalogue.values()).map(Catalogue::title))
        .startsWith("events", "tourVenues", "tours", "venueNetwork", "artists", "venues", "users");
  }

  @Test
  void seeding_goesFromVenuesToTheirNetwork() {
    assertThat(Catalogue.seeding())
        .containsExactly(
            Catalogue.VENUES, Catalogue.EVENTS, Catalogue.ARTISTS, Catalogue.VENUE_NETWORK);
  }

  @Test
  void aTableThatCannotBeWithoutAnother_isClearedBeforeIt() {
    List<Map<String, Object>> keys =
        jdbc.queryForList(
            "select conrelid::regclass::text as child, confrelid::regclass::text as parent"
                + " from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace"
                + " and confdeltype = 'c' and conrelid <> confrelid");
    assertThat(keys).hasSizeGreaterThan(8);
    assertThat(keys)
        .allSatisfy(
            key ->
                assertThat(listed().indexOf(key.get("child")))
                    .as("%s", key)
                    .isLessThan(listed().indexOf(key.get("parent"))));
  }
}
