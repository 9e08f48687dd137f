package dev.backline.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads runs and pauses jobs. */
public final class Runs {
  private static final String COLUMNS =
      "id, job, status, fetched, inserted, updated, unchanged, rejected, dead, skipped, superseded,"
          + " balanced, error, result, created_at, started_at, completed_at";

  private final JdbcTemplate jdbc;

  public Runs(DataSource dataSource) {
    this.jdbc = new JdbcTemplate(dataSource);
  }

  public Optional<Run> find(UUID id) {
    return jdbc
        .query("select " + COLUMNS + " from sync_jobs where id = ?", (row, i) -> run(row), id)
        .stream()
        .findFirst();
  }

  /** The newest run of a job. */
  public Optional<Run> last(String job) {
    return jdbc
        .query(
            "select " + COLUMNS + " from sync_jobs where job = ? order by created_at desc limit 1",
            (row, i) -> run(row),
            job)
        .stream()
        .findFirst();
  }

  /** Runs that have not ended, oldest first. */
  public List<Run> open() {
    return jdbc.query(
        "select "
            + COLUMNS
            + " from sync_jobs where status in ('pending', 'in_progress') order by created_at",
        (row, i) -> run(row));
  }

  public List<Run> recent(int limit) {
    return jdbc.query(
        "select " + COLUMNS + " from sync_jobs order by created_at desc limit ?",
        (row, i) -> run(row),
        limit);
  }

  /**
   * How far a run is. A request weighs as much as it holds among those beside it; one that was cut
   * gives its weight to its parts, so that cutting it moves nothing; one that led to others keeps
   * the weight of one of them.
   */
  public Progress progress(UUID run) {
    return jdbc.queryForObject(
        "with recursive seen as ("
            + "  select request_n as n, record_kind, sum(cardinality(ids)) as records from source_pages"
            + "  where run_id = ? group by 1, 2),"
            + " request as ("
            + "  select r.n, r.parent_n, r.state, case when r.state in ('done', 'failed') then 1"
            + "    when r.total > 0 then least(1, coalesce(sum(s.records), 0) / r.total) else 0 end as share,"
            + "   greatest(case when r.state in ('done', 'failed') then coalesce(r.total, sum(s.records), 0)"
            + "    else r.total end, case when r.total is not null or r.state in ('done', 'failed') then 1 end) as holds"
            + "  from sync_requests r left join seen s on s.n = r.n"
            + "   and (s.record_kind = r.record_kind or r.source = 'stored')"
            + "  where r.run_id = ? group by r.run_id, r.n),"
            + " guessed as ("
            + "  select n, parent_n, state, share,"
            + "   coalesce(holds, avg(holds) over (partition by parent_n), 1) as holds from request),"
            + " weighed as ("
            + "  select n, parent_n, state, share, holds / sum(holds) over (partition by parent_n) as part"
            + "  from guessed),"
            + " parents as (select parent_n as n, count(*) as children from request group by 1),"
            + " kept as ("
            + "  select w.*, case when p.n is null then 1 when w.state = 'split' then 0"
            + "   else 1.0 / (1 + p.children) end as own from weighed w left join parents p on p.n = w.n),"
            + " weight as ("
            + "  select n, share, part, own from kept where parent_n is null"
            + "  union all select c.n, c.share, p.part * (1 - p.own) * c.part, c.own"
            + "  from weight p join kept c on c.parent_n = p.n)"
            + " select (select count(*) from sync_requests where run_id = ?) as requests,"
            + " (select count(*) from sync_requests where run_id = ? and state in ('done', 'split', 'failed')) as done,"
            + " (select coalesce(sum(records), 0) from seen) as records,"
            + " (select count(*) from source_records where run_id = ? and state = 'landed') as landed,"
            + " (select coalesce(sum(part * own * share), 0) from weight where not exists"
            + "   (select 1 from request where parent_n is null and holds is null)) as share,"
            + " coalesce((select string_agg(distinct q.source || ' is parked until '"
            + "    || to_char(q.blocked_until at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC: ' || q.reason, '; ')"
            + "  from source_quota q join sync_requests r on r.source = q.source"
            + "  where r.run_id = ? and r.state = 'planned' and q.blocked_until > now()),"
            + " (select 'all that is left waits until '"
            + "    || to_char(min(r.not_before) at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC: ' || min(r.note)"
            + "  from sync_requests r where r.run_id = ? and r.state in ('planned', 'running')"
            + "  having min(r.not_before) > now() + interval '1 hour')) as waiting,"
            + " (select r.note from sync_requests r where r.run_id = ? and r.state = 'planned' and r.not_before > now()"
            + "   and r.note is not null order by r.not_before limit 1) as held_up",
        (row, i) ->
            new Progress(
                row.getLong("requests"),
                row.getLong("done"),
                row.getLong("records"),
                row.getLong("landed"),
                row.getDouble("share"),
                row.getString("waiting"),
                row.getString("held_up")),
        run,
        run,
        run,
        run,
        run,
        run,
        run,
        run);
  }

  /** What a step of a run has to say; empty where there is no such step. */
  public Optional<String> message(UUID run, String step) {
    return jdbc
        .queryForList(
            "select message from sync_progress where job_id = ? and step = ? and message is not null",
            String.class,
            run,
            step)
        .stream()
        .findFirst();
  }

  /** How many different records of a kind the pages of some runs showed. */
  public long seen(List<UUID> runs, String source, String recordKind) {
    Long count =
        jdbc.queryForObject(
            "select count(distinct x.id) from source_pages p, unnest(p.ids) as x (id)"
                + " where p.run_id = any (?) and p.source = ? and p.record_kind = ?",
            Long.class,
            runs.toArray(UUID[]::new),
            source,
            recordKind);
    return count == null ? 0 : count;
  }

  public boolean paused(String job) {
    Integer count =
        jdbc.queryForObject("select count(*) from paused_jobs where job = ?", Integer.class, job);
    return count != null && count > 0;
  }

  /** Keeps a job from being started by its schedule, on all nodes. */
  public void pause(String job) {
    jdbc.update("insert into paused_jobs (job) values (?) on conflict do nothing", job);
  }

  /** Lets it start again; what it has missed while it was paused is not made up for. */
  public void resume(String job) {
    jdbc.update(
        "with resumed as (delete from paused_jobs where job = ? returning job)"
            + " insert into job_ticks (job, fire_time, node) select job, now(), 'resumed' from resumed",
        job);
  }

  private static Run run(ResultSet row) throws SQLException {
    return new Run(
        row.getObject("id", UUID.class),
        row.getString("job"),
        row.getString("status"),
        row.getLong("fetched"),
        row.getLong("inserted"),
        row.getLong("updated"),
        row.getLong("unchanged"),
        row.getLong("rejected"),
        row.getLong("dead"),
        row.getLong("skipped"),
        row.getLong("superseded"),
        row.getObject("balanced", Boolean.class),
        row.getString("error"),
        row.getString("result"),
        instant(row, "created_at"),
        instant(row, "started_at"),
        instant(row, "completed_at"));
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp time = row.getTimestamp(column);
    return time == null ? null : time.toInstant();
  }
}
