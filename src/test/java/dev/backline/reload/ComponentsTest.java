package dev.backline.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.service.ServiceHelper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The two components of ours, in a small context. */
@Timeout(60)
class ComponentsTest {
  private final Gates gates = new Gates();
  private final DefaultCamelContext context = new DefaultCamelContext();
  private final List<String> seen = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() {
    context.disableJMX();
    context.getRegistry().bind("direct", new GatedDirect(gates));
    context.getRegistry().bind("seda", new KeptSeda());
    context.start();
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  private void queueRoute() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("seda:queue?size=5&pollTimeout=100")
                .routeId("queue")
                .process(e -> seen.add(e.getMessage().getBody(String.class)));
          }
        });
  }

  @Test
  void aSuspendedQueue_stopsAtOnceAndTheNextRouteGoesOnWithIt() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:in").routeId("in").to("seda:queue?size=5");
          }
        });
    queueRoute();
    ServiceHelper.suspendService(context.getRoute("queue").getConsumer());
    Awaitility.await()
        .during(Duration.ofMillis(200))
        .until(() -> context.getInflightRepository().size("queue") == 0);
    for (int n = 0; n < 3; n++) {
      context.createProducerTemplate().sendBody("direct:in", "item " + n);
    }

    long begun = System.nanoTime();
    context.getRouteController().stopRoute("queue", 10, TimeUnit.SECONDS);
    context.removeRoute("queue");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    assertThat(seen).isEmpty();

    queueRoute();
    Awaitility.await().until(() -> seen.size() == 3);
    assertThat(seen).containsExactly("item 0", "item 1", "item 2");
  }

  @Test
  void callersOfAClosedGate_meetTheNextRouteAndNoneIsRefused() throws Exception {
    CountDownLatch enter = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:called")
                .routeId("called")
                .process(
                    e -> {
                      enter.countDown();
                      leave.await();
                      seen.add("old " + e.getMessage().getBody());
                    })
                .to("direct:helper");
            from("direct:helper").routeId("helper").process(e -> seen.add("helped"));
          }
        });
    CompletableFuture<Object> inside = call("first");
    enter.await();
    CompletableFuture<Boolean> closed =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return gates.close(Set.of("called", "helper"), Duration.ofSeconds(20));
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    List<CompletableFuture<Object>> waiting = new ArrayList<>();
    Awaitility.await()
        .until(
            () -> {
              CompletableFuture<Object> next = call("next");
              waiting.add(next);
              return !next.isDone();
            });
    leave.countDown();
    assertThat(closed.get(20, TimeUnit.SECONDS)).isTrue();
    inside.get(5, TimeUnit.SECONDS);
    assertThat(seen).startsWith("old first", "helped");

    for (String id : List.of("called", "helper")) {
      context.getRouteController().stopRoute(id, 5, TimeUnit.SECONDS);
      assertThat(context.getRouteStatus(id)).isEqualTo(ServiceStatus.Stopped);
      context.removeRoute(id);
    }
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:called")
                .routeId("called")
                .process(e -> seen.add("new " + e.getMessage().getBody()));
          }
        });
    gates.open();
    for (CompletableFuture<Object> one : waiting) {
      one.get(10, TimeUnit.SECONDS);
    }
    assertThat(seen).contains("new next");
  }

  private CompletableFuture<Object> call(String body) {
    return CompletableFuture.supplyAsync(
        () -> context.createProducerTemplate().requestBody("direct:called", body));
  }
}
