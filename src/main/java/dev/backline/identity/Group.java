package dev.backline.identity;

import java.util.List;
import java.util.Map;

/**
 * Records that are one entity.
 *
 * @param members in the order of their keys
 * @param entity the id of an entity that one of them has today; null where a new one is needed
 * @param reasons by the key of each member: why it is here
 */
public record Group(List<Member> members, String entity, Map<String, Reason> reasons) {
  /** The same records as another entity. */
  public Group as(String id) {
    return new Group(members, id, reasons);
  }
}
