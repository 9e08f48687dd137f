package dev.backline;

import dev.backline.store.BreakerStates;
import dev.backline.store.Database;
import dev.backline.store.Leases;
import dev.backline.web.DatabaseHealth;
import dev.backline.web.Ports;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.camel.FluentProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.main.Main;
import org.postgresql.ds.PGSimpleDataSource;

/** One running Backline: the Camel context with all routes, over a database. */
public final class Node implements AutoCloseable {
  /** Which routes start by themselves. */
  public enum Mode {
    /** Schedules, fetching and applying, and the two HTTP ports. */
    ALL,
    /** Fetching and applying, no schedules: what a command that waits for one run needs. */
    WORK,
    /** Nothing: routes are called one by one. */
    IDLE
  }

  private final Main main;
  private final String name;
  private final Ports ports;

  private Node(Main main, String name, Ports ports) {
    this.main = main;
    this.name = name;
    this.ports = ports;
  }

  /**
   * Starts the routes.
   *
   * @throws StartFailed with one line that says which file or setting is wrong
   */
  public static Node start(Settings settings, Database database, Mode mode) {
    if (mode != Mode.IDLE) {
      Leases.releaseDead(database);
      new BreakerStates(database.pool()).reset();
    }
    return start(settings, database.pool(), database, mode);
  }

  /** Routes without a database: for checks and for mapping a file. */
  public static Node offline(Settings settings) {
    return start(settings, new PGSimpleDataSource(), null, Mode.IDLE);
  }

  private static Node start(
      Settings settings, DataSource dataSource, Database database, Mode mode) {
    String name = Leases.node();
    Main main = new Main();
    main.setDefaultPropertyPlaceholderLocation("false");
    Properties properties = settings.forCamel();
    properties.setProperty("backline.node", name);
    properties.setProperty("backline.schedules", String.valueOf(mode == Mode.ALL));
    properties.setProperty("backline.applies", String.valueOf(mode != Mode.IDLE));
    properties.setProperty("backline.serves", String.valueOf(mode == Mode.ALL));
    for (String source : settings.sources()) {
      properties.setProperty(
          source + ".enabled", String.valueOf(mode != Mode.IDLE && settings.enabled(source)));
    }
    try {
      Ports ports = mode == Mode.ALL ? Ports.look(settings) : null;
      if (ports != null) {
        properties.putAll(ports.camel());
        main.bind("databaseHealth", new DatabaseHealth(database));
      }
      main.setInitialProperties(properties);
      main.setOverrideProperties(properties);
      DataSource reads = ports == null ? dataSource : database.reads();
      Wiring.bind(main::bind, settings, dataSource, reads, name);
      main.init();
      if (ports != null) {
        main.getCamelContext().addService(ports.gates(main.getCamelContext()), true, true);
        database.measure(main.lookup("metricsRegistry", Object.class));
      }
      main.start();
      if (main.getCamelContext().getRoutesSize() == 0) {
        throw new IllegalStateException("there is no route under routes/");
      }
      if (ports != null) {
        ports.prove();
      }
      return new Node(main, name, ports);
    } catch (Exception e) {
      stop(main);
      throw new StartFailed(e, settings);
    }
  }

  private static void stop(Main main) {
    try {
      main.stop();
      main.shutdown();
    } catch (RuntimeException e) {
      // Already said why the start failed; the process ends.
    }
  }

  /** Calls a route by its {@code direct:} name and answers its body. */
  public <T> T call(String route, Object body, Map<String, Object> properties, Class<T> answer) {
    FluentProducerTemplate call =
        main.getCamelContext().createFluentProducerTemplate().to("direct:" + route).withBody(body);
    properties.forEach(call::withExchangeProperty);
    return call.request(answer);
  }

  /** Ids of the routes. */
  public Set<String> routes() {
    return main.getCamelContext().getRoutes().stream()
        .map(Route::getId)
        .collect(Collectors.toSet());
  }

  /** {@code host/pid/start}. */
  public String name() {
    return name;
  }

  /**
   * The ports of a node that opens them.
   *
   * @throws IllegalStateException for any other
   */
  public Ports ports() {
    if (ports == null) {
      throw new IllegalStateException("this node opens no ports");
    }
    return ports;
  }

  @Override
  public void close() {
    main.stop();
    main.shutdown();
  }
}
