package dev.backline.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A client of the sandbox's Spotify, with a token of its own. */
final class SpotifyClient {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Sandbox sandbox;
  private String token;

  SpotifyClient(Sandbox sandbox) throws IOException {
    this.sandbox = sandbox;
    renew();
  }

  /** Fetches a new token. */
  void renew() throws IOException {
    HttpResponse<byte[]> response = token("id:secret", "grant_type=client_credentials");
    token = Client.json(response).get("access_token").asText();
  }

  HttpResponse<byte[]> token(String credentials, String form) throws IOException {
    String basic = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    return send(
        HttpRequest.newBuilder(sandbox.spotifyToken())
            .header("Authorization", "Basic " + basic)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  /** Calls an address below the base of the API, or a whole one. */
  HttpResponse<byte[]> call(String address) throws IOException {
    URI uri = sandbox.spotify().resolve(address);
    return send(HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token));
  }

  /** Calls an address with the ETag of an answer that the caller has. */
  HttpResponse<byte[]> call(String address, String etag) throws IOException {
    URI uri = sandbox.spotify().resolve(address);
    return send(
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer " + token)
            .header("If-None-Match", etag));
  }

  HttpResponse<byte[]> callWithout(String address) throws IOException {
    return send(HttpRequest.newBuilder(sandbox.spotify().resolve(address)));
  }

  JsonNode json(String address) throws IOException {
    HttpResponse<byte[]> response = call(address);
    if (response.statusCode() != 200) {
      throw new IOException(new String(response.body(), StandardCharsets.UTF_8));
    }
    return Client.json(response);
  }

  /** The status and the message of a call that is refused, as "403 Forbidden". */
  String refusal(String address) throws IOException {
    HttpResponse<byte[]> response = call(address);
    return response.statusCode() + " " + Client.json(response).at("/error/message").asText();
  }

  /** The items of a page and of all that follow it. */
  List<JsonNode> all(JsonNode first) throws IOException {
    List<JsonNode> items = new ArrayList<>();
    JsonNode page = first;
    page.get("items").forEach(items::add);
    while (!page.get("next").isNull()) {
      JsonNode next = json(page.get("next").asText());
      // A page of search results is inside an object that names what was searched for.
      page = next.has("items") ? next : next.elements().next();
      page.get("items").forEach(items::add);
    }
    return items;
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
    try {
      return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
