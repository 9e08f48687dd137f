package dev.backline.reload;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who is inside which {@code direct:} route. While a route is replaced its gate is closed: callers
 * wait outside, those inside end what they have begun, and only when nobody is left is the route
 * touched. So no exchange ever meets a route that is half stopped.
 *
 * <p>Who is inside one closed gate passes all others too: what has begun needs the routes that it
 * calls, also its own once more.
 */
public final class Gates {
  /** One stay inside a gate, and the one that it happens in, if any. */
  static final class Passage {
    private final String gate;
    private final Passage outer;
    private volatile boolean ended;

    private Passage(String gate, Passage outer) {
      this.gate = gate;
      this.outer = outer;
    }

    Passage outer() {
      return outer;
    }
  }

  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, Integer> inside = new HashMap<>();
  private Set<String> closed = Set.of();

  /** Goes in; waits while the gate is closed. */
  Passage enter(String gate, Passage outer) throws InterruptedException {
    lock.lock();
    try {
      while (closed.contains(gate) && !inside(outer)) {
        changed.await();
      }
      inside.merge(gate, 1, Integer::sum);
      return new Passage(gate, outer);
    } finally {
      lock.unlock();
    }
  }

  private boolean inside(Passage passage) {
    for (Passage p = passage; p != null; p = p.outer) {
      if (!p.ended && closed.contains(p.gate)) {
        return true;
      }
    }
    return false;
  }

  /** Ends a stay; once, however often it is said. */
  void leave(Passage passage) {
    lock.lock();
    try {
      if (passage.ended) {
        return;
      }
      passage.ended = true;
      inside.compute(passage.gate, (gate, many) -> many == null || many <= 1 ? null : many - 1);
      if (closed.contains(passage.gate)) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Closes these gates and waits until nobody is inside.
   *
   * @return false when the time was over first; they are open again then
   */
  boolean close(Set<String> gates, Duration patience) throws InterruptedException {
    lock.lock();
    try {
      closed = Set.copyOf(gates);
      long left = patience.toNanos();
      while (closed.stream().anyMatch(inside::containsKey)) {
        if (left <= 0) {
          open();
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } catch (InterruptedException e) {
      open();
      throw e;
    } finally {
      lock.unlock();
    }
  }

  void open() {
    lock.lock();
    try {
      closed = Set.of();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
