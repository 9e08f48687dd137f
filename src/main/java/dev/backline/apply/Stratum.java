package dev.backline.apply;

import dev.backline.identity.Evidence;
import dev.backline.identity.Pair;
import dev.backline.identity.Partition.Thresholds;
import java.util.List;
import java.util.Set;

/**
 * What resolving has to know of one kind of entity. Evidence reads only kinds below: venues, then
 * artists, then shows.
 */
interface Stratum {
  /** How far the best of several has to be before the next to be taken without a person. */
  double MARGIN = 0.05;

  /**
   * A key by which other records of the kind are looked up.
   *
   * @param source the one source to look in; null: all
   * @param except the source to leave out; null: none
   */
  record Lookup(String key, String source, String except) {
    /** Whether it looks among the records of a source. */
    boolean admits(String candidate) {
      return (source == null || source.equals(candidate)) && !candidate.equals(except);
    }
  }

  String kind();

  Thresholds thresholds();

  /** Whether a held record is to become an entity at all. */
  default boolean wanted(Translated t, Batch batch) {
    return true;
  }

  /** Whether records of this kind have trusted ids at all. */
  default boolean trusts() {
    return false;
  }

  /** Ids of the record that other catalogues vouch for. */
  default Set<String> trustedIds(Translated t) {
    return Set.of();
  }

  /** See {@link dev.backline.identity.Member#part}. */
  default String part(Translated t) {
    return "";
  }

  /** Reads what follows from a record alone, so that it is at hand when others are looked for. */
  default void prepare(Translated t) {}

  /** The keys by which others find the record. */
  Set<String> keys(Translated t, Batch batch);

  /** The keys by which it finds others; what it reads of lower kinds is in the batch. */
  List<Lookup> lookups(Translated t, Batch batch);

  /** What speaks for two records that found each other; null: nothing does. */
  Pair weigh(Translated a, Translated b, Batch batch);

  /** A pair by its evidence; null where it says nothing. */
  static Pair pair(Translated a, Translated b, Evidence evidence) {
    return evidence.score() == 0 && evidence.veto() == null
        ? null
        : new Pair(a.key(), b.key(), evidence.score(), evidence.lines(), evidence.veto(), null);
  }
}
