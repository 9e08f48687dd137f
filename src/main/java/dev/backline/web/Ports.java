package dev.backline.web;

import dev.backline.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.Service;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/**
 * The two ports of a node: the public one, and the one for those who run it. Camel goes on without
 * a port that is taken, so a node looks before it starts, and calls itself when it has started.
 */
public final class Ports {
  private static final Path ACCESS = Path.of("config", "access.conf");
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Settings settings;
  private final Tokens tokens;
  private final InetSocketAddress http;
  private final InetSocketAddress management;
  private EventStreams streams;
  private final Probe httpProbe = new Probe();
  private final Probe managementProbe = new Probe();

  private Ports(Settings settings, InetSocketAddress http, InetSocketAddress management) {
    this.settings = settings;
    this.tokens = new Tokens(settings);
    this.http = http;
    this.management = management;
  }

  /**
   * Looks whether the ports are free; 0 stands for any free one.
   *
   * @param web whether the node answers the public; without it there is no public port
   * @throws Settings.Invalid with one line that names the port and its setting
   */
  public static Ports look(Settings settings, boolean web) {
    InetAddress host = host(settings, "backline.management-host");
    if (!host.isLoopbackAddress() && !new Tokens(settings).adminIsSet()) {
      throw new Settings.Invalid(
          "setting backline.management-host is "
              + settings.text("backline.management-host")
              + ", which others can reach; set ADMIN_API_KEY ("
              + Tokens.SHORTEST
              + " characters or more), which that port then asks for, or use 127.0.0.1");
    }
    try (ServerSocket http =
            web
                ? open(settings, host(settings, "backline.http-host"), "backline.http-port")
                : null;
        ServerSocket management = open(settings, host, "backline.management-port")) {
      return new Ports(
          settings,
          web ? (InetSocketAddress) http.getLocalSocketAddress() : null,
          (InetSocketAddress) management.getLocalSocketAddress());
    } catch (IOException e) {
      throw new Settings.Invalid("cannot try the ports: " + e.getMessage());
    }
  }

  private static InetAddress host(Settings settings, String key) {
    try {
      return InetAddress.getByName(settings.text(key));
    } catch (UnknownHostException e) {
      throw new Settings.Invalid(
          "setting " + key + " names no host of this machine: " + settings.text(key));
    }
  }

  private static ServerSocket open(Settings settings, InetAddress host, String key)
      throws IOException {
    int port = settings.number(key);
    ServerSocket socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, port));
      return socket;
    } catch (IOException | IllegalArgumentException e) {
      socket.close();
      throw new Settings.Invalid(
          "port "
              + port
              + " on "
              + settings.text(key.replace("-port", "-host"))
              + " cannot be used ("
              + e.getMessage()
              + "); choose another with "
              + Settings.variable(key)
              + " (setting "
              + key
              + ")");
    }
  }

  /**
   * Reads the table of who may call what.
   *
   * @return how many lines it has
   * @throws Settings.Invalid that names the line that is wrong
   */
  public static int rules() {
    return Access.load(ACCESS).rules().size();
  }

  /** What makes Camel open the two ports; the management port keeps the path that is guarded. */
  public Properties camel() {
    Properties camel = new Properties();
    if (http != null) {
      camel.setProperty("camel.server.enabled", "true");
      camel.setProperty("camel.server.host", http.getAddress().getHostAddress());
      camel.setProperty("camel.server.port", String.valueOf(http.getPort()));
      camel.setProperty("camel.server.path", "/");
      camel.setProperty("camel.server.maxBodySize", String.valueOf(largestBody()));
      camel.setProperty("camel.server.fileUploadEnabled", "false");
    }
    camel.setProperty("camel.management.enabled", "true");
    camel.setProperty("camel.management.host", management.getAddress().getHostAddress());
    camel.setProperty("camel.management.port", String.valueOf(management.getPort()));
    camel.setProperty("camel.management.path", "/");
    camel.setProperty("camel.management.healthCheckEnabled", "true");
    camel.setProperty("camel.management.metricsEnabled", "true");
    camel.setProperty("camel.management.jolokiaEnabled", "true");
    camel.setProperty("camel.metrics.enabled", "true");
    camel.setProperty(
        "camel.metrics.binders", "class-loader,jvm-gc,jvm-memory,jvm-thread,processor,uptime");
    // A source that is down is no reason to take the node out of service.
    camel.setProperty("camel.health.consumersEnabled", "false");
    return camel;
  }

  private long largestBody() {
    return settings.number("web.largest-body-kb") * 1024L;
  }

  /** Puts the gates before both ports; to be started after the servers and before any route. */
  public Service gates(CamelContext camel) {
    return new Service() {
      @Override
      public void start() {
        guard(camel);
      }

      @Override
      public void stop() {
        if (streams != null) {
          streams.close();
        }
      }
    };
  }

  private void guard(CamelContext camel) {
    if (http != null) {
      Visitors visitors = new Visitors(settings);
      new Gate(
              Access.load(ACCESS),
              tokens,
              visitors,
              new Sessions(settings, Clock.systemUTC()),
              httpProbe,
              settings.find("web.address-header").orElse(""),
              largestBody(),
              settings.number("web.request-timeout"),
              path -> suspended(camel, path))
          .install(router(camel, http));
      streams = streams(camel, visitors);
      streams.install(router(camel, http), router(camel, http).vertx());
    }
    VertxPlatformHttpRouter router = router(camel, management);
    new ManagementGate(tokens, managementProbe, management.getAddress().isLoopbackAddress())
        .install(router);
    Hawtio.install(router);
  }

  private EventStreams streams(CamelContext camel, Visitors visitors) {
    ProducerTemplate routes = camel.createProducerTemplate();
    return new EventStreams(
        camel.getRegistry().lookupByNameAndType("dataSource", DataSource.class),
        visitors,
        settings.number("web.most-streams"),
        settings.number("web.address-streams"),
        (show, visitor) -> {
          Map<String, Object> asked = new HashMap<>();
          asked.put("show", show);
          asked.put("visitor", visitor);
          return routes.requestBody("direct:setlist-votes", asked, String.class);
        },
        run -> routes.requestBody("direct:job-document", UUID.fromString(run), String.class));
  }

  private static boolean suspended(CamelContext camel, String path) {
    return camel.getRoutes().stream()
        .filter(route -> path.equals(path(route)))
        .anyMatch(route -> camel.getRouteController().getRouteStatus(route.getId()).isSuspended());
  }

  /** The path that a route answers over HTTP, as its file writes it; null for any other route. */
  static String path(Route route) {
    String uri = route.getEndpoint().getEndpointBaseUri();
    return uri.startsWith("platform-http:") ? URI.create(uri).getPath() : null;
  }

  private static VertxPlatformHttpRouter router(CamelContext camel, InetSocketAddress address) {
    return VertxPlatformHttpRouter.lookup(
        camel, VertxPlatformHttpRouter.getRouterNameFromPort(address.getPort()));
  }

  /**
   * Calls the ports and asks whether the node lives.
   *
   * @throws IllegalStateException with one line when a port is not ours
   */
  public void prove() throws IOException, InterruptedException {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    if (http != null) {
      get(client, http().resolve(httpProbe.path()));
      require(httpProbe.arrived(), http, "backline.http-port");
    }
    get(client, management().resolve(managementProbe.path()));
    int live = get(client, management().resolve("/observe/health/live"));
    require(managementProbe.arrived() && live == 200, management, "backline.management-port");
  }

  private static int get(HttpClient client, URI uri) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private static void require(boolean ours, InetSocketAddress address, String key) {
    if (!ours) {
      throw new IllegalStateException(
          "port "
              + address.getPort()
              + " is answered by another program; choose another with "
              + Settings.variable(key)
              + " (setting "
              + key
              + ")");
    }
  }

  /** Where the public port is reached from this machine; null where the node has none. */
  public URI http() {
    return http == null ? null : uri(http);
  }

  /** Where the management port is reached from this machine. */
  public URI management() {
    return uri(management);
  }

  private static URI uri(InetSocketAddress address) {
    InetAddress host = address.getAddress();
    String name = host.isAnyLocalAddress() ? "127.0.0.1" : host.getHostAddress();
    return URI.create(
        "http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + address.getPort() + "/");
  }
}
