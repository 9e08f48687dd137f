package dev.backline.web;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before every request on the public port. It lets pass what {@link Access} allows, takes
 * away what a client must not bring in, limits body and time, and answers every failure with a
 * problem document.
 */
final class Gate {
  private static final Logger log = LoggerFactory.getLogger(Gate.class);

  private static final String OF_DATA = "default-src 'none'; frame-ancestors 'none'";
  private static final Problem NOT_OURS =
      Problem.of(403, "this must come from a page of this site (header Origin)");

  /** Header under which routes find the address of the client; nobody else can set it. */
  static final String ADDRESS = "backline-address";

  private static final String MISSING =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Not found · Backline</title><link rel="stylesheet" href="/assets/backline.css"></head>
      <body><main><div class="error" role="alert"><h1>Not found</h1><p>There is no such page.</p>
      <p><a href="/">Upcoming shows</a></p></div></main></body></html>
      """;

  private static final Pattern OPERATIONS = Pattern.compile("/ops(?!/login)(/.*)?");
  private static final String OF_PAGES =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: data:;"
          + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private final Access access;
  private final Tokens tokens;
  private final Visitors visitors;
  private final Sessions sessions;
  private final Probe probe;
  private final String addressHeader;
  private final long largestBody;
  private final long longest;
  private final Predicate<String> suspended;

  /**
   * @param addressHeader that a proxy before us leaves the client's address in; empty: there is
   *     none
   * @param largestBody bytes of a request's body
   * @param longest milliseconds until a request that has no answer yet is given up
   * @param suspended whether the route of a path, as the table writes it, is suspended
   */
  Gate(
      Access access,
      Tokens tokens,
      Visitors visitors,
      Sessions sessions,
      Probe probe,
      String addressHeader,
      long largestBody,
      long longest,
      Predicate<String> suspended) {
    this.access = access;
    this.tokens = tokens;
    this.visitors = visitors;
    this.sessions = sessions;
    this.probe = probe;
    this.addressHeader = addressHeader;
    this.largestBody = largestBody;
    this.longest = longest;
    this.suspended = suspended;
  }

  /** Puts the gate before all routes of a router, and an answer behind them. */
  void install(Router router) {
    router.route().order(-1).handler(this::enter).failureHandler(Gate::failed);
    router.route().order(Integer.MAX_VALUE).handler(this::unanswered);
  }

  private void enter(RoutingContext request) {
    probe.seen(request.normalizedPath());
    HttpServerResponse response = request.response();
    response.putHeader("X-Content-Type-Options", "nosniff");
    response.putHeader("Referrer-Policy", "same-origin");
    String path = request.normalizedPath();
    String method = request.request().method().name();
    response.putHeader("Content-Security-Policy", path.startsWith("/api/") ? OF_DATA : OF_PAGES);
    Who caller = tokens.caller(request.request().getHeader("Authorization"));
    if (caller == Who.PUBLIC && sessions.isOperator(request.request().getHeader("Cookie"))) {
      if (!reads(request.request()) && !isOurs(request.request())) {
        answer(request, NOT_OURS);
        return;
      }
      caller = Who.ADMIN;
    }
    if (caller == Who.PUBLIC && OPERATIONS.matcher(path).matches() && reads(request.request())) {
      response.putHeader("Location", "/ops/login").setStatusCode(303).end();
      return;
    }
    if (caller == Who.PUBLIC && access.admits(method, path, Who.VISITOR)) {
      visit(request);
      return;
    }
    if (path.startsWith("/api/") && access.admits(method, path, Who.PUBLIC)) {
      response.putHeader("Access-Control-Allow-Origin", "*"); // what everybody may read
    }
    if (method.equals("OPTIONS") && !access.methods(path, caller).isEmpty()) {
      allow(request, caller).setStatusCode(204).end();
      return;
    }
    switch (access.judge(method, path, caller)) {
      case OTHER_METHOD -> {
        allow(request, caller);
        answer(request, Problem.of(405));
      }
      case UNKNOWN_CALLER -> {
        if (!path.startsWith("/api/") && access.path(path).isEmpty() && reads(request.request())) {
          missing(request);
          return;
        }
        response.putHeader("WWW-Authenticate", "Bearer");
        answer(request, Problem.of(401));
      }
      case FORBIDDEN -> answer(request, Problem.of(403));
      case ALLOWED -> {
        if (caller == Who.PUBLIC && !visitors.mayRead(address(request.request()))) {
          tooMany(request);
        } else {
          pass(request);
        }
      }
    }
  }

  /** An address that nothing has ever had, as people see it; what is an address tells nobody. */
  private static void missing(RoutingContext request) {
    if (!String.valueOf(request.request().getHeader("Accept")).contains("text/html")) {
      answer(request, Problem.of(404));
      return;
    }
    request
        .response()
        .setStatusCode(404)
        .putHeader("Content-Type", "text/html; charset=utf-8")
        .putHeader("Cache-Control", "no-store")
        .end(MISSING);
  }

  private static void tooMany(RoutingContext request) {
    request.response().putHeader("Retry-After", "60");
    answer(request, Problem.of(429));
  }

  /**
   * A request of a visitor. One that changes something must come from our own pages; whoever has no
   * valid cookie yet gets one with the answer.
   */
  private void visit(RoutingContext request) {
    HttpServerRequest asked = request.request();
    String origin = asked.getHeader("Origin");
    boolean ours = isOurs(asked) || (origin == null && reads(asked));
    if (!visitors.open()) {
      answer(request, Problem.of(503, "visitors are closed: VISITOR_SECRET is not set"));
      return;
    }
    if (!ours) {
      answer(request, NOT_OURS);
      return;
    }
    String address = address(asked);
    Optional<UUID> visitor = visitors.known(asked.getHeader("Cookie"));
    if (visitor.isEmpty()) {
      visitor = visitors.arrive(address);
      boolean secure = origin != null && origin.startsWith("https:");
      visitor.ifPresent(
          id -> request.response().putHeader("Set-Cookie", visitors.cookie(id, secure)));
    }
    if (visitor.isEmpty() || !visitors.mayCall(visitor.get(), address)) {
      tooMany(request);
      return;
    }
    request.put(Visits.VISITOR, visitor.get().toString());
    pass(request);
  }

  /** The client's address; of several that proxies have added, the one that ours has. */
  private String address(HttpServerRequest asked) {
    String told = addressHeader.isEmpty() ? null : asked.getHeader(addressHeader);
    return told == null
        ? asked.remoteAddress().hostAddress()
        : told.substring(told.lastIndexOf(',') + 1).strip();
  }

  private static boolean reads(HttpServerRequest asked) {
    return asked.method() == HttpMethod.GET || asked.method() == HttpMethod.HEAD;
  }

  /** Whether a request comes from one of our own pages. */
  private static boolean isOurs(HttpServerRequest asked) {
    String origin = asked.getHeader("Origin");
    return origin == null
        ? "same-origin".equals(asked.getHeader("Sec-Fetch-Site"))
        : origin.matches("https?://" + Pattern.quote(String.valueOf(asked.getHeader("Host"))));
  }

  private HttpServerResponse allow(RoutingContext request, Who caller) {
    Set<String> methods = access.methods(request.normalizedPath(), caller);
    return request.response().putHeader("Allow", String.join(", ", methods));
  }

  private void pass(RoutingContext request) {
    try {
      String address = address(request.request()); // before its header is taken away
      clean(request.request().headers());
      request.request().headers().set(ADDRESS, address);
      String visitor = request.get(Visits.VISITOR);
      if (visitor != null) {
        request.request().headers().set(Visits.VISITOR, visitor);
      }
      // Camel would make headers of the query as well; routes read the query itself.
      request.queryParams().clear();
      String length = request.request().getHeader("Content-Length");
      if (length != null && Long.parseLong(length) > largestBody) {
        request.response().putHeader("Connection", "close");
        answer(request, Problem.of(413));
        return;
      }
    } catch (RuntimeException e) { // the query or the length cannot be read
      answer(request, Problem.of(400));
      return;
    }
    if (access.path(request.normalizedPath()).filter(suspended).isPresent()) {
      answer(request, Problem.of(503)); // Camel would say so without a word
      return;
    }
    Vertx vertx = request.vertx();
    long timer =
        vertx.setTimer(
            longest,
            t -> {
              if (!request.response().headWritten()) {
                request.response().putHeader("Connection", "close");
                answer(request, Problem.of(503, "the request took too long; try again later"));
              }
            });
    request.addEndHandler(end -> vertx.cancelTimer(timer));
    request.next();
  }

  private static void clean(MultiMap headers) {
    for (String name : List.copyOf(headers.names())) {
      if (!Headers.enters(name)) {
        headers.remove(name);
      }
    }
  }

  /** No route took it: it does not exist, or it is stopped. */
  private void unanswered(RoutingContext request) {
    if (access.path(request.normalizedPath()).isPresent()) {
      answer(request, Problem.of(503));
    } else {
      missing(request);
    }
  }

  private static void failed(RoutingContext request) {
    int status = request.statusCode() >= 400 ? request.statusCode() : 500;
    if (status >= 500 && request.failure() != null) {
      log.error("{} {}: {}", request.request().method(), request.normalizedPath(), cause(request));
    }
    if (!request.response().ended()) {
      answer(request, Problem.of(status));
    }
  }

  private static String cause(RoutingContext request) {
    return String.valueOf(request.failure()).lines().findFirst().orElse("");
  }

  static void answer(RoutingContext request, Problem problem) {
    request
        .response()
        .setStatusCode(problem.status())
        .putHeader("Content-Type", Problem.CONTENT_TYPE)
        .putHeader("Cache-Control", "no-store")
        .end(problem.json());
  }
}
