package dev.backline.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An error as a client sees it, an RFC 9457 problem document.
 *
 * @param detail what is wrong and what to do; never anything of the inside
 * @param parameter the query parameter at fault, or null
 */
record Problem(int status, String detail, String parameter) {
  static final String CONTENT_TYPE = "application/problem+json";
  private static final Map<Integer, String> TITLES =
      Map.of(
          400, "Bad Request",
          401, "Unauthorized",
          403, "Forbidden",
          404, "Not Found",
          405, "Method Not Allowed",
          409, "Conflict",
          413, "Content Too Large",
          429, "Too Many Requests",
          500, "Internal Server Error",
          503, "Service Unavailable");
  private static final ObjectMapper JSON = new ObjectMapper();

  static Problem of(int status, String detail) {
    return new Problem(status, detail, null);
  }

  /** What there is to say about a status by itself. */
  static Problem of(int status) {
    return of(
        status,
        switch (status) {
          case 400 -> "the request cannot be read";
          case 401 -> "this needs a valid bearer token";
          case 403 -> "the caller may not do this";
          case 404 -> "there is nothing here";
          case 405 -> "this path does not take that method";
          case 429 -> "too many requests; try again in a minute";
          case 413 -> "the request body is too large";
          case 503 -> "this is not available at the moment; try again later";
          default -> "the request failed; the log of the server says why";
        });
  }

  String json() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", "about:blank");
    fields.put("title", TITLES.getOrDefault(status, "Error"));
    fields.put("status", status);
    fields.put("detail", detail);
    if (parameter != null) {
      fields.put("parameter", parameter);
    }
    try {
      return JSON.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of texts is always JSON", e);
    }
  }
}
