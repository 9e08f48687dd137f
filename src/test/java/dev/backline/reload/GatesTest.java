package dev.backline.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits, who passes, and when a gate counts as empty. */
@Timeout(30)
class GatesTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(20);

  private final Gates gates = new Gates();

  private CompletableFuture<Gates.Passage> entering(String gate, Gates.Passage outer) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return gates.enter(gate, outer);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private CompletableFuture<Boolean> closing(Set<String> names) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return gates.close(names, LONG);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** Until closing has begun: others wait then. */
  private void awaitClosed(String gate) {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              CompletableFuture<Gates.Passage> try1 = entering(gate, null);
              try {
                gates.leave(try1.get(50, TimeUnit.MILLISECONDS));
                return false;
              } catch (java.util.concurrent.TimeoutException e) {
                try1.thenAccept(gates::leave);
                return true;
              }
            });
  }

  @Test
  void anEmptyGate_isClosedAtOnceAndHoldsCallersUntilItOpens() throws Exception {
    assertThat(gates.close(Set.of("a"), SHORT)).isTrue();
    CompletableFuture<Gates.Passage> caller = entering("a", null);
    assertThat(caller).isNotDone();
    assertThat(entering("b", null).get(5, TimeUnit.SECONDS)).isNotNull();

    gates.open();
    assertThat(caller.get(5, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void aGateWithSomebodyInside_isClosedWhenHeHasLeft() throws Exception {
    Gates.Passage inside = gates.enter("a", null);
    CompletableFuture<Boolean> closed = closing(Set.of("a"));
    awaitClosed("a");
    assertThat(closed).isNotDone();

    gates.leave(inside);
    assertThat(closed.get(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aGateThatDoesNotEmptyInTime_isOpenAgain() throws Exception {
    Gates.Passage inside = gates.enter("a", null);
    assertThat(gates.close(Set.of("a"), SHORT)).isFalse();
    gates.leave(entering("a", null).get(5, TimeUnit.SECONDS));
    gates.leave(inside);
  }

  @Test
  void whoIsInsideAClosedGate_passesTheOthersAndItsOwn() throws Exception {
    Gates.Passage inside = gates.enter("a", null);
    CompletableFuture<Boolean> closed = closing(Set.of("a", "b"));
    awaitClosed("b");

    Gates.Passage called = entering("b", inside).get(5, TimeUnit.SECONDS);
    Gates.Passage again = entering("a", called).get(5, TimeUnit.SECONDS);
    gates.leave(again);
    gates.leave(called);
    assertThat(closed).isNotDone();
    gates.leave(inside);
    assertThat(closed.get(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whoHasLeft_waitsLikeAnybody() throws Exception {
    Gates.Passage left = gates.enter("a", null);
    gates.leave(left);
    assertThat(gates.close(Set.of("a"), SHORT)).isTrue();
    CompletableFuture<Gates.Passage> copy = entering("a", left);
    assertThat(copy).isNotDone();
    gates.open();
    assertThat(copy.get(5, TimeUnit.SECONDS)).isNotNull();
  }
}
