package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.backline.sandbox.Sandbox;
import dev.backline.store.Run;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often a call is tried, and how the waits between two attempts grow (S18). */
class RetriesTest {
  private static final File POLICY = new File("routes/flow/errors.camel.yaml");

  @ParameterizedTest
  @CsvSource({"0, 1, 3", "1, 1, 6", "0, 2, 6", "2, 1, 9"})
  void attempts_areBounded(String retries, String requestAttempts, long calls) throws IOException {
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(11, 20));
        TestNode node =
            TestNode.start(
                Postgres.create(),
                sandbox.ticketmaster(),
                Map.of("fetch.retries", retries, "fetch.request-attempts", requestAttempts))) {
      sandbox.faults("status=503");

      Run run = node.sync("upcoming-shows");

      assertThat(run.status()).isEqualTo("failed");
      assertThat(sandbox.ledger().calls())
          .as("three requests, each tried (1 + retries) times in every attempt")
          .isEqualTo(calls);
    }
  }

  @Test
  void pausesOfRequestsThatFailTogether_differ() throws IOException {
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(11, 20));
        TestNode node =
            TestNode.start(
                Postgres.create(),
                sandbox.ticketmaster(),
                Map.of("fetch.retries", "0", "fetch.request-delay", "1000"))) {
      sandbox.faults("status=503");

      node.begin("upcoming-shows");
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> node.count("sync_requests where attempts = 1") == 3);

      Map<String, Object> pauses =
          node.jdbc()
              .queryForMap(
                  "select extract(epoch from min(not_before) - now()) as least,"
                      + " extract(epoch from max(not_before) - min(not_before)) as spread"
                      + " from sync_requests");
      assertThat(((Number) pauses.get("least")).doubleValue()).isBetween(600.0, 1300.0);
      assertThat(((Number) pauses.get("spread")).doubleValue())
          .as("seconds between pauses that began within a few")
          .isGreaterThan(10);
    }
  }

  @Test
  void everyRetryPolicy_isBoundedExponentialAndJittered() throws IOException {
    List<JsonNode> policies =
        new ObjectMapper(new YAMLFactory()).readTree(POLICY).findValues("redeliveryPolicy");
    assertThat(policies).isNotEmpty();
    for (JsonNode policy : policies) {
      assertThat(policy.path("maximumRedeliveries").asText()).isEqualTo("{{fetch.retries}}");
      assertThat(policy.path("useExponentialBackOff").asBoolean()).isTrue();
      assertThat(policy.path("backOffMultiplier").asDouble()).isGreaterThan(1);
      assertThat(policy.path("maximumRedeliveryDelay").asText())
          .isEqualTo("{{fetch.longest-wait}}");
      assertThat(policy.path("useCollisionAvoidance").asBoolean()).as("jitter").isTrue();
      assertThat(policy.path("collisionAvoidanceFactor").asDouble()).isPositive();
    }
  }
}
