package dev.backline.cli;

import dev.backline.Node;
import dev.backline.store.Database;
import dev.backline.store.Decisions;
import dev.backline.store.Presence;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Waits until the flow has applied the records that a decision has landed again. A node that is at
 * work does it; where there is none, this process does, and then also what follows from it.
 */
final class Again {
  private static final int LOOK_EVERY_MS = 100;
  private static final int PATIENCE_SECONDS = 120;

  private Again() {}

  /**
   * @return {@link Cli#OK}; {@link Cli#PARTIAL} where they are still to be applied after two
   *     minutes, which is said
   */
  static int applied(
      Session session,
      Database database,
      Decisions decisions,
      String kind,
      List<Decisions.Key> records)
      throws Exception {
    boolean alone = !Presence.any(database);
    if (alone) {
      session.node(database, Node.Mode.WORK);
    }
    boolean done =
        await(() -> decisions.landed(kind, records) == 0 && (!alone || decisions.landed() == 0));
    if (!done) {
      System.err.println(
          "backline: the decision is stored; its records are still to be applied, see backline"
              + " records list --state landed");
    }
    return done ? Cli.OK : Cli.PARTIAL;
  }

  private static boolean await(BooleanSupplier done) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
    }
    return true;
  }
}
