package dev.backline.store;

import dev.backline.Settings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What people decide about entities: which records are the same, and values that no source
 * overwrites. Each decision and the landing of the records it concerns are one transaction, so that
 * the flow divides them again for every decision that is stored.
 */
public final class Decisions {
  /** A record of an entity, by the id that its source gives. */
  public record Key(String source, String id) {
    /** Its name among all records of its kind, as identity orders them. */
    private String text() {
      return source + ' ' + id;
    }
  }

  /** Kinds of entities whose records people may join and part. */
  public static final List<String> KINDS = List.of("artist", "venue", "show");

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final Map<String, Map<String, String>> recordKinds;

  /**
   * @param recordKinds by entity kind and source: what the source calls the records of it
   */
  public Decisions(DataSource dataSource, Map<String, Map<String, String>> recordKinds) {
    this.jdbc = new JdbcTemplate(dataSource);
    this.transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    this.recordKinds = recordKinds;
  }

  public static Decisions of(DataSource dataSource, Settings settings) {
    return new Decisions(dataSource, recordKinds(settings));
  }

  /** What each source calls the records of an entity kind, by kind and source. */
  public static Map<String, Map<String, String>> recordKinds(Settings settings) {
    Map<String, Map<String, String>> kinds = new LinkedHashMap<>();
    for (String kind : KINDS) {
      Map<String, String> bySource = new LinkedHashMap<>();
      for (String source : settings.sources()) {
        settings.find(source + "." + kind + "-records").ifPresent(k -> bySource.put(source, k));
      }
      kinds.put(kind, bySource);
    }
    return kinds;
  }

  /** The records of an entity, in the order of their keys. */
  public List<Key> records(String kind, UUID entity) {
    return jdbc.query(
        "select source, source_id from source_links where entity_kind = ? and entity_id = ?"
            + " order by source, source_id",
        (row, i) -> new Key(row.getString(1), row.getString(2)),
        kind,
        entity);
  }

  /** MBIDs that the records of an entity name. */
  public List<String> mbids(String kind, UUID entity) {
    return jdbc.queryForList(
        "select distinct substr(k.key, 6) from source_links l join identity_keys k"
            + " on k.entity_kind = l.entity_kind and k.source = l.source and k.source_id = l.source_id"
            + " where l.entity_kind = ? and l.entity_id = ? and k.trusted and k.key like 'mbid:%'"
            + " order by 1",
        String.class, kind, entity);
  }

  /**
   * Why two entities can never be one: an MBID of each where they have different ones, else empty.
   */
  public List<String> apart(String kind, UUID one, UUID other) {
    List<String> left = mbids(kind, one);
    List<String> right = mbids(kind, other);
    boolean different = !left.isEmpty() && !right.isEmpty() && Collections.disjoint(left, right);
    return different ? List.of(left.get(0), right.get(0)) : List.of();
  }

  /**
   * As {@link #same(String, Key, Key)}; MusicBrainz has joined their MBIDs, the old ones lead to
   * the new one. At once: between the two the flow would join them by the MBID, and keep either.
   */
  public void same(String kind, Key keeper, Key other, List<String> old, String mbid) {
    transaction.executeWithoutResult(
        status -> {
          redirect(old, mbid);
          same(kind, keeper, other);
        });
  }

  private void redirect(List<String> old, String mbid) {
    old.forEach(
        each ->
            jdbc.queryForObject("select redirect_mbid(?, ?, 'person')", Boolean.class, each, mbid));
  }

  /**
   * Two records are the same. What was said before of the records of both entities being different
   * is taken back: the newer word counts.
   *
   * @param keeper the one whose entity goes on
   */
  public void same(String kind, Key keeper, Key other) {
    transaction.executeWithoutResult(
        status -> {
          UUID one = entity(kind, keeper);
          UUID two = entity(kind, other);
          for (Key a : records(kind, one)) {
            for (Key b : records(kind, two)) {
              jdbc.update(
                  "delete from verdicts where not same and entity_kind = ?"
                      + " and left_source = ? and left_id = ? and right_source = ? and right_id = ?",
                  named(kind, a, b));
            }
          }
          forgetKeepers(kind, one);
          forgetKeepers(kind, two);
          judge(kind, keeper, other, true);
          land(kind, one);
          land(kind, two);
        });
  }

  /**
   * A record is not what other records are.
   *
   * @param keepers these keep the entity where all of them have the same
   */
  public void notSame(String kind, Key record, List<Key> keepers) {
    transaction.executeWithoutResult(
        status -> {
          forgetKeepers(kind, entity(kind, record));
          for (Key keeper : keepers) {
            judge(kind, keeper, record, false);
            land(kind, entity(kind, keeper));
          }
          land(kind, entity(kind, record));
        });
  }

  private UUID entity(String kind, Key record) {
    return jdbc.queryForObject(
        "select entity_id from source_links where entity_kind = ? and source = ? and source_id = ?",
        UUID.class,
        kind,
        record.source(),
        record.id());
  }

  /** Who was to go on by earlier verdicts has done so; the next one says it anew. */
  private void forgetKeepers(String kind, UUID entity) {
    jdbc.update(
        "update verdicts v set keeps = null from source_links l where v.entity_kind = ?"
            + " and v.keeps is not null and l.entity_kind = v.entity_kind and l.entity_id = ?"
            + " and (l.source, l.source_id) in"
            + " ((v.left_source, v.left_id), (v.right_source, v.right_id))",
        kind,
        entity);
  }

  private void judge(String kind, Key keeper, Key other, boolean same) {
    List<Object> values = new ArrayList<>(List.of(named(kind, keeper, other)));
    values.add(same);
    values.add(first(keeper, other) ? "left" : "right");
    jdbc.update(
        "insert into verdicts (entity_kind, left_source, left_id, right_source, right_id, same, keeps)"
            + " values (?, ?, ?, ?, ?, ?, ?)"
            + " on conflict (entity_kind, left_source, left_id, right_source, right_id)"
            + " do update set same = excluded.same, keeps = excluded.keeps, decided_at = now()",
        values.toArray());
  }

  private static boolean first(Key one, Key other) {
    return one.text().compareTo(other.text()) < 0;
  }

  /** A pair's columns: the smaller key comes first. */
  private static Object[] named(String kind, Key a, Key b) {
    Key left = first(a, b) ? a : b;
    Key right = left == a ? b : a;
    return new Object[] {kind, left.source(), left.id(), right.source(), right.id()};
  }

  /**
   * Sets a field of an entity for good.
   *
   * @param value JSON that the field's column takes
   * @throws IllegalArgumentException in one line where the database refuses it
   */
  public void override(String kind, UUID entity, String field, String value) {
    tryOut(kind, entity, field, value);
    transaction.executeWithoutResult(
        status -> {
          jdbc.update(
              "insert into field_overrides as o (entity_kind, entity_id, field, value)"
                  + " values (?, ?, ?, cast(? as jsonb)) on conflict (entity_kind, entity_id, field)"
                  + " do update set value = excluded.value, set_at = now() where o.value <> excluded.value",
              kind,
              entity,
              field,
              value);
          land(kind, entity);
        });
  }

  /** A value that no row can have would bury the records: the row tries it, and is put back. */
  private void tryOut(String kind, UUID entity, String field, String value) {
    String table = Entities.table(kind);
    String update =
        "update %s t set %s = r.%s from jsonb_populate_record(cast(null as %s), cast(? as jsonb)) r"
            + " where t.id = ?";
    try {
      transaction.executeWithoutResult(
          status -> {
            status.setRollbackOnly();
            jdbc.update(
                update.formatted(table, field, field, table),
                "{\"" + field + "\":" + value + "}",
                entity);
          });
    } catch (DataIntegrityViolationException e) {
      String why = String.valueOf(e.getMostSpecificCause().getMessage());
      throw new IllegalArgumentException(
          "the database refuses that value: "
              + why.lines().findFirst().orElse("").replaceFirst("^ERROR: ", ""),
          e);
    }
  }

  /**
   * Lets the sources tell a field again.
   *
   * @return whether a person had set it
   */
  public boolean clear(String kind, UUID entity, String field) {
    return Boolean.TRUE.equals(
        transaction.execute(
            status -> {
              land(kind, entity);
              return jdbc.update(
                      "delete from field_overrides where entity_kind = ? and entity_id = ? and field = ?",
                      kind,
                      entity,
                      field)
                  > 0;
            }));
  }

  /** Lands the records of an entity again, for the flow to take up. */
  private void land(String kind, UUID entity) {
    jdbc.batchUpdate(
        "update source_records r set state = 'landed' from source_links l"
            + " where l.entity_kind = ? and l.entity_id = ? and l.source = ? and r.source = l.source"
            + " and r.record_kind = ? and r.source_id = l.source_id and r.state = 'applied'",
        recordKinds.get(kind).entrySet().stream()
            .map(e -> new Object[] {kind, entity, e.getKey(), e.getValue()})
            .toList());
  }

  /** How many of some records of a kind are still to be applied. */
  public long landed(String kind, List<Key> records) {
    long landed = 0;
    for (Key record : records) {
      landed +=
          jdbc.queryForObject(
              "select count(*) from source_records"
                  + " where source = ? and record_kind = ? and source_id = ? and state = 'landed'",
              Long.class,
              record.source(),
              recordKinds.get(kind).get(record.source()),
              record.id());
    }
    return landed;
  }

  /** How many records of all are still to be applied. */
  public long landed() {
    return jdbc.queryForObject(
        "select count(*) from source_records where state = 'landed'", Long.class);
  }
}
