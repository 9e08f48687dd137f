package dev.backline.identity;

import java.util.Set;

/**
 * One source record as identity sees it.
 *
 * @param trustedIds ids that other catalogues vouch for, as {@code mbid:…} or {@code spotify:…}
 * @param entity the entity it belongs to today; null where it is new
 */
public record Member(String source, String id, Set<String> trustedIds, String entity) {
  /** Order of records wherever one has to come first. */
  String key() {
    return source + ' ' + id;
  }
}
