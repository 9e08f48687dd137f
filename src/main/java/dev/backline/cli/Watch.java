package dev.backline.cli;

import dev.backline.store.Progress;
import dev.backline.store.Run;
import dev.backline.store.Runs;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Waits for a run and shows how far it is: a bar on a terminal, a line every ten seconds elsewhere.
 */
final class Watch {
  private static final int LOOK_EVERY_MS = 200;
  private static final int LINE_EVERY_MS = 10_000;

  private Watch() {}

  /**
   * Waits until the run has ended, or until its source is parked and nothing else is left to do.
   *
   * @return the run as it stands then
   */
  static Run until(Runs runs, UUID id, boolean quiet) throws InterruptedException {
    boolean terminal = System.console() != null && !quiet;
    ProgressBar bar = terminal ? bar() : null;
    long nextLine = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LINE_EVERY_MS);
    try {
      while (true) {
        Run run = runs.find(id).orElseThrow();
        if (run.ended()) {
          return run;
        }
        Progress progress = runs.progress(id);
        if (progress.waitingFor() != null && progress.landed() == 0) {
          System.err.println("backline: " + progress.waitingFor() + "; the run goes on by itself");
          return run;
        }
        if (bar != null) {
          bar.maxHint(Math.max(1, progress.requests()));
          bar.stepTo(progress.requestsDone());
          bar.setExtraMessage(progress.records() + " records, " + progress.landed() + " to apply");
        } else if (!quiet && System.nanoTime() > nextLine) {
          nextLine += TimeUnit.MILLISECONDS.toNanos(LINE_EVERY_MS);
          System.err.println(
              run.job()
                  + ": "
                  + progress.requestsDone()
                  + " of "
                  + progress.requests()
                  + " requests done, "
                  + progress.records()
                  + " records seen, "
                  + progress.landed()
                  + " to apply");
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
      }
    } finally {
      if (bar != null) {
        bar.close();
      }
    }
  }

  private static ProgressBar bar() {
    return new ProgressBarBuilder()
        .setTaskName("requests")
        .setInitialMax(1)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(LOOK_EVERY_MS)
        .clearDisplayOnFinish()
        .build();
  }

  /** The books of a run in one line. */
  static String books(Run run) {
    return run.fetched()
        + " fetched = "
        + run.inserted()
        + " inserted + "
        + run.updated()
        + " updated + "
        + run.unchanged()
        + " unchanged + "
        + run.rejected()
        + " rejected + "
        + run.dead()
        + " dead + "
        + run.skipped()
        + " skipped + "
        + run.superseded()
        + " superseded";
  }
}
