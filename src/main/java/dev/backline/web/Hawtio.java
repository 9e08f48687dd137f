package dev.backline.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;

/**
 * The pages of Hawtio, a console for Camel in the browser, on the management port. They are files;
 * what they show and do goes through Jolokia and its policy, like everybody else's calls.
 */
final class Hawtio {
  private static final String ROOT = "/hawtio";
  private static final String JOLOKIA = "/observe/jolokia";

  /** Who has come past the gate needs no name of its own here. */
  private static final String USER = "\"public\"";

  private Hawtio() {}

  static void install(Router router) {
    router.get("/").handler(r -> r.redirect(ROOT + "/"));
    router.getWithRegex(ROOT).handler(r -> r.redirect(ROOT + "/"));
    router.route(ROOT + "/jolokia*").handler(Hawtio::jolokia);
    says(router, "user", USER);
    says(router, "plugin", "[]");
    says(router, "preset-connections", "[]");
    says(router, "proxy/enabled", "false");
    says(router, "keycloak/enabled", "false");
    says(router, "auth/config", "{}");
    says(router, "auth/config/session-timeout", "{}");
    router.get(ROOT + "/*").handler(StaticHandler.create("hawtio"));
    // The console's own addresses, as a reader keeps them: all are its one page.
    router.get(ROOT + "/*").handler(r -> r.reroute(ROOT + "/index.html"));
  }

  private static void says(Router router, String what, String answer) {
    router
        .get(ROOT + "/" + what)
        .handler(
            r ->
                r.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .end(answer));
  }

  private static void jolokia(RoutingContext request) {
    String query = request.request().query();
    String rest = request.normalizedPath().substring((ROOT + "/jolokia").length());
    request.reroute(JOLOKIA + rest + (query == null ? "" : "?" + query));
  }
}
