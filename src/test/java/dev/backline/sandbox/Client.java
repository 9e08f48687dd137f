package dev.backline.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A client of a sandbox, as a program outside has it: everything over HTTP. */
final class Client {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Sandbox sandbox;

  Client(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /** Calls an endpoint of the Discovery API with a key; {@code query} may be "". */
  HttpResponse<byte[]> call(String endpoint, String query) throws IOException {
    String more = query.isEmpty() ? "" : "&" + query;
    return get(sandbox.ticketmaster().resolve(endpoint + "?apikey=k" + more));
  }

  /** Calls setlist.fm as it wants to be called; {@code query} may be "". */
  HttpResponse<byte[]> setlistfm(String endpoint, String query) throws IOException {
    return send(
        HttpRequest.newBuilder(sandbox.setlistfm().resolve(endpoint + "?" + query))
            .header("x-api-key", "k")
            .header("Accept", "application/json")
            .build());
  }

  /** What all pages of a query of setlist.fm list under a key. */
  List<JsonNode> allOf(String list, String endpoint, String query) throws IOException {
    List<JsonNode> all = new ArrayList<>();
    for (int page = 1; ; page++) {
      HttpResponse<byte[]> response = setlistfm(endpoint, query + "&p=" + page);
      if (response.statusCode() == 404) {
        return all;
      }
      json(response).get(list).forEach(all::add);
    }
  }

  /** Calls Bandsintown with an app_id; {@code path} is sent as it is. */
  HttpResponse<byte[]> bandsintown(String path, String query) throws IOException {
    String more = query.isEmpty() ? "" : "&" + query;
    return get(URI.create(sandbox.bandsintown() + path + "?app_id=my-app" + more));
  }

  HttpResponse<byte[]> get(URI uri) throws IOException {
    return send(HttpRequest.newBuilder(uri).build());
  }

  HttpResponse<byte[]> post(String pathAndQuery) throws IOException {
    URI uri = sandbox.uri().resolve(pathAndQuery);
    return send(HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build());
  }

  JsonNode world(String path) throws IOException {
    return json(get(sandbox.uri().resolve(path)));
  }

  JsonNode events(String query) throws IOException {
    HttpResponse<byte[]> response = call("events.json", query);
    if (response.statusCode() != 200) {
      throw new IOException(new String(response.body(), StandardCharsets.UTF_8));
    }
    return json(response);
  }

  /** The events of all pages of a query that finds at most 1,200. */
  List<JsonNode> allEvents(String query) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (int page = 0; page <= 5; page++) {
      JsonNode body = events(query + "&size=200&page=" + page);
      body.at("/_embedded/events").forEach(events::add);
      if (page + 1 >= body.at("/page/totalPages").asInt()) {
        return events;
      }
    }
    throw new IOException("more than six pages for " + query);
  }

  List<JsonNode> lines(String path) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    String body = new String(get(sandbox.uri().resolve(path)).body(), StandardCharsets.UTF_8);
    for (String line : body.split("\n")) {
      if (!line.isEmpty()) {
        lines.add(JSON.readTree(line));
      }
    }
    return lines;
  }

  /** The truth about things of a kind, by id. */
  Map<String, JsonNode> truth(String kind) throws IOException {
    return lines("world/truth").stream()
        .filter(line -> line.get("kind").asText().equals(kind))
        .collect(Collectors.toMap(Client::id, Function.identity()));
  }

  static JsonNode json(HttpResponse<byte[]> response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String id(JsonNode thing) {
    return thing.get("id").asText();
  }

  static List<String> ids(List<JsonNode> things) {
    return things.stream().map(Client::id).toList();
  }

  HttpResponse<byte[]> send(HttpRequest request) throws IOException {
    try {
      return HTTP.send(request, BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
