package dev.backline.sandbox;

/** The errors of Spotify. */
final class SpotifyAnswers {
  private SpotifyAnswers() {}

  /** {@code {"error":{"status":404,"message":"Resource not found"}}}. */
  static Answer error(int status, String message) {
    return error(status, status, message);
  }

  /** An error that says one status and is sent with another. */
  static Answer error(int sent, int said, String message) {
    JsonBytes out = new JsonBytes(128).raw("{\"error\":{\"status\":").number(said);
    out.raw(",\"message\":").text(message).raw("}}");
    return Answer.of(sent, Answers.JSON, out.copy());
  }

  /** {@code {"error":"invalid_client","error_description":"Invalid client"}}, of the token. */
  static Answer token(int status, String error, String description) {
    JsonBytes out = new JsonBytes(128).raw("{\"error\":").text(error);
    out.raw(",\"error_description\":").text(description).raw("}");
    return Answer.of(status, Answers.JSON, out.copy());
  }

  /** The body that comes with a status. */
  static Answer status(int status) {
    return switch (status) {
      case 400 -> error(400, "Bad request");
      case 401 -> error(401, "The access token expired");
      case 403 -> error(403, "Forbidden");
      case 404 -> error(404, "Resource not found");
      case 405 -> error(405, "Method not allowed");
      case 429 -> error(429, "API rate limit exceeded");
      case 500 -> error(500, "Server error");
      case 502 -> error(502, "Bad gateway.");
      case 503 -> error(503, "Service temporarily unavailable");
      default -> error(status, "Status " + status);
    };
  }
}
