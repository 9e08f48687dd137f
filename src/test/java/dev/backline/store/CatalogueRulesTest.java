package dev.backline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What the catalogue's tables refuse, how they are related and what is found fast (S59, S68, S158).
 */
class CatalogueRulesTest {
  private static final String ROWS =
      """
      insert into artists (id, name, mbid, spotify_id, ticketmaster_id, bandsintown_id) values
        ('00000000-0000-4000-8000-000000000001', 'Ada', '3f2a1b0c-9d8e-4c7b-a6f5-0123456789ab',
         '0123456789abcdefghijkl', 'tm-a', 'bit-a');
      insert into venues (id, name, city, ticketmaster_id, setlistfm_id) values
        ('00000000-0000-4000-8000-000000000002', 'Hall', 'London', 'tm-v', 'sl-v');
      insert into shows (id, name, status, venue_id, headliner_id, local_date, ticketmaster_id, setlistfm_id, bandsintown_id)
      values ('00000000-0000-4000-8000-000000000003', 'Ada live', 'on_sale', '00000000-0000-4000-8000-000000000002',
        '00000000-0000-4000-8000-000000000001', '2027-03-04', 'tm-s', 'sl-s', 'bit-s');
      insert into show_artists values
        ('00000000-0000-4000-8000-000000000003', '00000000-0000-4000-8000-000000000001', 0);
      insert into songs (id, artist_id, title, normalized_title) values
        ('00000000-0000-4000-8000-000000000004', '00000000-0000-4000-8000-000000000001', 'One', 'one');
      insert into song_recordings (id, artist_id, song_id, source, source_id, title, song_title, title_key, kind, score) values
        ('00000000-0000-4000-8000-000000000008', '00000000-0000-4000-8000-000000000001',
         '00000000-0000-4000-8000-000000000004', 'spotify', 't-1', 'One', 'One', 'one', 'studio', 0.9);
      insert into setlists (id, show_id, kind) values
        ('00000000-0000-4000-8000-000000000005', '00000000-0000-4000-8000-000000000003', 'predicted');
      insert into setlist_songs (id, setlist_id, song_id, position) values
        ('00000000-0000-4000-8000-000000000006', '00000000-0000-4000-8000-000000000005',
         '00000000-0000-4000-8000-000000000004', 0);
      insert into users (id) values ('00000000-0000-4000-8000-000000000007');
      insert into user_votes (user_id, setlist_song_id) values
        ('00000000-0000-4000-8000-000000000007', '00000000-0000-4000-8000-000000000006');
      """;

  private static Database database;
  private static JdbcTemplate jdbc;

  @BeforeAll
  static void open() {
    database =
        Database.open(
            TestNode.settings(Postgres.create(), URI.create("http://127.0.0.1:9/"), Map.of()));
    jdbc = new JdbcTemplate(database.pool());
    jdbc.execute(ROWS);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void progress_goesWithItsRunAndHasOneForeignKey() {
    jdbc.update(
        "insert into sync_jobs (id, job) values ('00000000-0000-4000-8000-0000000000f0', 'x')");
    jdbc.update(
        "insert into sync_progress (job_id, step) values"
            + " ('00000000-0000-4000-8000-0000000000f0', 'fetching')");
    assertThat(
            jdbc.queryForObject(
                "select count(*) from pg_constraint where contype = 'f'"
                    + " and conrelid = 'sync_progress'::regclass and confrelid = 'sync_jobs'::regclass",
                Long.class))
        .isEqualTo(1);

    jdbc.update("delete from sync_jobs where id = '00000000-0000-4000-8000-0000000000f0'");

    assertThat(jdbc.queryForObject("select count(*) from sync_progress", Long.class)).isZero();
  }

  /** MusicBrainz joins artists again and again: every old id leads to the newest one. */
  @Test
  void mbidRedirects_leadToTheEndWithoutChainsOrCircles() {
    String a = "aaaaaaaa-9d8e-4c7b-a6f5-0123456789ab";
    String b = a.replace('a', 'b');
    String c = a.replace('a', 'c');
    String redirect = "select redirect_mbid(?, ?, 'test')";
    assertThat(jdbc.queryForObject(redirect, Boolean.class, a, b)).isTrue();
    assertThat(jdbc.queryForObject(redirect, Boolean.class, b, c)).isTrue();
    assertThat(jdbc.queryForObject(redirect, Boolean.class, a, b)).as("known").isFalse();
    assertThat(redirects()).containsExactly(a + ' ' + c, b + ' ' + c);

    assertThat(jdbc.queryForObject(redirect, Boolean.class, c, a)).as("the newer word").isTrue();
    assertThat(redirects()).containsExactly(b + ' ' + a, c + ' ' + a);
    assertThat(jdbc.queryForObject(redirect, Boolean.class, a, a)).isFalse();
    jdbc.update("delete from mbid_redirects");
  }

  private static List<String> redirects() {
    return jdbc.queryForList(
        "select old_mbid || ' ' || mbid from mbid_redirects order by 1", String.class);
  }

  @ParameterizedTest
  @CsvSource({
    "artists,       mbid,                      mbid_names_one_artist",
    "artists,       spotify_id,                spotify_id_names_one_artist",
    "artists,       ticketmaster_id,           ticketmaster_id_names_one_artist",
    "artists,       bandsintown_id,            bandsintown_id_names_one_artist",
    "venues,        ticketmaster_id,           ticketmaster_id_names_one_venue",
    "venues,        setlistfm_id,              setlistfm_id_names_one_venue",
    "shows,         ticketmaster_id,           ticketmaster_id_names_one_show",
    "shows,         setlistfm_id,              setlistfm_id_names_one_show",
    "shows,         bandsintown_id,            bandsintown_id_names_one_show",
    "songs,         artist_id+normalized_title, artist_has_a_song_once",
    "song_recordings, source+source_id,        source_names_a_recording_once",
    "setlists,      show_id+kind,              show_has_one_setlist_of_a_kind",
    "setlist_songs, setlist_id+song_id+position, setlist_position_is_taken_once",
    "show_artists,  show_id+artist_id,         artist_is_once_in_a_line_up",
    "user_votes,    user_id+setlist_song_id,   votes_once_per_user_and_song"
  })
  void aSecondRow_isRefusedByTheRule(String table, String key, String rule) {
    // The row once more, under a new id.
    String columns = required(table, key);
    String id = columns.startsWith("id,") ? "gen_random_uuid()," : "";
    String values = columns.startsWith("id,") ? columns.substring("id,".length()) : columns;
    String copy =
        "insert into " + table + " (" + columns + ") select " + id + values + " from " + table;
    assertThatThrownBy(() -> jdbc.update(copy))
        .isInstanceOf(DuplicateKeyException.class)
        .hasMessageContaining(rule);
  }

  /** The columns that a copy needs: id, what must not be null, and the columns of the rule. */
  private static String required(String table, String key) {
    return jdbc.queryForObject(
        "select string_agg(column_name, ',' order by (column_name <> 'id'), ordinal_position)"
            + " from information_schema.columns where table_schema = 'public' and table_name = ?"
            + " and ((is_nullable = 'NO' and column_default is null) or column_name = any (?))",
        String.class,
        table,
        key.split("\\+"));
  }

  @ParameterizedTest
  @CsvSource({
    "artists, name",
    "venues,  name",
    "venues,  city",
    "shows,   venue_id",
    "shows,   local_date",
    "songs,   title"
  })
  void aSecondRowThatOnlyLooksAlike_isTaken(String table, String alike) {
    String columns = required(table, alike);
    String values = columns.substring("id,".length()).replace("normalized_title", "'other ' || id");
    try (var rollback = new Rollback()) {
      assertThat(
              rollback.update(
                  "insert into "
                      + table
                      + " ("
                      + columns
                      + ") select gen_random_uuid(),"
                      + values
                      + " from "
                      + table))
          .isEqualTo(1);
    }
  }

  /** A connection whose changes are not kept. */
  private static final class Rollback implements AutoCloseable {
    private final java.sql.Connection connection;

    Rollback() {
      try {
        connection = database.pool().getConnection();
        connection.setAutoCommit(false);
      } catch (java.sql.SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    int update(String sql) {
      try (var statement = connection.createStatement()) {
        return statement.executeUpdate(sql);
      } catch (java.sql.SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      try (connection) {
        connection.rollback();
      } catch (java.sql.SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "shows,         headliner_id,    artists,       n",
    "shows,         venue_id,        venues,        n",
    "show_artists,  show_id,         shows,         c",
    "show_artists,  artist_id,       artists,       c",
    "songs,         artist_id,       artists,       c",
    "songs,         cover_of,        artists,       n",
    "song_recordings, artist_id,     artists,       c",
    "song_recordings, song_id,       songs,         n",
    "setlists,      show_id,         shows,         c",
    "setlist_songs, setlist_id,      setlists,      c",
    "setlist_songs, song_id,         songs,         c",
    "user_votes,    user_id,         users,         c",
    "user_votes,    setlist_song_id, setlist_songs, c"
  })
  void tables_areRelated(String table, String column, String parent, String onDelete) {
    assertThat(
            jdbc.queryForList(
                "select k.confrelid::regclass::text || ' ' || k.confdeltype::text from pg_constraint k"
                    + " join pg_attribute a on a.attrelid = k.conrelid and k.conkey = array[a.attnum]"
                    + " where k.contype = 'f' and k.conrelid = ?::regclass and a.attname = ?",
                String.class,
                table,
                column))
        .containsExactly(parent + " " + onDelete);
  }

  @Test
  void linksOfTheCatalogue_areUuidsWithForeignKeys() {
    assertThat(
            jdbc.queryForList(
                "select c.relname || '.' || a.attname from pg_class c"
                    + " join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped"
                    + " where c.relname in ('artists', 'venues', 'shows', 'show_artists', 'songs', 'song_recordings', 'setlists',"
                    + "  'setlist_songs', 'users', 'user_votes') and c.relnamespace = 'public'::regnamespace"
                    + " and a.atttypid = 'uuid'::regtype and a.attname not in ('id', 'run_id')"
                    + " and not exists (select 1 from pg_constraint k where k.contype = 'f'"
                    + "  and k.conrelid = c.oid and k.conkey = array[a.attnum])",
                String.class))
        .as("uuid columns without a foreign key")
        .isEmpty();
    assertThat(
            jdbc.queryForList(
                "select distinct format_type(a.atttypid, null) from pg_constraint k"
                    + " join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey)"
                    + " where k.contype = 'f' and k.conrelid::regclass::text in ('shows', 'show_artists', 'songs',"
                    + "  'venues', 'setlists', 'setlist_songs', 'user_votes')",
                String.class))
        .as("types of linking columns")
        .containsExactly("uuid");
    assertThat(
            jdbc.queryForList(
                "select distinct data_type from information_schema.columns where table_schema = 'public'"
                    + " and table_name in ('artists', 'venues', 'shows', 'songs')"
                    + " and column_name in ('mbid', 'spotify_id', 'ticketmaster_id', 'bandsintown_id', 'setlistfm_id')",
                String.class))
        .as("ids of sources are attributes")
        .containsExactly("text");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shows_by_day | select id from shows where coalesce(local_date, date 'infinity') >= '2027-01-01' order by coalesce(local_date, date 'infinity'), id limit 20",
        "shows_by_venue | select id from shows where venue_id = '00000000-0000-4000-8000-000000000002' order by local_date",
        "shows_by_headliner | select id from shows where headliner_id = '00000000-0000-4000-8000-000000000001' order by local_date",
        "show_artists_by_artist | select show_id from show_artists where artist_id = '00000000-0000-4000-8000-000000000001'",
        "song_recordings_by_artist | select id from song_recordings where artist_id = '00000000-0000-4000-8000-000000000001'",
        "song_recordings_by_song | select id from song_recordings where song_id = '00000000-0000-4000-8000-000000000004'",
        "venues_by_city | select id from venues where lower(left(city, 200)) = 'london' order by id"
      })
  void frequentQueries_haveAnIndex(String index, String query) {
    assertThat(plan(query)).contains(index);
    assertThat(plan("select id from shows where url = 'x'")).doesNotContain("Index");
  }

  /** How a query is answered where reading the whole table is the last resort. */
  private static String plan(String query) {
    return jdbc.execute(
        (ConnectionCallback<String>)
            connection -> {
              StringBuilder plan = new StringBuilder();
              connection.setAutoCommit(false);
              try (var statement = connection.createStatement()) {
                statement.execute("set local enable_seqscan = off");
                try (var rows = statement.executeQuery("explain " + query)) {
                  while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                  }
                }
              } finally {
                connection.rollback();
                connection.setAutoCommit(true);
              }
              return plan.toString();
            });
  }

  @Test
  void jobTables_haveTheirIndexes() {
    assertThat(
            jdbc.queryForList(
                "select regexp_replace(indexdef, '.* ON public.([a-z_]+) USING btree (.*)', '\\1 \\2')"
                    + " from pg_indexes where schemaname = 'public'",
                String.class))
        .contains(
            "sync_jobs (status)",
            "sync_jobs (entity_type, entity_id)",
            "sync_jobs (priority, created_at)",
            "sync_progress (job_id, step)",
            "import_status (artist_id, started_at DESC)",
            "cron_logs (job_name, created_at)");
  }
}
