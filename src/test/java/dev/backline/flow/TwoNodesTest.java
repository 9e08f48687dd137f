package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.sandbox.Ledger;
import dev.backline.sandbox.Sandbox;
import dev.backline.store.Run;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import dev.backline.testkit.Truth;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Work is shared: between the batches of a node, and between nodes (S53). */
class TwoNodesTest {
  @Test
  void twoNodesOnOneDatabase_shareARun() throws IOException, JMException {
    String database = Postgres.create();
    Map<String, String> settings =
        Map.of("ticketmaster.rate-limit-per-second", "40", "ticketmaster.page-size", "20");
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(9, 60));
        TestNode one = TestNode.start(database, sandbox.ticketmaster(), settings);
        TestNode two = TestNode.start(database, sandbox.ticketmaster(), settings)) {
      UUID id = one.begin("upcoming-shows");

      Run run = two.await(id);

      assertThat(run.status()).as(run.toString()).isEqualTo("completed");
      assertThat(run.balanced()).isTrue();
      assertThat(run.inserted() + run.skipped() + run.rejected()).isEqualTo(run.fetched());
      for (Ledger.Kind kind : Ledger.Kind.values()) {
        assertThat(one.count("source_records where record_kind = '" + kind.word() + "'"))
            .as(kind.word())
            .isEqualTo(sandbox.ledger().distinct(kind));
      }
      assertThat(one.count("shows")).isEqualTo(Truth.shows(sandbox).size());
      List<Object> pages = ofRoute("ticketmaster-page", "ExchangesCompleted");
      assertThat(pages).as("both nodes fetched").hasSize(2).doesNotContain(0L);
      assertThat(pages.stream().mapToLong(n -> (Long) n).sum())
          .as("each page was fetched once")
          .isEqualTo(sandbox.ledger().calls());
    }
  }

  /** An attribute of a route of every node of this process, as it stands over JMX. */
  private static List<Object> ofRoute(String route, String attribute) throws JMException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    List<Object> values = new ArrayList<>();
    for (ObjectName name :
        server.queryNames(
            new ObjectName("org.apache.camel:type=routes,name=\"" + route + "\",*"), null)) {
      values.add(server.getAttribute(name, attribute));
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "4"})
  void batchesInParallel_areAsManyAsTheSettingSays(String degree) throws IOException, JMException {
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(9, 20));
        TestNode node =
            TestNode.start(
                Postgres.create(),
                sandbox.ticketmaster(),
                Map.of("apply.parallel-batches", degree, "ticketmaster.page-size", "10"))) {
      Run run = node.sync("upcoming-shows");

      assertThat(ofRoute("apply-pages", "EndpointUri"))
          .singleElement()
          .asString()
          .contains("concurrentConsumers=" + degree);
      assertThat(run.status()).isEqualTo("completed");
      assertThat(node.count("shows")).isEqualTo(Truth.shows(sandbox).size());
    }
  }
}
