package dev.backline.apply;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backline.identity.Member;
import dev.backline.land.SourceRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What became of one record on its way to the catalogue: a canonical entity, or a reason why there
 * is none.
 *
 * @param entity the canonical entity, only where {@code state} is {@code applied}
 * @param state the end state the record is to have: applied, skipped, rejected or dead
 * @param reason why it is not applied, in one line
 * @param cause the group of a dead record's letter
 * @param key the record's name among all of its entity kind: {@code source id}
 * @param reads what was read of the entity before, by name; see {@link #read}
 */
public record Translated(
    SourceRecord record,
    JsonNode entity,
    String state,
    String reason,
    String cause,
    String key,
    Map<String, Object> reads) {
  private Translated(
      SourceRecord record, JsonNode entity, String state, String reason, String cause) {
    this(
        record,
        entity,
        state,
        reason,
        cause,
        Member.key(record.source(), record.id()),
        new HashMap<>(8));
  }

  static final String APPLIED = "applied";
  static final String SKIPPED = "skipped";
  static final String REJECTED = "rejected";
  static final String DEAD = "dead";

  static Translated entity(SourceRecord record, JsonNode entity) {
    return new Translated(record, entity, APPLIED, null, null);
  }

  static Translated skipped(SourceRecord record, String filter) {
    return new Translated(record, null, SKIPPED, filter, null);
  }

  static Translated rejected(SourceRecord record, String reason) {
    return new Translated(record, null, REJECTED, reason, null);
  }

  static Translated dead(SourceRecord record, String reason, String cause) {
    return new Translated(record, null, DEAD, reason, cause);
  }

  public boolean isApplied() {
    return state.equals(APPLIED);
  }

  /** What follows from the entity alone, made once; by one thread at a time. */
  @SuppressWarnings("unchecked")
  <F> F read(String what, Supplier<F> make) {
    Object known = reads.get(what);
    if (known == null) {
      known = make.get();
      reads.put(what, known);
    }
    return (F) known;
  }

  /** What the catalogue calls it: artist, venue, show, song or album. */
  public String entityKind() {
    return entity.get("entity").asText();
  }
}
