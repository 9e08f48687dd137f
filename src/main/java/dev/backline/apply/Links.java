package dev.backline.apply;

import dev.backline.identity.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a batch asks of records that it does not hold ({@code known-links.sql}): which entities they
 * belong to, and what they tell that evidence on shows reads.
 */
final class Links {
  /** What a show names. */
  static final List<String> NAMED = List.of("venue", "artist");

  private final Batch batch;
  private final List<String> kinds = new ArrayList<>();
  private final List<String> sources = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private final List<Boolean> told = new ArrayList<>();

  Links(Batch batch) {
    this.batch = batch;
  }

  /** Asks which entity a record belongs to. */
  void entity(String kind, String record) {
    add(kind, record, false);
  }

  /** Asks for the entities of what a show names, where they are not known. */
  void unknown(Translated show) {
    for (String kind : NAMED) {
      for (String record : Batch.namedRecords(show, kind)) {
        if (batch.entity(kind, record) == null) {
          add(kind, record, false);
        }
      }
    }
  }

  /** Asks for the names of a show's artists and the city of its venue, where they are not known. */
  void untold(Translated show) {
    for (String kind : NAMED) {
      for (String record : Batch.namedRecords(show, kind)) {
        if (!batch.hasTold(kind, record)) {
          batch.tells(kind, record, "");
          add(kind, record, true);
        }
      }
    }
  }

  private void add(String kind, String record, boolean tells) {
    int space = record.indexOf(' ');
    kinds.add(kind);
    sources.add(record.substring(0, space));
    ids.add(record.substring(space + 1));
    told.add(tells);
  }

  /** Parameters of {@code known-links.sql}. */
  Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("entity_kinds", kinds.toArray(String[]::new));
    parameters.put("sources", sources.toArray(String[]::new));
    parameters.put("ids", ids.toArray(String[]::new));
    parameters.put("told", told.toArray(Boolean[]::new));
    return parameters;
  }

  /**
   * Notes which entities records belonged to before the batch, and what they tell.
   *
   * @param links rows of {@code known-links.sql}; null where it was not asked
   */
  static void note(Batch batch, List<Map<String, Object>> links) {
    for (Map<String, Object> link : links == null ? List.<Map<String, Object>>of() : links) {
      String record = Member.key((String) link.get("source"), (String) link.get("source_id"));
      String kind = (String) link.get("entity_kind");
      if (batch.entity(kind, record) == null) {
        batch.belongs(kind, record, (String) link.get("entity_id"));
      }
      if (link.get("told") != null) {
        batch.tells(kind, record, (String) link.get("told"));
      }
    }
  }
}
