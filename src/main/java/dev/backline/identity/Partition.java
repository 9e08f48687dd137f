package dev.backline.identity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which records of a component are the same artist. A pure function of the records: whatever order
 * they came in, the partition is the same.
 *
 * <p>Tier 1 joins by MBID, tier 2 by Spotify id; within a tier in the order of the keys. Groups
 * whose members name different MBIDs are never joined. Matching by evidence is a further tier.
 */
public final class Partition {
  private static final List<String> TIERS = List.of("mbid:", "spotify:");

  private Partition() {}

  public static List<Group> of(List<Member> members) {
    List<Member> ordered = members.stream().sorted(Comparator.comparing(Member::key)).toList();
    int[] parent = new int[ordered.size()];
    for (int i = 0; i < parent.length; i++) {
      parent[i] = i;
    }
    List<Set<String>> mbids = new ArrayList<>();
    ordered.forEach(member -> mbids.add(mbids(member)));
    for (String tier : TIERS) {
      for (List<Integer> sharing : sharing(ordered, tier).values()) {
        for (int i = 1; i < sharing.size(); i++) {
          join(parent, mbids, sharing.get(0), sharing.get(i));
        }
      }
    }
    Map<Integer, List<Member>> groups = new LinkedHashMap<>();
    for (int i = 0; i < parent.length; i++) {
      groups.computeIfAbsent(root(parent, i), r -> new ArrayList<>()).add(ordered.get(i));
    }
    return withEntities(groups.values());
  }

  private static Set<String> mbids(Member member) {
    Set<String> ids = new HashSet<>();
    member.trustedIds().stream().filter(id -> id.startsWith(TIERS.get(0))).forEach(ids::add);
    return ids;
  }

  private static Map<String, List<Integer>> sharing(List<Member> ordered, String tier) {
    Map<String, List<Integer>> byId = new TreeMap<>();
    for (int i = 0; i < ordered.size(); i++) {
      for (String id : ordered.get(i).trustedIds()) {
        if (id.startsWith(tier)) {
          byId.computeIfAbsent(id, k -> new ArrayList<>()).add(i);
        }
      }
    }
    return byId;
  }

  private static void join(int[] parent, List<Set<String>> mbids, int a, int b) {
    int left = root(parent, a);
    int right = root(parent, b);
    if (left == right || conflict(mbids.get(left), mbids.get(right))) {
      return;
    }
    int keep = Math.min(left, right);
    int gone = Math.max(left, right);
    parent[gone] = keep;
    mbids.get(keep).addAll(mbids.get(gone));
  }

  private static boolean conflict(Set<String> a, Set<String> b) {
    return !a.isEmpty() && !b.isEmpty() && a.stream().noneMatch(b::contains);
  }

  private static int root(int[] parent, int i) {
    int root = i;
    while (parent[root] != root) {
      root = parent[root];
    }
    return root;
  }

  /** Each group keeps the entity of its first member that has one no earlier group has taken. */
  private static List<Group> withEntities(Iterable<List<Member>> groups) {
    Set<String> taken = new HashSet<>();
    List<Group> result = new ArrayList<>();
    for (List<Member> members : groups) {
      String entity =
          members.stream()
              .map(Member::entity)
              .filter(e -> e != null && !taken.contains(e))
              .findFirst()
              .orElse(null);
      if (entity != null) {
        taken.add(entity);
      }
      result.add(
          new Group(List.copyOf(members), entity, members.size() > 1 ? "trusted-id" : "source-id"));
    }
    return result;
  }
}
