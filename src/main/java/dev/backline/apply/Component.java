package dev.backline.apply;

import dev.backline.identity.Member;
import dev.backline.identity.Pair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The records of one kind that a batch touches, while it finds out which others they touch. */
final class Component {
  final Stratum stratum;

  /** By record key; what the database knows of records that are not held. */
  final Map<String, Member> members = new LinkedHashMap<>();

  /** Records whose neighbours are being looked for. */
  final List<Translated> starts = new ArrayList<>();

  /** Records whose neighbours have been looked for. */
  final Set<String> started = new HashSet<>();

  /** Records that the batch itself brings. */
  final Set<String> brought = new LinkedHashSet<>();

  /** Records that the batch itself brings, by the keys that others find them by. */
  final Map<String, Set<String>> broughtByKey = new HashMap<>();

  /** Who looked a key up, by key. */
  final Map<String, Set<String>> seekers = new HashMap<>();

  /** Who of the batch itself was found in this round, by key. */
  final Map<String, Set<String>> met = new HashMap<>();

  /** Who was found by a key, by record key of the found. */
  final Map<String, Set<String>> found = new TreeMap<>();

  /** Records that are certainly of the component: they share an id or an entity with one of it. */
  final Set<String> close = new LinkedHashSet<>();

  /** Records that are of the component beside those that the batch brings. */
  final Set<String> connected = new HashSet<>();

  /** Weighed pairs by {@code left\nright}. */
  final Map<String, Pair> pairs = new TreeMap<>();

  /** Whether a record is of the component, not only met by a key. */
  boolean isOf(String record) {
    return brought.contains(record) || connected.contains(record);
  }

  Component(Stratum stratum) {
    this.stratum = stratum;
  }
}
