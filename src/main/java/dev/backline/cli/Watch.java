package dev.backline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backline.store.DatabaseUnavailable;
import dev.backline.store.Progress;
import dev.backline.store.Run;
import dev.backline.store.Runs;
import java.io.Console;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Waits for a run and shows how far it is: a bar on a terminal, a line every ten seconds elsewhere.
 */
final class Watch {
  private static final int LOOK_EVERY_MS = 200;
  private static final int MEASURE_EVERY_MS = 1000;
  private static final int LINE_EVERY_MS = 10_000;

  /** How long the database may be away before waiting is given up. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Watch() {}

  /**
   * Waits until the run has ended, also while the database is away for a moment; or until its
   * source is parked and nothing else is left to do.
   *
   * @return the run as it stands then
   */
  static Run until(Runs runs, UUID id, boolean quiet) throws InterruptedException {
    try (Meter meter = new Meter(quiet)) {
      long nextMeasure = System.nanoTime();
      long lastSeen = System.nanoTime();
      while (true) {
        try {
          Run run = runs.find(id).orElseThrow();
          if (run.ended()) {
            return run;
          }
          if (System.nanoTime() >= nextMeasure) {
            nextMeasure = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MEASURE_EVERY_MS);
            Progress progress = runs.progress(id);
            if (progress.waitingFor() != null && progress.landed() == 0) {
              System.err.println(
                  "backline: " + progress.waitingFor() + "; the run goes on by itself");
              return run;
            }
            meter.show(run.job(), progress.applied(), progress.fraction(), progress.heldUp());
          }
          lastSeen = System.nanoTime();
        } catch (RuntimeException e) {
          boolean patient = System.nanoTime() - lastSeen < PATIENCE.toNanos();
          if (!patient || DatabaseUnavailable.behind(e).isEmpty()) {
            throw e;
          }
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
      }
    }
  }

  /** Shows how far something is; says nothing where a machine reads the answer. */
  static final class Meter implements AutoCloseable {
    private final boolean quiet;
    private final ProgressBar bar;
    private final Pace pace = new Pace();
    private long nextLine = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LINE_EVERY_MS);

    Meter(boolean quiet) {
      this.quiet = quiet;
      this.bar = !quiet && terminal() ? bar() : null;
    }

    void show(String what, long records, double fraction) {
      show(what, records, fraction, null);
    }

    /**
     * @param heldUp what it waits for; null for nothing
     */
    void show(String what, long records, double fraction, String heldUp) {
      pace.at(System.nanoTime(), records, fraction);
      if (bar != null) {
        bar.stepTo(pace.percent());
        bar.setExtraMessage(words(heldUp));
      } else if (!quiet && System.nanoTime() > nextLine) {
        nextLine += TimeUnit.MILLISECONDS.toNanos(LINE_EVERY_MS);
        System.err.println(what + ": " + pace.percent() + "% done, " + words(heldUp));
      }
    }

    private String words(String heldUp) {
      return pace.words() + (heldUp == null ? "" : ", waits: " + heldUp);
    }

    @Override
    public void close() {
      if (bar != null) {
        bar.close();
      }
    }
  }

  /** Since Java 22 there is a console also where no terminal is; it then says so itself. */
  private static boolean terminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  private static ProgressBar bar() {
    return new ProgressBarBuilder()
        .setTaskName("done")
        .setInitialMax(100)
        .setUnit("%", 1)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(LOOK_EVERY_MS)
        .hideEta()
        .clearDisplayOnFinish()
        .build();
  }

  /**
   * Prints how a run ended: its books, and on standard error what stood in the way and what to do.
   *
   * @return its exit code
   */
  static int report(Run run) {
    System.out.println(run.job() + " " + run.status() + ": " + books(run));
    JsonNode result = Json.tree(run.result());
    if (result != null) {
      counts(result.path("errors")).ifPresent(errors -> System.out.println("errors: " + errors));
      counts(result.path("songs")).ifPresent(songs -> System.out.println("songs: " + songs));
      counts(result.path("setlists"))
          .ifPresent(setlists -> System.out.println("setlists: " + setlists));
    }
    complain(run);
    return run.exitCode();
  }

  /** "2 api, 1 validation"; empty where nothing is counted. */
  private static Optional<String> counts(JsonNode counts) {
    String text =
        counts.properties().stream()
            .filter(count -> count.getValue().asLong() > 0)
            .map(count -> count.getValue().asText() + " " + count.getKey())
            .collect(Collectors.joining(", "));
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  /** One line on standard error where a run is no success. */
  static void complain(Run run) {
    String how = run.status().equals("failed") ? "failed" : "is partial";
    String name = "backline: " + run.job() + " " + (run.ended() ? how : "is not done yet");
    if (run.error() != null) {
      System.err.println(name + ": " + run.error());
    } else if (run.dead() > 0) {
      System.err.println(
          name + ": " + run.dead() + " records died; see backline dead-letters list");
    } else if (run.rejected() > 0) {
      System.err.println(
          name
              + ": "
              + records(run.rejected())
              + " did not keep the schema; see backline records list --state rejected");
    }
  }

  private static String records(long number) {
    return number + (number == 1 ? " record" : " records");
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
