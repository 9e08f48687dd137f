package dev.backline.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
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

  /**
   * Which letters a list shows.
   *
   * @param state open, replayed or discarded
   * @param source null for all
   * @param kind a kind of record, or request; null for all
   */
  public record Filter(String state, String source, String kind) {}

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

  /** The groups that a filter leaves, from {@code letter_counts}: no letter is read for it. */
  private static final String COUNTED =
      "with counted as (select cause, source, record_kind, sum(letters) as letters from letter_counts"
          + " where state = ? and (?::text is null or source = ?) and (?::text is null or record_kind = ?)"
          + " and (?::text is null or cause = ?) group by 1, 2, 3 having sum(letters) > 0)";

  /**
   * Letters by cause, the cause with the newest letter first; each with its number and its newest
   * letter. Numbers are kept, and the newest found through the index, however many letters there
   * are.
   */
  public List<Map<String, Object>> groups(Filter filter, int limit) {
    return jdbc.queryForList(
        COUNTED
            + ", total as (select cause, sum(letters)::bigint as letters from counted group by cause),"
            + " newest as (select distinct on (c.cause) c.cause, n.* from counted c"
            + "  cross join lateral (select d.id, d.last_failed, d.source, d.record_kind, d.error"
            + "   from dead_letters d where d.state = ? and d.cause = c.cause and d.source = c.source"
            + "   and d.record_kind = c.record_kind order by d.last_failed desc, d.id desc limit 1) n"
            + "  order by c.cause, n.last_failed desc, n.id desc)"
            + " select n.cause, t.letters, n.last_failed as newest, n.id as example_id, n.source,"
            + " n.record_kind as kind, n.error as example"
            + " from newest n join total t on t.cause = n.cause"
            + " order by n.last_failed desc, n.cause limit ?",
        with(filter, null, filter.state(), limit));
  }

  /**
   * The letters of one cause, newest first.
   *
   * @param after only those behind this letter in the list; null for the first page
   */
  public List<Map<String, Object>> of(String cause, Filter filter, Long after, int limit) {
    return jdbc.queryForList(
        COUNTED
            + " select d.id, d.source, d.record_kind as kind, d.source_id, d.route, d.attempts, d.first_failed,"
            + " d.last_failed, d.state, d.error from counted c"
            + " cross join lateral (select l.* from dead_letters l where l.state = ? and l.cause = c.cause"
            + "  and l.source = c.source and l.record_kind = c.record_kind and (l.last_failed, l.id) <"
            + "   (coalesce((select a.last_failed from dead_letters a where a.id = ?::bigint), 'infinity'),"
            + "    coalesce(?::bigint, 9223372036854775807))"
            + "  order by l.last_failed desc, l.id desc limit ?) d"
            + " order by d.last_failed desc, d.id desc limit ?",
        with(filter, cause, filter.state(), after, after, limit, limit));
  }

  /** The parameters of {@link #COUNTED}, then more. */
  private static Object[] with(Filter filter, String cause, Object... more) {
    List<Object> all = new ArrayList<>();
    all.add(filter.state());
    for (String value : Arrays.asList(filter.source(), filter.kind(), cause)) {
      all.add(value);
      all.add(value);
    }
    all.addAll(Arrays.asList(more));
    return all.toArray();
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
    String of =
        selection.letter() == null
            ? "select source, sum(letters)::bigint as letters from letter_counts where state = 'open' and "
                + which
                + " and (?::text is null or cause = ?) group by source having sum(letters) > 0"
            : "select source, count(*) as letters from dead_letters where state = 'open' and "
                + which
                + " and (?::text is null or cause = ?) and id = ? group by source";
    List<Object> parameters = new ArrayList<>();
    parameters.add(selection.cause());
    parameters.add(selection.cause());
    if (selection.letter() != null) {
      parameters.add(selection.letter());
    }
    jdbc.query(
        of + " order by source",
        row -> {
          counts.put(row.getString("source"), row.getLong("letters"));
        },
        parameters.toArray());
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
    return discard(new Selection(id, null)) == 1 ? Outcome.DONE : Outcome.CLOSED;
  }

  /** Takes the open letters that are meant from the list for good; answers how many. */
  public int discard(Selection selection) {
    return jdbc.update(
        "update dead_letters set state = 'discarded' where state = 'open'"
            + " and (?::bigint is null or id = ?) and (?::text is null or cause = ?)",
        selection.letter(),
        selection.letter(),
        selection.cause(),
        selection.cause());
  }

  private boolean isOpen(long id) {
    return !jdbc.queryForList("select 1 from dead_letters where id = ? and state = 'open'", id)
        .isEmpty();
  }
}
