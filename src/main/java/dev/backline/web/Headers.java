package dev.backline.web;

import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

/**
 * Which headers pass between HTTP and a route. Camel's own names steer its components, so they
 * never come in; what goes out is listed, so that nothing of a route's inside does.
 */
public final class Headers implements HeaderFilterStrategy {
  private static final Set<String> ENTER =
      Set.of(
          "accept",
          "accept-encoding",
          "accept-language",
          "connection",
          "content-length",
          "content-type",
          "cookie",
          "expect",
          "host",
          "if-modified-since",
          "if-none-match",
          "last-event-id",
          "origin",
          "referer",
          "sec-fetch-site",
          "transfer-encoding",
          "upgrade",
          "user-agent");

  private static final Set<String> LEAVE =
      Set.of(
          "cache-control",
          "cdn-cache-control",
          "content-disposition",
          "content-security-policy",
          "etag",
          "last-modified",
          "location",
          "retry-after",
          "set-cookie",
          "vary");

  /** Whether a client's header is of any use to a route; the rest is taken away. */
  static boolean enters(String name) {
    return ENTER.contains(name.toLowerCase(Locale.ROOT));
  }

  /** For the fields of a form, which Camel makes headers of as well. */
  @Override
  public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith("camel") || lower.startsWith("org.apache.camel");
  }

  @Override
  public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
    return !LEAVE.contains(name.toLowerCase(Locale.ROOT));
  }
}
