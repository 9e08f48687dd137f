package dev.backline.web;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;

/**
 * Stands before every request on the management port. What a browser sends for a page from
 * elsewhere is refused: only the console's own pages, which come from this port, may call it. On
 * the loopback address that is all; elsewhere it asks for the operator's key, as a bearer or as the
 * password that a browser asks its user for, except for the state of health.
 */
final class ManagementGate {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]", "::1");

  /**
   * What browsers call requests of this port's own pages, and of somebody who typed the address.
   */
  private static final Set<String> OWN = Set.of("same-origin", "none");

  private final Tokens tokens;
  private final Probe probe;
  private final boolean loopback;

  ManagementGate(Tokens tokens, Probe probe, boolean loopback) {
    this.tokens = tokens;
    this.probe = probe;
    this.loopback = loopback;
  }

  void install(Router router) {
    router.route().order(-1).handler(this::enter);
    router.route().order(Integer.MAX_VALUE).handler(r -> Gate.answer(r, Problem.of(404)));
  }

  private void enter(RoutingContext request) {
    probe.seen(request.normalizedPath());
    HttpServerRequest http = request.request();
    if (foreign(http)) {
      Gate.answer(request, Problem.of(403));
    } else if (!loopback && !health(request) && !known(http)) {
      request.response().headers().add("WWW-Authenticate", "Bearer");
      request.response().headers().add("WWW-Authenticate", "Basic realm=\"Backline\"");
      Gate.answer(request, Problem.of(401));
    } else {
      request.next();
    }
  }

  private boolean foreign(HttpServerRequest request) {
    HostAndPort host = request.authority(); // None with HTTP/1.0, as a load balancer may ask.
    if (loopback && (host == null || !LOOPBACK.contains(host.host()))) {
      return true;
    }
    String origin = request.getHeader("Origin");
    String site = request.getHeader("Sec-Fetch-Site");
    return origin != null && !origin.equalsIgnoreCase(request.scheme() + "://" + host)
        || site != null && !OWN.contains(site);
  }

  private static boolean health(RoutingContext request) {
    return request.normalizedPath().matches("/observe/health(/live|/ready)?")
        && request.request().query() == null;
  }

  private boolean known(HttpServerRequest request) {
    return tokens.caller(bearer(request.getHeader("Authorization"))) == Who.ADMIN;
  }

  /** A browser's password as a bearer; its user may have any name. */
  private static String bearer(String authorization) {
    if (authorization == null || !authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      return authorization;
    }
    try {
      byte[] pair = Base64.getDecoder().decode(authorization.substring(6).trim());
      String text = new String(pair, StandardCharsets.UTF_8);
      return "Bearer " + text.substring(text.indexOf(':') + 1);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
