package dev.backline.web;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/**
 * Stands before every request on the management port. On the loopback address it keeps browsers
 * out, which would carry a foreign page's request there; elsewhere it asks for the operator's key,
 * except for the state of health.
 */
final class ManagementGate {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]", "::1");

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
    boolean foreign =
        http.getHeader("Origin") != null
            || loopback
                && (http.authority() == null || !LOOPBACK.contains(http.authority().host()));
    if (foreign) {
      Gate.answer(request, Problem.of(403));
    } else if (!loopback && !health(request) && !known(http)) {
      request.response().putHeader("WWW-Authenticate", "Bearer");
      Gate.answer(request, Problem.of(401));
    } else {
      request.next();
    }
  }

  private static boolean health(RoutingContext request) {
    return request.normalizedPath().matches("/observe/health(/live|/ready)?")
        && request.request().query() == null;
  }

  private boolean known(HttpServerRequest request) {
    return tokens.caller(request.getHeader("Authorization")) == Who.ADMIN;
  }
}
