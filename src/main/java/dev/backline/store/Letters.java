package dev.backline.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Dead letters: what failed, until it is replayed or discarded. */
public final class Letters {
  /**
   * Which open letters are meant.
   *
   * @param letter one letter; null for all
   * @param cause letters of one cause; null for all
   */
  public record Selection(Long letter, String cause) {}

  /** What editing or discarding a letter came to. */
  public enum Outcome {
    DONE,
    /** The letter is open no more. */
    CLOSED,
    /** The record's newest version is not the one that failed, or it is being applied. */
    MOVED_ON
  }

  /** Waits for a change of the same row as long as the pool's sessions do. */
  private final JdbcTemplate jdbc;

  public Letters(DataSource dataSource) {
    this.jdbc = new JdbcTemplate(dataSource);
  }

  /**
   * Letters by cause, the cause with the newest letter first; each with its number and its newest
   * letter. Causes are found one by one through the index, however many letters there are.
   */
  public List<Map<String, Object>> groups(String state, int limit) {
    return jdbc.queryForList(
        "with recursive causes (cause) as ("
            + "  (select cause from dead_letters where state = ? order by cause limit 1)"
            + "  union all"
            + "  select (select d.cause from dead_letters d where d.state = ? and d.cause > c.cause"
            + "    order by d.cause limit 1) from causes c where c.cause is not null)"
            + " select c.cause, n.letters, newest.last_failed as newest, newest.id as example_id,"
            + "  newest.source, newest.record_kind as kind, newest.error as example"
            + " from causes c"
            + " cross join lateral (select count(*) as letters from dead_letters d"
            + "   where d.state = ? and d.cause = c.cause) n"
            + " cross join lateral (select d.* from dead_letters d where d.state = ? and d.cause = c.cause"
            + "   order by d.last_failed desc, d.id desc limit 1) newest"
            + " order by newest.last_failed desc, c.cause limit ?",
        state,
        state,
        state,
        state,
        limit);
  }

  /** The letters of one cause, newest first. */
  public List<Map<String, Object>> of(String cause, String state, int limit) {
    return jdbc.queryForList(
        "select id, source, record_kind as kind, source_id, route, attempts, first_failed, last_failed, state, error"
            + " from dead_letters where state = ? and cause = ? order by last_failed desc, id desc limit ?",
        state,
        cause,
        limit);
  }

  /**
   * One letter with all it holds, and where the record stands today: its state, fingerprint and raw
   * bytes (zstd), null for a request.
   */
  public Optional<Map<String, Object>> find(long id) {
    return jdbc
        .query(
            "select d.id, d.state, d.route, d.source, d.record_kind as kind, d.source_id, d.entity_kind,"
                + " d.entity_id, d.run_id, d.upstream_status, d.cause, d.error, d.attempts, d.first_failed,"
                + " d.last_failed, d.payload, r.state as record_state, r.fingerprint, r.raw"
                + " from dead_letters d left join source_records r"
                + " on r.source = d.source and r.record_kind = d.record_kind and r.source_id = d.source_id"
                + " where d.id = ?",
            (row, i) -> letter(row),
            id)
        .stream()
        .findFirst();
  }

  private static Map<String, Object> letter(ResultSet row) throws SQLException {
    Map<String, Object> letter = new LinkedHashMap<>();
    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
      letter.put(row.getMetaData().getColumnLabel(i), row.getObject(i));
    }
    return letter;
  }

  /** How many open letters of records are meant, by source. */
  public Map<String, Long> records(Selection selection) {
    return counts("record_kind <> 'request'", selection);
  }

  /** How many open letters of requests are meant, by source. */
  public Map<String, Long> requests(Selection selection) {
    return counts("record_kind = 'request'", selection);
  }

  private Map<String, Long> counts(String which, Selection selection) {
    Map<String, Long> counts = new LinkedHashMap<>();
    jdbc.query(
        "select source, count(*) as letters from dead_letters where state = 'open' and "
            + which
            + " and (?::bigint is null or id = ?) and (?::text is null or cause = ?)"
            + " group by source order by source",
        row -> {
          counts.put(row.getString("source"), row.getLong("letters"));
        },
        selection.letter(),
        selection.letter(),
        selection.cause(),
        selection.cause());
    return counts;
  }

  /**
   * Puts an edited payload in the place of what the source sent. The record keeps the fingerprint
   * of the source's version: the same version coming again does not undo the edit, a newer one
   * does.
   *
   * @param raw the payload as records are stored (zstd); null for a request, which has no record
   */
  public Outcome edit(long id, byte[] fingerprint, byte[] raw, String payload) {
    int edited =
        raw == null
            ? jdbc.update(
                "update dead_letters set payload = ? where id = ? and state = 'open'", payload, id)
            : jdbc.update(
                "with edited as ("
                    + " update source_records r set raw = ? from dead_letters d"
                    + " where d.id = ? and d.state = 'open' and r.source = d.source"
                    + "  and r.record_kind = d.record_kind and r.source_id = d.source_id"
                    + "  and r.state = 'dead' and r.fingerprint = ? returning d.id)"
                    + " update dead_letters d set payload = ? from edited e where d.id = e.id",
                raw,
                id,
                fingerprint,
                payload);
    return edited == 1 ? Outcome.DONE : isOpen(id) ? Outcome.MOVED_ON : Outcome.CLOSED;
  }

  /** Takes a letter from the list for good; its record stays dead until its source changes it. */
  public Outcome discard(long id) {
    int discarded =
        jdbc.update(
            "update dead_letters set state = 'discarded' where id = ? and state = 'open'", id);
    return discarded == 1 ? Outcome.DONE : Outcome.CLOSED;
  }

  private boolean isOpen(long id) {
    return !jdbc.queryForList("select 1 from dead_letters where id = ? and state = 'open'", id)
        .isEmpty();
  }
}
