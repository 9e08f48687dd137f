package dev.backline.cli;

import dev.backline.store.Database;
import dev.backline.store.Decisions;
import dev.backline.store.Decisions.Key;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Joins the entities of two records by a person's word, and says what came of it. */
final class Joining {
  private Joining() {}

  /**
   * @param keeper its entity goes on
   * @param redirect whether the other's MBID leads to the keeper's from now on
   * @throws WrongUsage where they are one already, or their MBIDs say that they never can be
   */
  static int join(
      Session session,
      Database database,
      Decisions decisions,
      String kind,
      Key keeper,
      Key other,
      boolean redirect,
      boolean json)
      throws Exception {
    UUID keep = Named.record(database, kind, keeper).id();
    UUID gone = Named.record(database, kind, other).id();
    if (keep.equals(gone)) {
      throw new WrongUsage("both are the " + kind + " " + keep + " already");
    }
    List<String> apart = decisions.apart(kind, keep, gone);
    if (!apart.isEmpty() && !redirect) {
      throw new WrongUsage(
          "they have different MBIDs (%s and %s) and are never joined; where MusicBrainz has made them one, say backline merge artist %s %s --mbid-redirect"
              .formatted(apart.get(0), apart.get(1), keep, gone));
    }
    if (apart.isEmpty()) {
      decisions.same(kind, keeper, other);
    } else {
      decisions.same(kind, keeper, other, decisions.mbids(kind, gone), apart.get(0));
    }
    int exit = Again.applied(session, database, decisions, kind, List.of(keeper, other));
    UUID now = Named.record(database, kind, keeper).id();
    boolean merged = now.equals(Named.record(database, kind, other).id());
    if (json) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("kind", kind);
      answer.put("kept", now);
      answer.put("gone", gone);
      answer.put("merged", merged);
      Json.print(answer);
    } else if (merged) {
      System.out.println(
          "the %s %s is one with %s, whose id leads there".formatted(kind, now, gone));
    } else if (exit == Cli.OK) {
      System.err.println(
          "backline: it is stored, but %s and %s stay two: another record of theirs forbids it; see"
                  .formatted(keep, gone)
              + " backline explain "
              + kind
              + " "
              + gone);
    }
    return merged ? Cli.OK : exit == Cli.OK ? Cli.FAILED : exit;
  }
}
