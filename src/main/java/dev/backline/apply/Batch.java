package dev.backline.apply;

import dev.backline.identity.Group;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The records of one source that are applied in one transaction, and what is known about them. */
final class Batch {
  final String source;

  /** Claimed records: these change state. */
  final List<Translated> claimed;

  /** Records beside them whose values or rows are needed: parents never applied, siblings. */
  final List<Translated> companions = new ArrayList<>();

  /** Entity by "kind id" of this source. */
  final Map<String, String> entities = new LinkedHashMap<>();

  /** Artists touched, after partition. */
  List<Group> artists = List.of();

  /** Entities of artists before the partition, by record key. */
  final Map<String, String> formerArtists = new LinkedHashMap<>();

  private final Map<String, List<Translated>> byEntityKind = new HashMap<>();
  private final Map<String, Translated> artistsByRecord = new HashMap<>();

  Batch(String source, List<Translated> claimed) {
    this.source = source;
    this.claimed = claimed;
    claimed.forEach(this::index);
  }

  /** A record that the batch needs beside its own; one that gave no entity is no help. */
  void join(Translated companion) {
    if (companion.isApplied()) {
      companions.add(companion);
      index(companion);
    }
  }

  private void index(Translated t) {
    if (t.isApplied()) {
      byEntityKind.computeIfAbsent(t.entityKind(), kind -> new ArrayList<>()).add(t);
      if (t.entityKind().equals("artist")) {
        artistsByRecord.put(Batch.key(t.record().source(), t.record().id()), t);
      }
    }
  }

  static String key(String entityKind, String id) {
    return entityKind + ' ' + id;
  }

  /** Entities of a kind, those of companions included. */
  List<Translated> entitiesOf(String entityKind) {
    return byEntityKind.getOrDefault(entityKind, List.of());
  }

  /** Ids of the entities of a kind that the shows of this batch name, in order. */
  TreeSet<String> named(String entityKind) {
    TreeSet<String> ids = new TreeSet<>();
    for (Translated show : entitiesOf("show")) {
      if (entityKind.equals("venue")) {
        if (show.entity().hasNonNull("venue")) {
          ids.add(show.entity().get("venue").asText());
        }
      } else {
        show.entity().path("artists").forEach(id -> ids.add(id.asText()));
      }
    }
    return ids;
  }

  /** The artist that a record of this batch became; null where the batch does not hold it. */
  Translated artist(String source, String id) {
    return artistsByRecord.get(key(source, id));
  }
}
