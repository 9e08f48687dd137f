package dev.backline.store;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What commands show of the database. */
public final class Overview {
  /** Tables whose rows a run writes: the catalogue and the record store. */
  private static final List<String> WRITTEN =
      List.of(
          "artists",
          "venues",
          "shows",
          "show_artists",
          "show_offers",
          "songs",
          "song_recordings",
          "setlists",
          "setlist_songs",
          "tours",
          "tour_venues",
          "identity_pairs",
          "venue_network",
          "source_links",
          "identity_keys",
          "source_records",
          "dead_letters");

  private static final int LOOK_EVERY_MS = 200;

  private final JdbcTemplate jdbc;

  public Overview(DataSource dataSource) {
    this.jdbc = new JdbcTemplate(dataSource);
  }

  /**
   * Rows of the catalogue's tables, by table; an empty setlist, of which nothing is known, is none.
   */
  public Map<String, Long> catalogue() {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (String table :
        List.of(
            "artists",
            "venues",
            "shows",
            "show_artists",
            "show_offers",
            "songs",
            "setlists",
            "setlist_songs",
            "tours")) {
      String counted = table.equals("setlists") ? "setlists where known" : table;
      counts.put(table, jdbc.queryForObject("select count(*) from " + counted, Long.class));
    }
    return counts;
  }

  /**
   * One number for each table that changes when any row of it is written, even with the same
   * values: it is made of where each row stands and which transaction wrote it.
   */
  public Map<String, String> physical() {
    Map<String, String> marks = new LinkedHashMap<>();
    for (String table : WRITTEN) {
      marks.put(
          table,
          jdbc.queryForObject(
              "select count(*) || ':' || coalesce(sum(hashtextextended(ctid::text || xmin::text, 0)), 0)"
                  + " from "
                  + table,
              String.class));
    }
    return marks;
  }

  /** Waits until the flow has applied every landed record. */
  public void awaitNoneLanded() throws InterruptedException {
    while (jdbc.queryForObject(
            "select count(*) from source_records where state = 'landed'", Long.class)
        > 0) {
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
    }
  }

  /** Records by source, kind and state. */
  public List<Map<String, Object>> records() {
    return jdbc.queryForList(
        "select source, record_kind as kind, state, count(*) as records from source_records"
            + " group by 1, 2, 3 order by 1, 2, 3");
  }

  /**
   * Each job over the runs that are kept: how many have ended, the share that failed, the mean time
   * between failures (seconds from the first of them until now, by failure; null without one), and
   * the median and last duration in seconds.
   */
  public List<Map<String, Object>> reliability() {
    return jdbc.queryForList(
        "select job, count(*) as runs, count(*) filter (where status = 'failed') as failed,"
            + " round(avg(case when status = 'failed' then 1.0 else 0 end), 3) as failed_share,"
            + " round(extract(epoch from now() - min(created_at))"
            + "  / nullif(count(*) filter (where status = 'failed'), 0)) as seconds_between_failures,"
            + " round(cast(percentile_cont(0.5) within group (order by"
            + "  extract(epoch from completed_at - coalesce(started_at, created_at))) as numeric), 1) as median_seconds,"
            + " round((array_agg(extract(epoch from completed_at - coalesce(started_at, created_at))"
            + "  order by completed_at desc))[1], 1) as last_seconds"
            + " from sync_jobs where status in ('completed', 'partial', 'failed') group by job order by job");
  }

  /** What each source still allows, how fast that is used, and when it will be spent. */
  public List<Map<String, Object>> quotas() {
    return jdbc.queryForList(
        "select source, used, daily_limit, remaining, round(calls_an_hour::numeric) as calls_an_hour, planned, dry_at,"
            + " pace, blocked_until, coalesce(reason, (select 'until ' || to_char(r.not_before at time zone 'UTC',"
            + "   'YYYY-MM-DD HH24:MI') || ' UTC some requests wait: ' || r.note from sync_requests r where r.source = b.source"
            + "   and r.state = 'planned' and r.not_before > now() and r.note is not null"
            + "   order by r.not_before limit 1)) as reason, breaker, breaker_since"
            + " from source_budget b order by source");
  }

  /** Which schema the database has: version, migrations, tables, functions and environment. */
  public Map<String, Object> schema() {
    return jdbc.queryForMap(
        "select (select version from flyway_schema_history where success order by installed_rank desc limit 1) as version,"
            + " (select count(*) from flyway_schema_history where success) as migrations,"
            + " (select count(*) from pg_tables where schemaname = 'public') as tables,"
            + " (select count(*) from pg_proc p join pg_namespace n on n.oid = p.pronamespace"
            + "   where n.nspname = 'public' and p.prolang <> 12 and p.prolang <> 13) as functions,"
            + " (select environment from installation) as environment");
  }

  /** Nodes that are at work, with their roles and workers, longest first. */
  public List<Map<String, Object>> nodes() {
    return jdbc.queryForList(
        "select name as node, array_to_string(roles, ',') as roles, array_to_string(workers, ',') as workers,"
            + " started_at, seen_at from nodes order by started_at, name");
  }

  /** Workers that run on any node, by name. */
  public List<String> workers() {
    return jdbc.queryForList("select distinct unnest(workers) from nodes order by 1", String.class);
  }

  /** Tasks by worker: waiting, active, completed, failed and delayed. */
  public List<Map<String, Object>> tasks() {
    return jdbc.queryForList("select * from worker_tasks order by worker");
  }

  /** What sources do not serve us, by source. */
  public Map<String, String> notServed() {
    Map<String, String> features = new LinkedHashMap<>();
    jdbc.query(
        "select source, string_agg(feature, ', ' order by feature) as features from source_features"
            + " where not served group by source order by source",
        row -> {
          features.put(row.getString("source"), row.getString("features"));
        });
    return features;
  }

  /** What changed of shows in the last hours, newest first. */
  public List<Map<String, Object>> changes(int hours, int limit) {
    return jdbc.queryForList(
        "select c.changed_at, c.show_id, s.name as show, c.field, c.was, c.is_now, c.run_id as run"
            + " from show_changes c join shows s on s.id = c.show_id"
            + " where c.changed_at >= now() - make_interval(hours => ?)"
            + " order by c.changed_at desc, c.id desc limit ?",
        hours,
        limit);
  }

  /** How many shows have changed in the last hours. */
  public long changedShows(int hours) {
    return jdbc.queryForObject(
        "select count(distinct show_id) from show_changes"
            + " where changed_at >= now() - make_interval(hours => ?)",
        Long.class,
        hours);
  }

  /** The ten largest tables. */
  public List<Map<String, Object>> largest() {
    return jdbc.queryForList(
        "select c.relname as table, pg_total_relation_size(c.oid) as bytes, greatest(c.reltuples, 0)::bigint as rows"
            + " from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace"
            + " order by 2 desc limit 10");
  }

  /** How many stored records a remap takes up; null for all kinds. */
  public long remappable(String source, String kind) {
    return jdbc.queryForObject(
        "select count(*) from source_records where source = ? and (?::text is null or record_kind = ?)"
            + " and state <> 'landed' and not held_back",
        Long.class,
        source,
        kind,
        kind);
  }

  /** Stored records, newest change first. Null filters match everything. */
  public List<Map<String, Object>> records(String source, String kind, String state, int limit) {
    return jdbc.queryForList(
        "select source, record_kind as kind, source_id as id, state, error, last_changed from source_records"
            + " where (?::text is null or source = ?) and (?::text is null or record_kind = ?)"
            + " and (?::text is null or state = ?) order by last_changed desc, source_id limit ?",
        source,
        source,
        kind,
        kind,
        state,
        state,
        limit);
  }

  /**
   * One stored record with its raw bytes (zstd) and the entity it belongs to; empty if unknown.
   *
   * @param entityKind what the catalogue makes of this kind of record: artist, venue or show
   */
  public List<Map<String, Object>> record(
      String source, String kind, String id, String entityKind) {
    return jdbc.query(
        "select r.source, r.record_kind as kind, r.source_id as id, r.state, r.error, r.attempts, r.first_seen,"
            + " r.last_changed, r.run_id, r.raw, l.entity_kind, l.entity_id, l.method,"
            + " case l.entity_kind when 'show' then (select row_to_json(s) from shows s where s.id = l.entity_id)"
            + "  when 'artist' then (select row_to_json(a) from artists a where a.id = l.entity_id)"
            + "  when 'venue' then (select row_to_json(v) from venues v where v.id = l.entity_id) end as entity"
            + " from source_records r left join source_links l on l.source = r.source"
            + " and l.source_id = r.source_id and l.entity_kind = ?"
            + " where r.source = ? and r.record_kind = ? and r.source_id = ?",
        (row, i) -> recordRow(row),
        entityKind,
        source,
        kind,
        id);
  }

  private static Map<String, Object> recordRow(ResultSet row) throws java.sql.SQLException {
    Map<String, Object> values = new LinkedHashMap<>();
    for (String column :
        List.of(
            "source",
            "kind",
            "id",
            "state",
            "error",
            "attempts",
            "first_seen",
            "last_changed",
            "run_id",
            "entity_kind",
            "entity_id",
            "method")) {
      values.put(column, row.getObject(column));
    }
    String entity = row.getString("entity");
    values.put("entity", entity == null ? null : entity.getBytes(StandardCharsets.UTF_8));
    values.put("raw", row.getBytes("raw"));
    return values;
  }
}
