package dev.backline.reload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the routes of one set out of a running context and puts those of another in: only those
 * that differ, each when it has ended what it has begun.
 */
final class RouteSwap {
  private static final Logger log = LoggerFactory.getLogger("backline.reload");

  /** How long a route that starts by itself may take to end its page before it is tried again. */
  private static final Duration PAGE = Duration.ofMinutes(5);

  /** How long callers are kept waiting at most until those inside have left. */
  private static final Duration CALL = Duration.ofSeconds(60);

  /** A consumer that polls may take one more exchange for so long after it was suspended. */
  private static final Duration POLL = Duration.ofMillis(150);

  /** For stopping a route that nobody is inside: it has nothing to wait for. */
  private static final long STOP_SECONDS = 5;

  private final CamelContext context;
  private final Gates gates;
  private final RunningSet running;
  private final RouteSet former;
  private final RouteSet next;
  private final SortedMap<String, Definition> before;
  private final SortedMap<String, Definition> after;
  private final Set<String> replaced = new TreeSet<>();
  private final Set<String> added = new TreeSet<>();
  private final Set<String> removed = new TreeSet<>();
  private final boolean policies;

  /** The page in flight has not ended in time; nothing was changed. */
  static final class Busy extends Exception {
    private static final long serialVersionUID = 1L;

    Busy(String message) {
      super(message);
    }
  }

  /** The new routes do not start; the former ones run again. */
  static final class Restored extends Exception {
    private static final long serialVersionUID = 1L;

    Restored(Throwable cause) {
      super(cause);
    }
  }

  /** One route does not start. */
  static final class NotStarted extends Exception {
    private static final long serialVersionUID = 1L;
    private final String route;

    NotStarted(String route, Throwable cause) {
      super(cause);
      this.route = route;
    }

    String route() {
      return route;
    }
  }

  RouteSwap(CamelContext context, Gates gates, RunningSet running, RouteSet next) {
    this.context = context;
    this.gates = gates;
    this.running = running;
    this.former = running.get();
    this.next = next;
    List<Definition> allBefore = Definition.of(former);
    List<Definition> allAfter = Definition.of(next);
    this.before = Definition.routes(allBefore);
    this.after = Definition.routes(allAfter);
    this.policies = !policies(former, allBefore).equals(policies(next, allAfter));
    before.forEach(
        (id, route) -> {
          Definition now = after.get(id);
          if (now == null) {
            removed.add(id);
          } else if (!route.meaning(former, allBefore).equals(now.meaning(next, allAfter))) {
            replaced.add(id);
          }
        });
    added.addAll(after.keySet());
    added.removeAll(before.keySet());
  }

  private static List<Object> policies(RouteSet set, List<Definition> all) {
    return all.stream()
        .filter(one -> !one.isRoute())
        .map(one -> (Object) List.of(one.body().meaning(), one.files(set)))
        .toList();
  }

  Set<String> replaced() {
    return replaced;
  }

  Set<String> added() {
    return added;
  }

  Set<String> removed() {
    return removed;
  }

  /**
   * Does it.
   *
   * @throws Busy when what is in flight does not end; the former routes run on
   * @throws Restored when the new routes do not start; the former routes run again
   */
  void run() throws Exception {
    Set<String> out = new TreeSet<>(replaced);
    out.addAll(removed);
    Map<String, ServiceStatus> states = new LinkedHashMap<>();
    out.forEach(id -> states.put(id, context.getRouteController().getRouteStatus(id)));
    quiet(out);
    try {
      Set<String> in = new TreeSet<>(replaced);
      in.addAll(added);
      try {
        remove(out);
        begin(next);
        put(after, in, states);
      } catch (Exception | Error e) { // Whatever it is: the former routes have to run again.
        restore(out, in, states);
        throw new Restored(e);
      }
    } finally {
      gates.open();
    }
  }

  // --- Until nobody is inside -------------------------------------------------------------------

  /**
   * Routes that start by themselves first, while what they call is still open to them: they end
   * their page and stop. Then the gates of the others.
   */
  private void quiet(Set<String> out) throws Exception {
    Set<String> closing = new TreeSet<>();
    List<Route> suspended = new ArrayList<>();
    for (String id : out) {
      Route route = context.getRoute(id);
      String direct = before.get(id).direct();
      if (direct != null) {
        closing.add(direct);
      } else if (route != null && context.getRouteController().getRouteStatus(id).isStarted()) {
        suspended.add(route);
      }
    }
    boolean done = false;
    try {
      suspended.forEach(route -> ServiceHelper.suspendService(route.getConsumer()));
      for (Route route : suspended) {
        awaitEnd(route.getId());
        stop(route.getId());
      }
      if (!gates.close(closing, CALL)) {
        throw new Busy("what is in flight takes longer than " + CALL.toSeconds() + " s");
      }
      done = true;
    } finally {
      if (!done) {
        for (Route route : suspended) {
          attempt("start " + route.getId() + " again", () -> goOn(route));
        }
      }
    }
  }

  private void goOn(Route route) throws Exception {
    ServiceHelper.resumeService(route.getConsumer());
    context.getRouteController().startRoute(route.getId());
  }

  /** Until nothing has been in flight for a while: a poll that has begun may still bring one. */
  private void awaitEnd(String id) throws Busy, InterruptedException {
    long end = System.nanoTime() + PAGE.toNanos();
    long emptySince = System.nanoTime();
    while (System.nanoTime() - emptySince < POLL.toNanos()) {
      if (context.getInflightRepository().size(id) > 0) {
        emptySince = System.nanoTime();
      }
      if (System.nanoTime() > end) {
        throw new Busy("route " + id + " has not ended its page in " + PAGE.toMinutes() + " min");
      }
      Thread.sleep(5);
    }
  }

  // --- Out and in -------------------------------------------------------------------------------

  private void remove(Collection<String> ids) throws Exception {
    for (String id : ids) {
      if (context.getRoute(id) != null) {
        stop(id);
        context.removeRoute(id);
      }
    }
  }

  private void stop(String id) throws Exception {
    if (!context.getRouteController().getRouteStatus(id).isStopped()) {
      context.getRouteController().stopRoute(id, STOP_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** From now on files are those of this set. */
  private void begin(RouteSet set) throws Exception {
    running.use(set);
    forgetEndpoints();
    if (policies) {
      replacePolicies(set);
    }
  }

  /** Puts routes in, in the states that they had before. */
  private void put(
      Map<String, Definition> routes, Set<String> ids, Map<String, ServiceStatus> states)
      throws Exception {
    Set<String> files = new TreeSet<>();
    ids.forEach(id -> files.add(routes.get(id).file()));
    for (String file : files) {
      for (RoutesBuilder found : builders(file)) {
        RouteBuilder builder = (RouteBuilder) found;
        for (RouteDefinition route : List.copyOf(builder.configureRoutes(context).getRoutes())) {
          if (ids.contains(route.getId())) {
            keepState(route, states.get(route.getId()));
            builder.getRouteCollection().setRoutes(new ArrayList<>(List.of(route)));
            add(route.getId(), builder);
          }
        }
      }
    }
    for (String id : ids) {
      if (states.get(id) == ServiceStatus.Started
          && sameStart(id)
          && !context.getRouteController().getRouteStatus(id).isStarted()) {
        context.getRouteController().startRoute(id);
      }
    }
  }

  private void add(String id, RouteBuilder builder) throws NotStarted {
    try {
      context.addRoutes(routesOf(builder));
    } catch (Exception e) {
      throw new NotStarted(id, e);
    }
  }

  /** A route that was stopped by hand, though it starts by itself, stays stopped. */
  private void keepState(RouteDefinition route, ServiceStatus state) {
    boolean stopped = state != null && !state.isStarted() && !state.isStarting();
    if (stopped && sameStart(route.getId())) {
      route.setAutoStartup("false");
    }
  }

  private boolean sameStart(String id) {
    return before.containsKey(id)
        && after.containsKey(id)
        && before
            .get(id)
            .body()
            .text("autoStartup")
            .equals(after.get(id).body().text("autoStartup"));
  }

  private Collection<RoutesBuilder> builders(String file) throws Exception {
    Resource resource = PluginHelper.getResourceLoader(context).resolveResource("file:" + file);
    return PluginHelper.getRoutesLoader(context).findRoutesBuilders(resource);
  }

  /** Endpoints keep the statement that they have read; those of changed files are made anew. */
  private void forgetEndpoints() throws Exception {
    Set<String> changed = next.changedSince(former);
    for (Endpoint endpoint : List.copyOf(context.getEndpoints())) {
      String uri = endpoint.getEndpointUri();
      if (changed.stream().anyMatch(name -> uri.contains("file:" + name))) {
        context.removeEndpoint(endpoint);
      }
    }
  }

  /** Its routes alone: a builder of error policies would add those once more. */
  private static RoutesBuilder routesOf(RouteBuilder builder) {
    return new RouteBuilder() {
      @Override
      public void configure() {}

      @Override
      public void addRoutesToCamelContext(CamelContext into) throws Exception {
        builder.addRoutesToCamelContext(into);
      }
    };
  }

  private void replacePolicies(RouteSet set) throws Exception {
    Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
    // Not one by one: the one without an id would stay.
    model.getRouteConfigurationDefinitions().clear();
    Set<String> files = new TreeSet<>();
    Definition.of(set).stream().filter(one -> !one.isRoute()).forEach(one -> files.add(one.file()));
    for (String file : files) {
      for (RoutesBuilder builder : builders(file)) {
        if (builder instanceof RouteConfigurationsBuilder policy) {
          policy.addRouteConfigurationsToCamelContext(context);
        }
      }
    }
  }

  /** As much as ever can be: what fails here is said and does not hinder the rest. */
  private void restore(Set<String> out, Set<String> in, Map<String, ServiceStatus> states) {
    attempt("take out the new routes", () -> remove(in));
    attempt("use the former files", () -> begin(former));
    for (String id : out) {
      if (context.getRoute(id) == null) {
        attempt("restore " + id, () -> put(before, Set.of(id), states));
      }
    }
  }

  /** One step of a restoration. */
  private interface Step {
    void take() throws Exception;
  }

  private static void attempt(String what, Step step) {
    try {
      step.take();
    } catch (Exception | Error e) {
      log.error("could not {}; restart Backline: {}", what, e.getMessage(), e);
    }
  }
}
