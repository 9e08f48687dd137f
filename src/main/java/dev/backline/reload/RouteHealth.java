package dev.backline.reload;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.api.management.ManagedCamelContext;
import org.apache.camel.api.management.mbean.ManagedRouteMBean;
import org.apache.camel.support.ScheduledPollConsumer;

/** How routes do that an edit has replaced: whether they are started, poll, and fail more often. */
final class RouteHealth {
  /** Fewer failures say nothing. */
  private static final int FEWEST = 5;

  /** So many polls in a row that fail are no accident. */
  private static final int POLLS = 3;

  private final CamelContext context;
  private final Map<String, Counts> before = new HashMap<>();
  private final Set<String> started = new TreeSet<>();

  /** Exchanges of a route since it was made. */
  private record Counts(long all, long failed) {
    private double percent() {
      return all == 0 ? 0 : 100.0 * failed / all;
    }
  }

  RouteHealth(CamelContext context) {
    this.context = context;
  }

  /** Notes how these do before they are replaced; once, however often they are. */
  void before(Collection<String> ids) {
    ids.forEach(id -> before.computeIfAbsent(id, this::counts));
  }

  /** From now on these routes are looked at, too: those that are started have to stay so. */
  void after(Collection<String> in, Collection<String> out) {
    started.removeAll(out);
    in.stream().filter(id -> status(id) == ServiceStatus.Started).forEach(started::add);
  }

  /** What is wrong with one of them, in a few words; null where nothing is. */
  String trouble(int percent) {
    for (String id : started) {
      if (status(id) != ServiceStatus.Started) {
        return "route " + id + " is " + status(id) + " and no longer Started";
      }
      Route route = context.getRoute(id);
      if (route != null
          && route.getConsumer() instanceof ScheduledPollConsumer poll
          && poll.getErrorCounter() >= POLLS) {
        return "route " + id + " has failed to poll " + poll.getErrorCounter() + " times in a row";
      }
      Counts now = counts(id);
      Counts was = before.get(id);
      double usual = was == null ? 0 : was.percent();
      if (now != null && now.failed() >= FEWEST && now.percent() > usual + percent) {
        return "route "
            + id
            + " fails in "
            + now.failed()
            + " of "
            + now.all()
            + " exchanges, before in "
            + Math.round(usual)
            + " %";
      }
    }
    return null;
  }

  private ServiceStatus status(String id) {
    return context.getRouteController().getRouteStatus(id);
  }

  /** Null where no statistics are kept. */
  private Counts counts(String id) {
    ManagedCamelContext managed =
        context.getCamelContextExtension().getContextPlugin(ManagedCamelContext.class);
    ManagedRouteMBean route = managed == null ? null : managed.getManagedRoute(id);
    try {
      return route == null
          ? null
          : new Counts(
              route.getExchangesTotal(), route.getExchangesFailed() + route.getFailuresHandled());
    } catch (Exception e) {
      return null;
    }
  }
}
