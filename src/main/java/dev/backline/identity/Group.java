package dev.backline.identity;

import java.util.List;

/**
 * Records that are one entity.
 *
 * @param members in the order of their keys; the first one's values come first
 * @param entity the id of an entity that one of them has today; null where a new one is needed
 * @param method why they are together: {@code source-id} or {@code trusted-id}
 */
public record Group(List<Member> members, String entity, String method) {}
