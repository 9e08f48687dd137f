package dev.backline.sandbox;

import java.nio.charset.StandardCharsets;

/** The answers that are no data: errors of the gateway, of the API, and of machines in between. */
final class Answers {
  static final String DEFAULT_LOCALE = "en-us";
  static final String JSON = "application/json;charset=utf-8";
  static final String HTML = "text/html;charset=utf-8";

  private static final String LOGIN =
      "<!DOCTYPE html><html><head><title>Sign in</title></head><body><form method=\"post\" "
          + "action=\"/login\"><input name=\"user\"><input name=\"password\" type=\"password\">"
          + "<button>Sign in</button></form></body></html>";

  private Answers() {}

  /** 401 when no key was given. */
  static Answer noKey() {
    return gateway(
        401,
        "Failed to resolve API Key variable request.queryparam.apikey",
        "steps.oauth.v2.FailedToResolveAPIKey");
  }

  static Answer wrongKey() {
    return gateway(401, "Invalid ApiKey", "oauth.v2.InvalidApiKey");
  }

  static Answer notFound(String locale, String id) {
    return api(
        404,
        "DIS1004",
        "Resource not found with provided criteria (locale=" + locale + ", id=" + id + ")",
        "404");
  }

  static Answer badRequest(BadRequest error) {
    return api(400, error.code(), error.getMessage(), "400 BAD_REQUEST");
  }

  /** 200 with an errors object, as it must not be. */
  static Answer errorsWith200() {
    return api(200, "DIS1001", "Internal error while searching", "500");
  }

  static Answer login() {
    return text(200, HTML, LOGIN);
  }

  /** The body that comes with a status; the quota body repeats the key, as the real one does. */
  static Answer status(int status, String key) {
    return switch (status) {
      case 400 -> api(400, "DIS1000", "Bad request", "400 BAD_REQUEST");
      case 401 -> wrongKey();
      case 403 -> gateway(403, "Access to this resource is denied", "oauth.v2.Forbidden");
      case 404 -> notFound(DEFAULT_LOCALE, "unknown");
      case 429 ->
          gateway(
              429,
              "Rate limit quota violation. Quota limit exceeded. Identifier : " + key,
              "policies.ratelimit.QuotaViolation");
      case 502 ->
          text(
              502,
              HTML,
              "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway"
                  + "</h1></center><hr><center>sandbox</center></body></html>");
      case 503 ->
          gateway(
              503, "The Service is temporarily unavailable", "messaging.adaptors.http.flow.503");
      case 504 -> gateway(504, "Gateway Timeout", "messaging.adaptors.http.flow.GatewayTimeout");
      case 500 -> api(500, "DIS1001", "Internal server error", "500");
      default -> api(status, "DIS1999", "Status " + status, Integer.toString(status));
    };
  }

  static Answer text(int status, String contentType, String body) {
    return Answer.of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
  }

  private static Answer gateway(int status, String fault, String code) {
    JsonBytes out = new JsonBytes(256);
    out.raw("{\"fault\":{\"faultstring\":").text(fault).raw(",\"detail\":{\"errorcode\":");
    out.text(code).raw("}}}");
    return Answer.of(status, JSON, out.copy());
  }

  private static Answer api(int status, String code, String detail, String word) {
    JsonBytes out = new JsonBytes(256);
    out.raw("{\"errors\":[{\"code\":").text(code).raw(",\"detail\":").text(detail);
    out.raw(",\"status\":").text(word);
    out.raw(",\"_links\":{\"about\":{\"href\":\"/discovery/v2/errors.html#").raw(code);
    out.raw("\"}}}]}");
    return Answer.of(status, JSON, out.copy());
  }
}
