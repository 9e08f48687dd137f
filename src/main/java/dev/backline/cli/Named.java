package dev.backline.cli;

import dev.backline.Settings;
import dev.backline.store.Database;
import dev.backline.store.Decisions;
import dev.backline.store.Entities;
import java.util.List;
import java.util.UUID;

/**
 * The entity that a command's words name: by its id, or by that of a record as SOURCE:SOURCE-ID.
 */
final class Named {
  static final List<String> ALL = List.of("artist", "venue", "show", "song");

  static final String ID = "The id, or SOURCE:SOURCE-ID of one of its records.";

  private Named() {}

  static void kind(String kind, List<String> kinds) {
    if (!kinds.contains(kind)) {
      throw new WrongUsage(
          "there is no kind '" + kind + "'; the kinds are " + String.join(", ", kinds));
    }
  }

  static Entities.Found entity(Settings settings, Database database, String kind, String id) {
    Entities entities = new Entities(database.pool());
    if (id.matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
      return entities
          .byId(kind, UUID.fromString(id))
          .orElseThrow(() -> new WrongUsage("there is no " + kind + " " + id));
    }
    int colon = id.indexOf(':');
    if (colon < 1) {
      throw new WrongUsage("'" + id + "' names no " + kind + "; give its id, or SOURCE:SOURCE-ID");
    }
    String source = id.substring(0, colon);
    Known.source(settings, source);
    return record(database, kind, new Decisions.Key(source, id.substring(colon + 1)));
  }

  static Entities.Found record(Database database, String kind, Decisions.Key record) {
    return new Entities(database.pool())
        .bySource(kind, record.source(), record.id())
        .orElseThrow(
            () ->
                new WrongUsage(
                    "no "
                        + kind
                        + " is made of a record "
                        + record.source()
                        + " "
                        + record.id()
                        + "; see backline records list"));
  }
}
