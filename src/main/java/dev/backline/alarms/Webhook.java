package dev.backline.alarms;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backline.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells alarms to whoever is set to listen: a POST of {@code {text, kind, subject, message, state,
 * since}}, of which chat programs show the text. The address is a secret, so no endpoint of a route
 * holds it. Bean {@code webhook} of {@code routes/flow/alarms.camel.yaml}.
 */
public final class Webhook {
  private static final Logger log = LoggerFactory.getLogger(Webhook.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Settings settings;
  private final HttpClient client;

  public Webhook(Settings settings) {
    this.settings = settings;
    this.client = HttpClient.newBuilder().connectTimeout(timeout()).build();
  }

  private Duration timeout() {
    return Duration.ofMillis(settings.number("alarms.webhook-timeout"));
  }

  public boolean isSet() {
    return settings.find("alarms.webhook-url").isPresent();
  }

  /** Sends one alarm; whether it was taken. */
  public boolean takes(Map<String, Object> alarm) {
    ObjectNode body = JSON.createObjectNode();
    body.put(
        "text",
        "Backline "
            + settings.text("backline.env")
            + ": "
            + ("ended".equals(alarm.get("state")) ? "ended: " : "")
            + alarm.get("message"));
    for (String name : new String[] {"kind", "subject", "message", "state", "since"}) {
      body.put(name, String.valueOf(alarm.get(name)));
    }
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(settings.find("alarms.webhook-url").orElseThrow()))
              .timeout(timeout())
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
              .build();
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status >= 200 && status < 300) {
        return true;
      }
      log.warn("the webhook answered {}; the alarm is told again later", status);
    } catch (IOException e) {
      log.warn(
          "the webhook cannot be reached ({}); the alarm is told again later; check"
              + " ALARMS_WEBHOOK_URL",
          e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }
}
