package dev.backline.reload;

import java.util.List;
import java.util.Map;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;

/** The last check: all routes are made, in a context that starts none. */
final class RouteBuilding {
  private RouteBuilding() {}

  static List<Problem> problems(RouteSet set, Draft draft) {
    try {
      draft.build();
      return List.of();
    } catch (Exception e) {
      return List.of(problem(set, e));
    }
  }

  /** Why routes cannot be made or started, with the place of the route that cannot. */
  static Problem problem(RouteSet set, Throwable failure) {
    String id = "";
    Throwable root = failure;
    for (Throwable t = failure; t != null; t = t.getCause() == t ? null : t.getCause()) {
      if (t instanceof FailedToCreateRouteException made) {
        id = made.getRouteId();
      } else if (t instanceof FailedToStartRouteException started) {
        id = started.getRouteId();
      } else if (t instanceof RouteSwap.NotStarted swapped) {
        id = swapped.route();
      }
      root = t;
    }
    String what = root.getMessage() == null ? root.toString() : root.getMessage();
    Map<String, Definition> routes = Definition.routes(set);
    Definition route = id == null ? null : routes.get(id);
    return route == null
        ? new Problem(set.root(), 0, what, "mend what it names")
        : new Problem(
            route.file(),
            route.line(),
            "route " + id + " does not start: " + YamlChecks.reason(what),
            "mend what it names");
  }
}
