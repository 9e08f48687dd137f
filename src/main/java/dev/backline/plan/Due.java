package dev.backline.plan;

import dev.backline.Settings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/**
 * Who has work that is due, as the last look at the database has found it: one look serves all that
 * poll. Beans {@code dueRequests} (by source) and {@code dueTasks} (by worker) of {@code
 * routes/flow/page.camel.yaml} and {@code tasks.camel.yaml}.
 */
public final class Due {
  private static final long NANOS_PER_MS = 1_000_000;

  private final String who;
  private final long validNanos;
  private volatile Set<String> found = ConcurrentHashMap.newKeySet();
  private volatile long nextLook = System.nanoTime();

  /**
   * @param who the exchange property that names who polls
   * @param setting the milliseconds between two polls; a look holds for half of it
   */
  public Due(Settings settings, String who, String setting) {
    this.who = who;
    this.validNanos = settings.number(setting) * NANOS_PER_MS / 2;
  }

  /** Whether it is time for another look. */
  public boolean unknown() {
    return System.nanoTime() - nextLook >= 0;
  }

  /** What the last look has found holds no longer. */
  public void lookAnew() {
    nextLook = System.nanoTime();
  }

  /** Keeps what a look has found: rows with the {@code name} of who has work. */
  public void found(@Header("due") List<Map<String, Object>> rows) {
    Set<String> names = ConcurrentHashMap.newKeySet();
    rows.forEach(row -> names.add((String) row.get("name")));
    found = names;
    nextLook = System.nanoTime() + validNanos;
  }

  /** Whether there is work for who polls; who asks next looks anew. */
  public boolean take(Exchange exchange) {
    boolean due = found.remove(exchange.getProperty(who, String.class));
    if (due) {
      lookAnew();
    }
    return due;
  }
}
