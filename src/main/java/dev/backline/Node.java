package dev.backline;

import dev.backline.observe.LogContext;
import dev.backline.observe.StatementTimes;
import dev.backline.observe.Tracing;
import dev.backline.reload.GatedDirect;
import dev.backline.reload.Gates;
import dev.backline.reload.Guard;
import dev.backline.reload.KeptSeda;
import dev.backline.reload.Problem;
import dev.backline.reload.Reload;
import dev.backline.reload.RouteChecks;
import dev.backline.reload.RouteSet;
import dev.backline.reload.RunningSet;
import dev.backline.reload.SetResources;
import dev.backline.store.BreakerStates;
import dev.backline.store.Database;
import dev.backline.store.Discarding;
import dev.backline.store.Leases;
import dev.backline.store.OpenAlarms;
import dev.backline.web.AlarmsHealth;
import dev.backline.web.DatabaseHealth;
import dev.backline.web.Ports;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.FluentProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.main.Main;
import org.postgresql.ds.PGSimpleDataSource;

/** One running Backline: the Camel context with all routes, over a database. */
public final class Node implements AutoCloseable {
  /** Which routes start by themselves. */
  public enum Mode {
    /**
     * What its roles say: schedules, fetching, applying, the public port; and the management port.
     */
    ALL,
    /** Fetching and applying, no schedules: what a command that waits for one run needs. */
    WORK,
    /** Nothing: routes are called one by one. */
    IDLE
  }

  /** For routes that reach no statement. */
  private static final DataSource NOWHERE = new PGSimpleDataSource();

  private final Main main;
  private final String name;
  private final Ports ports;
  private final Reload reload;
  private final Database database;
  private final Tracing tracing;

  private Node(
      Main main, String name, Ports ports, Reload reload, Database database, Tracing tracing) {
    this.main = main;
    this.name = name;
    this.ports = ports;
    this.reload = reload;
    this.database = database;
    this.tracing = tracing;
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
    return start(settings, NOWHERE, null, Mode.IDLE);
  }

  /** What is wrong under routes/; the statements are read by a database where there is one. */
  public static List<Problem> check(Settings settings, Database database) {
    RunningSet running = new RunningSet(RouteSet.read(Wiring.ROUTES));
    DataSource pool = database == null ? null : database.pool();
    Map<String, Object> beans = new HashMap<>();
    DataSource statements = pool == null ? NOWHERE : pool;
    Wiring.bind(beans::put, settings, statements, statements, "check", running);
    Properties properties = properties(settings, "check", Mode.IDLE);
    return new RouteChecks(beans, properties, pool).of(running.get());
  }

  /**
   * What the files under routes/ would make of stored records, compared with the rows that stand;
   * nothing is written.
   *
   * @throws Guard.NotNow when the database does not answer
   */
  public static Guard.Report dryRun(Settings settings, Database database) throws Guard.NotNow {
    return guard(settings, database.pool(), properties(settings, "guard", Mode.IDLE))
        .judge(null, RouteSet.read(Wiring.ROUTES), Set.of());
  }

  /** Tries sets of files with objects of their own, on connections that keep nothing. */
  private static Guard guard(Settings settings, DataSource pool, Properties properties) {
    DataSource nothingStays = new Discarding(pool);
    return new Guard(
        set -> {
          RunningSet tried = new RunningSet(set);
          Map<String, Object> beans = new HashMap<>();
          Wiring.bind(beans::put, settings, nothingStays, nothingStays, "guard", tried);
          tried.begin();
          return beans;
        },
        properties,
        new Guard.Limits(
            settings.number("guard.sample-records"),
            settings.number("guard.null-percent"),
            settings.number("guard.lost-percent"),
            settings.number("guard.watch-seconds")));
  }

  private static Properties properties(Settings settings, String name, Mode mode) {
    Properties properties = settings.forCamel();
    // The environment is in the settings already; Camel would take an empty variable for a value.
    properties.setProperty("camel.component.properties.environmentVariableMode", "0");
    // A tick only claims and plans; each further thread looks twice a second for work.
    properties.setProperty(
        "camel.component.quartz.properties[org.quartz.threadPool.threadCount]", "4");
    properties.setProperty("backline.node", name);
    Set<Role> roles = roles(settings, mode);
    properties.setProperty("backline.works", String.valueOf(mode != Mode.IDLE));
    properties.setProperty("backline.roles", words(roles));
    properties.setProperty("backline.schedules", String.valueOf(roles.contains(Role.SCHEDULE)));
    properties.setProperty("backline.fetches", String.valueOf(roles.contains(Role.FETCH)));
    properties.setProperty("backline.applies", String.valueOf(roles.contains(Role.APPLY)));
    properties.setProperty("backline.serves", String.valueOf(roles.contains(Role.WEB)));
    boolean workers =
        mode == Mode.WORK
            || settings.text("backline.env").equals("production")
            || Boolean.parseBoolean(settings.text("auto.start-workers"));
    properties.setProperty(
        "backline.workers", String.valueOf(workers && roles.contains(Role.FETCH)));
    for (String source : settings.sources()) {
      properties.setProperty(
          source + ".enabled",
          String.valueOf(roles.contains(Role.FETCH) && settings.enabled(source)));
    }
    return properties;
  }

  private static Set<Role> roles(Settings settings, Mode mode) {
    return switch (mode) {
      case ALL -> Role.of(settings);
      case WORK -> EnumSet.of(Role.FETCH, Role.APPLY);
      case IDLE -> EnumSet.noneOf(Role.class);
    };
  }

  private static String words(Set<Role> roles) {
    return roles.stream().map(Role::word).collect(Collectors.joining(","));
  }

  private static Node start(
      Settings settings, DataSource dataSource, Database database, Mode mode) {
    Ports ports = mode == Mode.ALL ? look(settings) : null;
    String name = Leases.node();
    RunningSet running = new RunningSet(RouteSet.read(Wiring.ROUTES));
    Properties properties = properties(settings, name, mode);
    Map<String, Object> beans = new LinkedHashMap<>();
    DataSource reads = ports == null ? dataSource : database.reads();
    Wiring.bind(beans::put, settings, dataSource, reads, name, running);
    if (ports != null) {
      properties.putAll(ports.camel());
      beans.put("databaseHealth", new DatabaseHealth(database));
      beans.put("alarmsHealth", new AlarmsHealth(new OpenAlarms(database.pool())));
    }
    DataSource statements = dataSource == NOWHERE ? null : dataSource;
    RouteChecks checks = new RouteChecks(beans, properties, statements);
    if (mode != Mode.IDLE) {
      refuse(checks.beforeStart(running.get()), null, settings);
    }
    Gates gates = new Gates();
    Main main = new Main();
    main.setDefaultPropertyPlaceholderLocation("false");
    main.setInitialProperties(properties);
    main.setOverrideProperties(properties);
    main.configure().setRoutesIncludePattern(pattern(running.get()));
    beans.forEach(main::bind);
    main.bind("direct", new GatedDirect(gates));
    main.bind("seda", new KeptSeda());
    main.bind(SetResources.NAME, new SetResources(running::get));
    Tracing tracing = null;
    try {
      running.begin();
      main.init();
      Object meters = ports == null ? null : main.lookup("metricsRegistry", Object.class);
      if (ports != null) {
        main.getCamelContext().addService(ports.gates(main.getCamelContext()), true, true);
        database.measure(meters);
      }
      observe(main.getCamelContext(), settings, meters);
      tracing = Tracing.wanted(settings) ? Tracing.of(main.getCamelContext(), settings) : null;
      main.start();
      if (main.getCamelContext().getRoutesSize() == 0) {
        throw new IllegalStateException("there is no route under routes/");
      }
      if (ports != null) {
        ports.prove();
      }
    } catch (Exception e) {
      stop(main);
      if (tracing != null) {
        tracing.close();
      }
      refuse(checks.of(running.get()), e, settings);
      throw new StartFailed(e, settings);
    }
    boolean watches = mode == Mode.ALL && Boolean.parseBoolean(settings.text("backline.reload"));
    return new Node(
        main,
        name,
        ports,
        watches
            ? Reload.watch(
                Wiring.ROUTES,
                running,
                checks,
                main.getCamelContext(),
                gates,
                guard(settings, dataSource, properties))
            : null,
        mode == Mode.IDLE ? null : database,
        tracing);
  }

  /** What looks at the routes while they run; before they are made. */
  private static void observe(CamelContext camel, Settings settings, Object meters) {
    LogContext lines = new LogContext(settings);
    camel.addRoutePolicyFactory(lines);
    camel.getCamelContextExtension().addInterceptStrategy(lines);
    camel.getCamelContextExtension().addInterceptStrategy(new StatementTimes(settings, meters));
  }

  private static Ports look(Settings settings) {
    try {
      return Ports.look(settings, Role.of(settings).contains(Role.WEB));
    } catch (Settings.Invalid e) {
      throw new StartFailed(e, settings);
    }
  }

  private static void refuse(List<Problem> problems, Exception cause, Settings settings) {
    if (!problems.isEmpty()) {
      throw new StartFailed(problems, cause, settings);
    }
  }

  /** The route files of a set, one by one: what is loaded is what was read. */
  private static String pattern(RouteSet set) {
    return set.routes().keySet().stream()
        .map(file -> "file:" + file)
        .collect(Collectors.joining(","));
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
    if (reload != null) {
      reload.close();
    }
    main.stop();
    main.shutdown();
    if (database != null) {
      Leases.leave(database, name);
    }
    if (tracing != null) {
      tracing.close();
    }
  }
}
