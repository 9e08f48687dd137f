package dev.backline.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Gives out access tokens for client credentials. Any id and secret will do except the secret
 * "wrong-secret". No faults strike here.
 */
final class SpotifyTokenHandler implements HttpHandler {
  private static final int BODY_MAX = 16 * 1024;

  private final SpotifyTokens tokens;

  SpotifyTokenHandler(SpotifyTokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answer(exchange);
      exchange.getResponseHeaders().set("Content-Type", answer.contentType());
      exchange.sendResponseHeaders(answer.status(), answer.length());
      exchange.getResponseBody().write(answer.body(), 0, answer.length());
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      return SpotifyAnswers.token(405, "invalid_request", "must be POST");
    }
    byte[] body = exchange.getRequestBody().readNBytes(BODY_MAX);
    Params form = new Params(new String(body, StandardCharsets.UTF_8));
    if (!known(exchange.getRequestHeaders().getFirst("Authorization"))) {
      return SpotifyAnswers.token(400, "invalid_client", "Invalid client");
    }
    if (!"client_credentials".equals(form.get("grant_type"))) {
      return SpotifyAnswers.token(
          400, "unsupported_grant_type", "grant_type must be client_credentials");
    }
    JsonBytes out = new JsonBytes(256).raw("{\"access_token\":\"").raw(tokens.give());
    out.raw("\",\"token_type\":\"Bearer\",\"expires_in\":").number(tokens.lifeSeconds());
    return Answer.of(200, Answers.JSON, out.raw("}").copy());
  }

  private static boolean known(String header) {
    if (header == null || !header.startsWith("Basic ")) {
      return false;
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(header.substring(6).strip());
      String pair = new String(decoded, StandardCharsets.UTF_8);
      return pair.matches("[^:]+:.+") && !pair.endsWith(":wrong-secret");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
