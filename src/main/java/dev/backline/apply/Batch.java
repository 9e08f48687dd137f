package dev.backline.apply;

import dev.backline.identity.Group;
import dev.backline.land.SourceRecord;
import java.util.ArrayList;
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

  Batch(String source, List<Translated> claimed) {
    this.source = source;
    this.claimed = claimed;
  }

  static String key(String entityKind, String id) {
    return entityKind + ' ' + id;
  }

  List<Translated> all() {
    List<Translated> all = new ArrayList<>(companions);
    all.addAll(claimed);
    return all;
  }

  List<Translated> entitiesOf(String entityKind) {
    return all().stream().filter(t -> t.isApplied() && t.entityKind().equals(entityKind)).toList();
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

  Translated artist(String source, String id) {
    for (Translated t : all()) {
      SourceRecord record = t.record();
      if (t.isApplied()
          && record.source().equals(source)
          && record.id().equals(id)
          && t.entityKind().equals("artist")) {
        return t;
      }
    }
    return null;
  }
}
