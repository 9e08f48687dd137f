package dev.backline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.backline.Settings;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/** Asks the running instance for its MBeans and metrics, over HTTP on its management port. */
final class Jolokia {
  /** A stop waits for the page in flight. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final Settings settings;
  private final URI uri;

  Jolokia(Settings settings) {
    this.settings = settings;
    String host = settings.text("backline.management-host");
    this.uri =
        URI.create(
            "http://"
                + (host.equals("0.0.0.0") ? "127.0.0.1" : host)
                + ":"
                + settings.number("backline.management-port")
                + "/observe/jolokia/");
  }

  /** The name of the routes' MBeans, or of those that {@code which} selects. */
  String mbean(String which) {
    return "org.apache.camel:context=" + settings.text("camel.main.name") + ",type=routes," + which;
  }

  /**
   * Sends one request and gives its value.
   *
   * @throws NotRunning when nobody answers, with one line
   */
  JsonNode ask(JsonNode request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        send(
            HttpRequest.newBuilder(uri)
                .POST(HttpRequest.BodyPublishers.ofString(request.toString())));
    JsonNode answer;
    try {
      answer = Json.mapper().readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new NotRunning("what answers at " + uri.getAuthority() + " is no Backline");
    }
    if (answer.path("status").asInt() != 200) {
      throw new NotRunning(
          "the instance at "
              + uri.getAuthority()
              + " refused: "
              + answer.path("error").asText(answer.path("detail").asText("no reason given")));
    }
    return answer.path("value");
  }

  /**
   * The metrics of the instance, as Prometheus reads them.
   *
   * @throws NotRunning when nobody answers, with one line
   */
  String metrics() throws IOException, InterruptedException {
    HttpResponse<String> response =
        send(HttpRequest.newBuilder(uri.resolve("/observe/metrics")).GET());
    if (response.statusCode() != 200) {
      throw new NotRunning("what answers at " + uri.getAuthority() + " shows no metrics");
    }
    return response.body();
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    settings
        .find("admin.api-key")
        .ifPresent(key -> request.header("Authorization", "Bearer " + key));
    HttpResponse<String> response;
    try {
      response =
          HttpClient.newBuilder()
              .connectTimeout(Duration.ofSeconds(5))
              .build()
              .send(request.timeout(LONGEST).build(), HttpResponse.BodyHandlers.ofString());
    } catch (HttpTimeoutException e) {
      throw new NotRunning("the instance at " + uri.getAuthority() + " does not answer in time");
    } catch (ConnectException e) {
      throw new NotRunning(
          "no instance is running: nobody answers at "
              + uri.getAuthority()
              + " (setting backline.management-port, BACKLINE_MANAGEMENT_PORT)");
    }
    if (response.statusCode() == 401) {
      throw new NotRunning("the instance at " + uri.getAuthority() + " wants its ADMIN_API_KEY");
    }
    return response;
  }
}
