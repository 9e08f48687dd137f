package dev.backline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backline.store.Database;
import dev.backline.store.DatabaseUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;

/** The migrations on an empty database and on one with rows, and the schema that comes of them. */
class MigrationTest {
  private static final Path SNAPSHOT = Path.of("src/test/resources/schema.sql");

  /** Written out in the migrations' own tables; the rows of a second run are compared with it. */
  private static final String SAMPLE =
      """
      insert into venues (id, name) values ('00000000-0000-4000-8000-000000000001', 'Hall');
      insert into artists (id, name, mbid) values
        ('00000000-0000-4000-8000-000000000002', 'Ada', '3f2a1b0c-9d8e-4c7b-a6f5-0123456789ab');
      insert into shows (id, name, venue_id, headliner_id, local_date, status) values
        ('00000000-0000-4000-8000-000000000003', 'Ada live', '00000000-0000-4000-8000-000000000001',
         '00000000-0000-4000-8000-000000000002', '2028-02-29', 'on_sale');
      insert into show_artists values
        ('00000000-0000-4000-8000-000000000003', '00000000-0000-4000-8000-000000000002', 0);
      insert into songs (id, artist_id, title, normalized_title) values
        ('00000000-0000-4000-8000-000000000004', '00000000-0000-4000-8000-000000000002', 'One', 'one');
      insert into song_recordings (id, artist_id, song_id, source, source_id, title, song_title, title_key, kind, score) values
        ('00000000-0000-4000-8000-000000000009', '00000000-0000-4000-8000-000000000002',
         '00000000-0000-4000-8000-000000000004', 'spotify', 't1', 'One', 'One', 'one', 'studio', 0.9);
      insert into setlists (id, show_id, kind) values
        ('00000000-0000-4000-8000-000000000005', '00000000-0000-4000-8000-000000000003', 'predicted');
      insert into setlist_songs (id, setlist_id, song_id, position) values
        ('00000000-0000-4000-8000-000000000006', '00000000-0000-4000-8000-000000000005',
         '00000000-0000-4000-8000-000000000004', 0);
      insert into users (id) values ('00000000-0000-4000-8000-000000000007');
      insert into user_votes (user_id, setlist_song_id) values
        ('00000000-0000-4000-8000-000000000007', '00000000-0000-4000-8000-000000000006');
      insert into sync_jobs (id, job) values ('00000000-0000-4000-8000-000000000008', 'upcoming-shows');
      insert into sync_requests (run_id, n, source, record_kind, request) values
        ('00000000-0000-4000-8000-000000000008', 0, 'ticketmaster', 'event', '{}');
      insert into source_records (source, record_kind, source_id, fingerprint, raw) values
        ('ticketmaster', 'event', 'e1', '\\x00112233445566778899aabbccddeeff', '\\x00');
      insert into source_pages values
        ('00000000-0000-4000-8000-000000000008', 'ticketmaster', 'event', 'w', 0, 0, '{e1}', '{e1}');
      insert into source_links (entity_kind, source, source_id, entity_id, method) values
        ('show', 'ticketmaster', 'e1', '00000000-0000-4000-8000-000000000003', 'source-id');
      insert into identity_keys values ('artist', 'mbid:x', 'ticketmaster', 'a1');
      insert into verdicts values ('artist', 'a', '1', 'b', '1', true);
      insert into mbid_redirects values ('3f2a1b0c-9d8e-4c7b-a6f5-0123456789ab', '3f2a1b0c-9d8e-4c7b-a6f5-0123456789ac', 'a');
      insert into removed_records values ('ticketmaster', 'event', 'e9');
      insert into identity_pairs values ('artist', 'a', '1', 'b', '2', 0.7, '[]', 'review');
      insert into field_overrides values ('artist', '00000000-0000-4000-8000-000000000002', 'name', '"x"');
      insert into merged_entities values ('artist', gen_random_uuid(), '00000000-0000-4000-8000-000000000002');
      insert into tours (id, artist_id, name) select '00000000-0000-4000-8000-000000000011', id, 'Tour' from artists limit 1;
      insert into tour_venues values ('00000000-0000-4000-8000-000000000011', '00000000-0000-4000-8000-000000000001', 1);
      insert into show_offers select id, 'ticketmaster', 'v1', 'VIP', 'on_sale', null from shows limit 1;
      update shows set status = 'cancelled';
      insert into missed_records values ('ticketmaster', 'event', 'e1', 1, now(), gen_random_uuid());
      insert into gone_shows select id, gen_random_uuid(), now() from shows limit 1;
      insert into sync_progress (job_id, step) values
        ('00000000-0000-4000-8000-000000000008', 'fetching');
      insert into job_ticks (job, fire_time, node) values ('upcoming-shows', now(), 'n');
      insert into paused_jobs (job) values ('upcoming-shows');
      insert into nodes (name, roles) values ('host/1/2', '{web}');
      insert into alarms (kind, subject, message) values ('source-stale', 'ticketmaster', 'm');
      insert into field_shares values ('ticketmaster', 'event', now(), '*', 1);
      insert into import_status (job_id, stage) select id, 'queued' from sync_jobs limit 1;
      insert into source_quota (source, daily_limit) values ('ticketmaster', 5000);
      insert into source_features (source, feature, served) values ('spotify', 'top-tracks', false);
      insert into artist_syncs values
        ('00000000-0000-4000-8000-000000000002', 'setlistfm', 'setlists', now());
      insert into cached_answers (source, request, body, ids, fetched_at, expires_at) values
        ('ticketmaster', 'events.json?id=e1', '\\x00', '{event e1}', now(), now());
      insert into venue_syncs values
        ('00000000-0000-4000-8000-000000000001', 'ticketmaster', 'events', now());
      insert into venues (id, name) values ('00000000-0000-4000-8000-000000000021', 'Club');
      insert into venue_network (venue_id, neighbour_id, shared_artists, shared_shows, score) values
        ('00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000021', 1, 0, 0.5);
      insert into cron_logs (job_name, status) values ('upcoming-shows', 'success');
      insert into dead_letters (route, source, record_kind, source_id, cause, error) values
        ('apply', 'ticketmaster', 'event', 'e2', 'c', 'e');
      """;

  /** The schema in a stable text form, from the catalogue: the same on every version served. */
  private static final List<String> SCHEMA =
      List.of(
          """
          select 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
            || case when a.attnotnull then ' not null' else '' end
            || case when a.attcollation <> t.typcollation
                 then ' collate ' || (select collname from pg_collation where oid = a.attcollation) else '' end
            || case when a.attidentity <> '' then ' identity' else '' end
            || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
          from pg_class c
          join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
          join pg_type t on t.oid = a.atttypid
          left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
          where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
            and c.relname <> 'flyway_schema_history'
          order by c.relname collate "C", a.attnum
          """,
          """
          select 'constraint ' || c.relname || '.' || k.conname || ' ' || pg_get_constraintdef(k.oid)
          from pg_constraint k join pg_class c on c.oid = k.conrelid
          where k.connamespace = 'public'::regnamespace and k.contype <> 'n'
            and c.relname <> 'flyway_schema_history'
          order by c.relname collate "C", k.conname collate "C"
          """,
          """
          select 'index ' || pg_get_indexdef(i.indexrelid)
          from pg_index i join pg_class c on c.oid = i.indrelid
          where c.relnamespace = 'public'::regnamespace and c.relname <> 'flyway_schema_history'
            and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u'))
          order by 1
          """,
          """
          select 'function ' || p.oid::regprocedure || ' returns ' || pg_get_function_result(p.oid)
            || ' ' || l.lanname || ': ' || regexp_replace(trim(p.prosrc), '\\s+', ' ', 'g')
          from pg_proc p join pg_language l on l.oid = p.prolang
          where p.pronamespace = 'public'::regnamespace
            and not exists (select 1 from pg_depend e where e.objid = p.oid and e.deptype = 'e')
          order by 1
          """,
          """
          select 'trigger ' || pg_get_triggerdef(g.oid) from pg_trigger g
          join pg_class c on c.oid = g.tgrelid
          where not g.tgisinternal and c.relnamespace = 'public'::regnamespace order by 1
          """,
          """
          select 'view ' || table_name || ' ' || regexp_replace(view_definition, '\\s+', ' ', 'g')
          from information_schema.views where table_schema = 'public' order by 1
          """);

  @TempDir static Path folder;

  private static Database database;
  private static JdbcTemplate jdbc;

  @BeforeAll
  static void open() {
    database = Database.open(settings("development"));
    jdbc = new JdbcTemplate(database.pool());
  }

  @AfterAll
  static void close() {
    database.close();
  }

  private static Settings settings(String environment) {
    return Settings.load(Path.of("config", "application.properties"), Map.of())
        .with(
            Map.of(
                "backline.data-dir",
                folder.resolve("data").toString(),
                "backline.env",
                environment,
                "database.pool-size",
                "2"));
  }

  // --- Running ----------------------------------------------------------------------------------

  @Test
  void migrations_runOnAnEmptyDatabaseOnceEach() throws IOException {
    List<String> files;
    try (var list = Files.list(Path.of("src/main/resources/db/migration"))) {
      files = list.map(file -> file.getFileName().toString()).toList();
    }
    assertThat(
            jdbc.queryForList(
                "select script from flyway_schema_history where success", String.class))
        .containsExactlyInAnyOrderElementsOf(files);
    assertThat(files).allMatch(name -> name.matches("V\\d+__[a-z_]+\\.sql"));
    assertThat(jdbc.queryForList("select environment from installation", String.class))
        .containsExactly("development");
  }

  @Test
  void secondRun_changesNeitherSchemaNorRows() {
    jdbc.execute(SAMPLE);
    Map<String, String> rows = rows();
    assertThat(rows).as("each table has a row").doesNotContainValue("0:");
    String schema = schema();
    try (Database again = Database.connect(settings("development"))) {
      assertThat(again.exclusive()).as("the same server, migrated again").isFalse();
    }
    assertThat(rows()).isEqualTo(rows);
    assertThat(schema()).isEqualTo(schema);
  }

  @Test
  void databaseOfAnotherEnvironment_isRefused() {
    Settings staging = settings("staging");
    assertThatThrownBy(() -> Database.connect(staging).close())
        .isInstanceOf(DatabaseUnavailable.class)
        .hasMessageContainingAll("development", "staging", "BACKLINE_ENV");
    assertThat(jdbc.queryForList("select environment from installation", String.class))
        .containsExactly("development");
  }

  /** Number, place and writer of the rows of each table. */
  private static Map<String, String> rows() {
    Map<String, String> rows = new TreeMap<>();
    for (String table :
        jdbc.queryForList(
            "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace",
            String.class)) {
      rows.put(
          table,
          jdbc.queryForObject(
              "select count(*) || ':' || coalesce(string_agg(ctid::text || xmin::text, ' ' order by ctid), '')"
                  + " from "
                  + table,
              String.class));
    }
    return rows;
  }

  // --- The schema -------------------------------------------------------------------------------

  private static String schema() {
    StringBuilder text = new StringBuilder();
    for (String query : SCHEMA) {
      jdbc.queryForList(query, String.class).forEach(line -> text.append(line).append('\n'));
    }
    return text.toString();
  }

  @Test
  void schema_isTheOneInTheSnapshot() throws IOException {
    String schema =
        "-- The schema that the migrations make, from the catalogue of PostgreSQL."
            + " Written anew by: mvn test -Dtest=MigrationTest -Dschema.write\n"
            + schema();
    if (System.getProperty("schema.write") != null) {
      Files.writeString(SNAPSHOT, schema);
    }
    assertThat(schema).isEqualTo(Files.readString(SNAPSHOT));
  }

  @Test
  void constraints_areNamedAsTheRulesTheyState() {
    List<String> names =
        jdbc.queryForList(
            "select c.relname || ' ' || k.conname from pg_constraint k join pg_class c on c.oid = k.conrelid"
                + " where k.connamespace = 'public'::regnamespace and k.contype in ('c', 'u', 'x')"
                + " and c.relname <> 'flyway_schema_history'",
            String.class);
    assertThat(names).hasSizeGreaterThan(50).allMatch(MigrationTest::isRule);
  }

  @ParameterizedTest
  @CsvSource({
    "user_votes votes_once_per_user_and_song, true",
    "shows show_prices_are_ordered,           true",
    "shows shows_price_min_check,             false",
    "shows shows_price_min_check1,            false",
    "artists artists_mbid_key,                false",
    "artists artists_mbid_excl,               false",
    "artists mbid,                            false",
    "artists mbid_unique,                     false"
  })
  void nameOfARule_isToldFromAGeneratedOne(String name, boolean rule) {
    assertThat(isRule(name)).isEqualTo(rule);
  }

  /** At least three words, and not what PostgreSQL would call it. */
  private static boolean isRule(String tableAndName) {
    String name = tableAndName.substring(tableAndName.indexOf(' ') + 1);
    return name.matches("[a-z0-9]+(_[a-z0-9]+){2,}")
        && !name.matches(".*_(check|key|fkey|pkey|excl|unique)\\d*")
        && name.length() < 64;
  }

  @Test
  void primaryKeys_areRulesOrPlainIds() {
    List<String> generated =
        jdbc.queryForList(
            "select pg_get_constraintdef(k.oid) from pg_constraint k join pg_class c on c.oid = k.conrelid"
                + " where k.connamespace = 'public'::regnamespace and k.contype = 'p'"
                + " and k.conname like '%\\_pkey' and c.relname <> 'flyway_schema_history'",
            String.class);
    assertThat(Set.copyOf(generated))
        .as("a key of several columns states a rule")
        .containsExactlyInAnyOrder(
            "PRIMARY KEY (id)",
            "PRIMARY KEY (job)",
            "PRIMARY KEY (source)",
            "PRIMARY KEY (only_row)");
  }

  @Test
  void tables_haveAPrimaryKey() {
    assertThat(
            jdbc.queryForList(
                "select relname from pg_class c where relkind = 'r' and relnamespace = 'public'::regnamespace"
                    + " and not exists (select 1 from pg_constraint k where k.conrelid = c.oid and k.contype = 'p')",
                String.class))
        .isEmpty();
  }

  @Test
  void foreignKeys_sayWhatADeleteDoes() {
    List<Map<String, Object>> keys =
        jdbc.queryForList(
            "select conrelid::regclass::text || ' ' || conname as name, confdeltype::text as action"
                + " from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace");
    assertThat(keys).hasSizeGreaterThan(8);
    assertThat(keys)
        .as("a is 'no action', which is what is meant when nobody thought of it")
        .noneMatch(key -> key.get("action").equals("a"));
  }

  @Test
  void foreignKeys_areBackedByAnIndex() {
    assertThat(
            jdbc.queryForList(
                "select k.conrelid::regclass::text || ' ' || k.conname from pg_constraint k"
                    + " where k.contype = 'f' and k.connamespace = 'public'::regnamespace"
                    + " and not exists (select 1 from pg_index i where i.indrelid = k.conrelid"
                    + "  and (i.indkey::int2[])[0] = k.conkey[1])",
                String.class))
        .as("else each delete of a parent reads the whole table")
        .isEmpty();
  }

  @Test
  void columns_areTextAndInstantsWithoutLengthsEnumsOrZonelessTimes() {
    assertThat(
            jdbc.queryForList(
                "select c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)"
                    + " from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0"
                    + " join pg_type t on t.oid = a.atttypid"
                    + " where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace"
                    + " and c.relname <> 'flyway_schema_history'"
                    + " and (t.typname in ('varchar', 'bpchar', 'timestamp', 'json', 'money', 'timetz') or t.typtype = 'e')",
                String.class))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "insert into shows (id, name, status) values (gen_random_uuid(), 'x', 'canceled') | show_status_is_known",
        "insert into venues (id, name) values (gen_random_uuid(), '') | venue_name_has_1_to_10000_characters",
        "insert into venues (id, name, latitude) values (gen_random_uuid(), 'x', 1) | venue_has_both_coordinates_or_none",
        "insert into paused_jobs (job) values (null) | null value in column"
      })
  void errorOfTheDatabase_readsAsTheRule(String statement, String rule) {
    assertThatThrownBy(() -> jdbc.update(statement))
        .isInstanceOf(DataIntegrityViolationException.class)
        .hasMessageContaining(rule);
  }

  // --- The release before -----------------------------------------------------------------------

  private static final int FIRST_THAT_ONLY_ADDS = 102;

  /** What the release before cannot live with, as far as the text of a migration shows it. */
  private static boolean takesAway(String migration) {
    return migration
        .replaceAll("(?m)--.*$", "")
        .toLowerCase(java.util.Locale.ROOT)
        .matches(
            "(?s).*(\\bdrop\\s+(table|column|view|schema|function)\\b"
                + "|\\brename\\s+(to|column|constraint)\\b"
                + "|\\balter\\s+(column\\s+)?\\w+\\s+(set\\s+data\\s+)?type\\b"
                + "|\\balter\\s+(column\\s+)?\\w+\\s+set\\s+not\\s+null\\b"
                + "|\\badd\\s+column\\s+(?![^,;]*\\bdefault\\b)[^,;]*\\bnot\\s+null\\b).*");
  }

  @Test
  void newMigrations_workWithTheReleaseBefore() throws IOException {
    try (var files = Files.list(Path.of("src/main/resources/db/migration"))) {
      for (Path file : files.toList()) {
        int number = Integer.parseInt(file.getFileName().toString().replaceAll("^V|__.*", ""));
        if (number >= FIRST_THAT_ONLY_ADDS) {
          assertThat(takesAway(Files.readString(file))).as(file.toString()).isFalse();
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "create table a (b text) | false",
        "alter table a add column b text | false",
        "alter table a add column b text not null default 'x' | false",
        "create or replace function f() returns void | false",
        "-- drop table a | false",
        "alter table a add column b text not null | true",
        "alter table a drop column b | true",
        "drop table a | true",
        "alter table a rename to b | true",
        "alter table a rename column b to c | true",
        "alter table a alter column b type integer | true",
        "alter table a alter b set not null | true"
      })
  void migrationThatTakesSomethingAway_isTold(String migration, boolean takes) {
    assertThat(takesAway(migration)).isEqualTo(takes);
  }
}
