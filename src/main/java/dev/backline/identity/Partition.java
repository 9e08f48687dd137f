package dev.backline.identity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which records of a component are the same entity. A pure function of records, pairs and verdicts:
 * whatever order they came in, the partition is the same.
 *
 * <p>Records are joined in a fixed order: by verdict, by MBID, by Spotify id, listings sold beside
 * another one, then by evidence from the highest score down, ties by key. Two groups are never
 * joined where any two of their members forbid it: different MBIDs, a verdict, a veto, or, when the
 * evidence alone speaks for it, two ids of one source. Evidence joins only with a clear margin to
 * the next best record of the same source. A record that has failed says nothing by which it could
 * be weighed: last of all it stays with those it was one with.
 */
public final class Partition {
  /**
   * What a score has to reach.
   *
   * @param accept to be joined without a person
   * @param review to be shown to one
   * @param margin how far the best has to be before the runner-up
   */
  public record Thresholds(double accept, double review, double margin) {}

  /**
   * @param groups all records, each in one
   * @param review pairs that a person should look at, the best first
   */
  public record Result(List<Group> groups, List<Pair> review) {}

  private static final List<String> TIERS = List.of("mbid:", "spotify:");
  private static final Thresholds NONE = new Thresholds(2, 2, 0);

  private final List<Member> members;
  private final Map<String, Integer> index = new HashMap<>();
  private final int[] parent;
  private final List<Set<Integer>> inside = new ArrayList<>();
  private final List<Set<String>> mbids = new ArrayList<>();
  private final Set<Long> forbidden = new HashSet<>();
  private final Map<Integer, Reason> reasons = new HashMap<>();
  private final Set<String> keepers = new HashSet<>();

  private Partition(List<Member> unordered) {
    members = unordered.stream().sorted(Comparator.comparing(Member::key)).toList();
    parent = new int[members.size()];
    for (int i = 0; i < parent.length; i++) {
      parent[i] = i;
      index.put(members.get(i).key(), i);
      inside.add(new HashSet<>(Set.of(i)));
      mbids.add(mbids(members.get(i)));
    }
  }

  /** By trusted ids alone. */
  public static List<Group> of(List<Member> members) {
    return of(members, Set.of(), List.of(), List.of(), NONE).groups();
  }

  /**
   * @param silent keys of members of which nothing but their ids is known, as they have failed
   * @param pairs whose evidence was weighed; pairs of unknown records are passed over
   */
  public static Result of(
      List<Member> members,
      Set<String> silent,
      List<Pair> pairs,
      List<Verdict> verdicts,
      Thresholds thresholds) {
    Partition partition = new Partition(members);
    List<Pair> known =
        pairs.stream()
            .filter(p -> partition.index.containsKey(p.left()))
            .filter(p -> partition.index.containsKey(p.right()))
            .sorted(
                Comparator.comparingDouble(Pair::score)
                    .reversed()
                    .thenComparing(Pair::left)
                    .thenComparing(Pair::right))
            .toList();
    partition.byVerdict(verdicts);
    partition.byTrustedIds();
    known.stream().filter(p -> p.veto() != null).forEach(partition::forbid);
    partition.offers(known);
    List<Pair> open = partition.byEvidence(known, thresholds);
    partition.asBefore(silent);
    return new Result(partition.groups(), partition.review(open));
  }

  private static Set<String> mbids(Member member) {
    Set<String> ids = new HashSet<>();
    member.trustedIds().stream().filter(id -> id.startsWith(TIERS.get(0))).forEach(ids::add);
    return ids;
  }

  private void forbid(Pair pair) {
    forbidden.add(pairOf(index.get(pair.left()), index.get(pair.right())));
  }

  private static long pairOf(int a, int b) {
    return (long) Math.min(a, b) << 32 | Math.max(a, b);
  }

  private void byVerdict(List<Verdict> verdicts) {
    List<Verdict> known =
        verdicts.stream()
            .filter(v -> index.containsKey(v.left()) && index.containsKey(v.right()))
            .sorted(Comparator.comparing(Verdict::left).thenComparing(Verdict::right))
            .toList();
    for (Verdict verdict : known) {
      if (verdict.keeps() != null) {
        keepers.add(verdict.keeps());
      }
      if (!verdict.same()) {
        forbidden.add(pairOf(index.get(verdict.left()), index.get(verdict.right())));
      }
    }
    for (Verdict verdict : known) {
      if (verdict.same()) {
        Reason reason = new Reason("verdict", 1, List.of("a person said that they are the same"));
        join(index.get(verdict.left()), index.get(verdict.right()), reason, false);
      }
    }
  }

  private void byTrustedIds() {
    for (String tier : TIERS) {
      for (var shared : sharing(tier).entrySet()) {
        List<Integer> sharing = shared.getValue();
        Reason reason = new Reason("trusted-id", 1, List.of("both name " + shared.getKey()));
        for (int i = 1; i < sharing.size(); i++) {
          join(sharing.get(0), sharing.get(i), reason, false);
        }
      }
    }
  }

  private Map<String, List<Integer>> sharing(String tier) {
    Map<String, List<Integer>> byId = new TreeMap<>();
    for (int i = 0; i < members.size(); i++) {
      for (String id : members.get(i).trustedIds()) {
        if (id.startsWith(tier)) {
          byId.computeIfAbsent(id, k -> new ArrayList<>()).add(i);
        }
      }
    }
    return byId;
  }

  /** Each listing sold beside another goes to the one it fits best, and to no second one. */
  private void offers(List<Pair> pairs) {
    Set<String> placed = new HashSet<>();
    for (Pair pair : pairs) {
      if (pair.offer() != null && pair.veto() == null && placed.add(pair.offer())) {
        int offer = index.get(pair.offer());
        Reason before = reasons.get(index.get(other(pair, pair.offer())));
        Reason reason = new Reason("offer", pair.score(), pair.lines());
        if (join(index.get(pair.left()), index.get(pair.right()), reason, false)) {
          reasons.put(offer, reason);
          put(index.get(other(pair, pair.offer())), before); // The show is there by itself.
        }
      }
    }
  }

  private static String other(Pair pair, String record) {
    return pair.left().equals(record) ? pair.right() : pair.left();
  }

  private void put(int record, Reason reason) {
    if (reason == null) {
      reasons.remove(record);
    } else {
      reasons.put(record, reason);
    }
  }

  private List<Pair> byEvidence(List<Pair> pairs, Thresholds thresholds) {
    List<Pair> open = new ArrayList<>();
    int[] before = new int[parent.length];
    for (int i = 0; i < before.length; i++) {
      before[i] = root(i);
    }
    Map<String, List<Pair>> bySide = new HashMap<>();
    for (Pair pair : pairs) {
      if (pair.veto() == null && pair.offer() == null) {
        bySide.computeIfAbsent(side(pair.left(), pair.right()), k -> new ArrayList<>()).add(pair);
        bySide.computeIfAbsent(side(pair.right(), pair.left()), k -> new ArrayList<>()).add(pair);
      }
    }
    for (Pair pair : pairs) {
      if (pair.veto() != null || pair.offer() != null || pair.score() < thresholds.review()) {
        continue;
      }
      boolean clear =
          pair.score() >= thresholds.accept()
              && clear(pair, pair.left(), pair.right(), bySide, before, thresholds.margin())
              && clear(pair, pair.right(), pair.left(), bySide, before, thresholds.margin());
      Reason reason = new Reason("evidence", pair.score(), pair.lines());
      if (!clear || !join(index.get(pair.left()), index.get(pair.right()), reason, true)) {
        open.add(pair);
      }
    }
    return open;
  }

  /** Those that were one with a silent record stay so: what joined them cannot be weighed now. */
  private void asBefore(Set<String> silent) {
    for (int i = 0; i < parent.length; i++) {
      Member one = members.get(i);
      for (int j = 0; silent.contains(one.key()) && j < parent.length; j++) {
        if (i != j && one.entity() != null && one.entity().equals(members.get(j).entity())) {
          String line = "they were one when " + one.key() + " could last be read";
          join(i, j, new Reason("evidence", 1, List.of(line)), false);
        }
      }
    }
  }

  /** A record together with the source of the one it is compared with. */
  private String side(String record, String other) {
    return record + '\n' + members.get(index.get(other)).source();
  }

  /** Whether no other record of that source is nearly as good a match for {@code record}. */
  private boolean clear(
      Pair pair,
      String record,
      String other,
      Map<String, List<Pair>> bySide,
      int[] before,
      double margin) {
    for (Pair rival : bySide.get(side(record, other))) {
      String rivalling = other(rival, record);
      boolean another =
          before[index.get(rivalling)] != before[index.get(other)]
              && rivals(members.get(index.get(rivalling)), members.get(index.get(other)));
      if (another && rival.score() > pair.score() - margin) {
        return false;
      }
    }
    return true;
  }

  /**
   * @param byEvidence nothing but evidence speaks for it: two ids of one source forbid it
   * @return whether the two are in one group now
   */
  private boolean join(int a, int b, Reason reason, boolean byEvidence) {
    int left = root(a);
    int right = root(b);
    if (left == right) {
      return true;
    }
    if (conflict(mbids.get(left), mbids.get(right)) || forbids(left, right, byEvidence)) {
      return false;
    }
    // Whoever was alone says why it came; in a group of two both were.
    for (int end : List.of(a, b)) {
      if (inside.get(root(end)).size() == 1) {
        reasons.put(end, reason);
      }
    }
    int keep = Math.min(left, right);
    int gone = Math.max(left, right);
    parent[gone] = keep;
    mbids.get(keep).addAll(mbids.get(gone));
    inside.get(keep).addAll(inside.get(gone));
    return true;
  }

  private boolean forbids(int left, int right, boolean byEvidence) {
    for (int one : inside.get(left)) {
      for (int other : inside.get(right)) {
        if (forbidden.contains(pairOf(one, other))
            || byEvidence && rivals(members.get(one), members.get(other))) {
          return true;
        }
      }
    }
    return false;
  }

  /** Two ids of one source are two entities, unless each tells of another part of one. */
  private static boolean rivals(Member one, Member other) {
    return one.source().equals(other.source()) && one.part().equals(other.part());
  }

  private static boolean conflict(Set<String> a, Set<String> b) {
    return !a.isEmpty() && !b.isEmpty() && a.stream().noneMatch(b::contains);
  }

  private int root(int i) {
    int root = i;
    while (parent[root] != root) {
      root = parent[root];
    }
    return root;
  }

  /** What is open between two groups is one question: the best pair asks it. */
  private List<Pair> review(List<Pair> open) {
    Set<Long> asked = new HashSet<>();
    List<Pair> review = new ArrayList<>();
    for (Pair pair : open) {
      int left = root(index.get(pair.left()));
      int right = root(index.get(pair.right()));
      if (left != right
          && !conflict(mbids.get(left), mbids.get(right))
          && !forbids(left, right, true)
          && asked.add(pairOf(left, right))) {
        review.add(pair);
      }
    }
    return review;
  }

  /**
   * Each group keeps the entity of its first member that has one no other group has taken; members
   * that a person named as keepers choose before all others.
   */
  private List<Group> groups() {
    Map<Integer, List<Member>> byRoot = new LinkedHashMap<>();
    for (int i = 0; i < parent.length; i++) {
      byRoot.computeIfAbsent(root(i), r -> new ArrayList<>()).add(members.get(i));
    }
    Map<Integer, String> entities = new HashMap<>();
    Set<String> taken = new HashSet<>();
    for (boolean keepersOnly : List.of(true, false)) {
      byRoot.forEach(
          (root, group) -> {
            if (!entities.containsKey(root)) {
              group.stream()
                  .filter(m -> !keepersOnly || keepers.contains(m.key()))
                  .map(Member::entity)
                  .filter(e -> e != null && !taken.contains(e))
                  .findFirst()
                  .filter(taken::add)
                  .ifPresent(e -> entities.put(root, e));
            }
          });
    }
    List<Group> result = new ArrayList<>();
    byRoot.forEach(
        (root, group) -> {
          Map<String, Reason> why = new LinkedHashMap<>();
          for (Member member : group) {
            why.put(member.key(), reasons.getOrDefault(index.get(member.key()), Reason.OWN_ID));
          }
          result.add(new Group(List.copyOf(group), entities.get(root), why));
        });
    return result;
  }
}
