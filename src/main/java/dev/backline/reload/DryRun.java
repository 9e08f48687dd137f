package dev.backline.reload;

import dev.backline.apply.Outcome;
import dev.backline.apply.Trial;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * The routes of one set that try records, in a context of their own: only these are started, and
 * nothing that they write stays (their connections discard it).
 */
final class DryRun implements AutoCloseable {
  private final Draft draft;

  DryRun(RouteSet set, Map<String, Object> beans, Properties settings) throws Exception {
    Map<String, Definition> routes = Definition.routes(set);
    Set<String> ids = Definition.reached(routes, Set.of("guard-sample", "guard-try"));
    // Of all kinds, not only those that are tried: records that one meets are translated, too.
    for (Kind kind : Kind.of(set)) {
      ids.addAll(Definition.reached(routes, Set.of(kind.route())));
    }
    this.draft = new Draft(set, beans, settings);
    try {
      draft.start(ids);
    } catch (Exception | Error e) {
      draft.close();
      throw e;
    }
  }

  /**
   * Records of a kind: what {@code stored-records.sql} says of each.
   *
   * @param since only those that have landed since then; null for the newest, whenever that was
   */
  List<?> sample(Kind kind, String since) {
    return draft.call("guard-sample", null, properties(kind, since), List.class);
  }

  /** What the set makes of a sample. */
  Outcome of(Kind kind, List<?> sample) {
    Outcome outcome = new Outcome();
    Map<String, Object> properties = properties(kind, null);
    properties.put("trial", new Trial(outcome));
    draft.call("guard-try", sample, properties, Object.class);
    return outcome;
  }

  private static Map<String, Object> properties(Kind kind, String since) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("source", kind.source());
    properties.put("recordKind", kind.kind());
    if (since != null) {
      properties.put("since", since);
    }
    return properties;
  }

  @Override
  public void close() {
    draft.close();
  }
}
