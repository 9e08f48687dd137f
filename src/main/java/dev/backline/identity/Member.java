package dev.backline.identity;

import java.util.Set;

/**
 * One source record as identity sees it.
 *
 * @param trustedIds ids that other catalogues vouch for, as {@code mbid:…} or {@code spotify:…}
 * @param entity the entity it belongs to today; null where it is new
 * @param part which part of the entity it tells of, where a source tells each in a record of its
 *     own (the set of one artist of a show); else empty
 */
public record Member(String source, String id, Set<String> trustedIds, String entity, String part) {
  public Member(String source, String id, Set<String> trustedIds, String entity) {
    this(source, id, trustedIds, entity, "");
  }

  /** Its name among all records of its kind: {@code source id}. Order of keys breaks every tie. */
  public String key() {
    return key(source, id);
  }

  /** The key of a record. */
  public static String key(String source, String id) {
    return source + ' ' + id;
  }
}
