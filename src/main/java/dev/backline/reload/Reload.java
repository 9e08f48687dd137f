package dev.backline.reload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes edits under {@code routes/} into a running node. An edit that does not hold all checks, or
 * whose routes do not start, changes nothing: no edit leaves fewer working routes than before.
 *
 * <p>The folder is looked at several times a second. That also sees what a watch service of the
 * system does not (mounted folders, renamed temporary files, new folders).
 */
public final class Reload implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger("backline.reload");
  private static final long LOOK_MS = 250;

  /** A folder is taken when it has not changed for so long: a save of many files is one edit. */
  private static final long QUIET_MS = 300;

  private static final long STOP_SECONDS = 10;
  private static final int MOST_NAMES = 6;

  private final Path folder;
  private final RunningSet running;
  private final RouteChecks checks;
  private final CamelContext context;
  private final Gates gates;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread own = new Thread(work, "backline-reload");
            own.setDaemon(true);
            return own;
          });

  private Map<Path, Stamp> seen;
  private Map<Path, Stamp> handled;
  private long quietSince;
  private boolean refused;
  private boolean saidBusy;

  private Reload(
      Path folder, RunningSet running, RouteChecks checks, CamelContext context, Gates gates) {
    this.folder = folder;
    this.running = running;
    this.checks = checks;
    this.context = context;
    this.gates = gates;
  }

  /** Begins to watch the folder that the running set was read from. */
  public static Reload watch(
      Path folder, RunningSet running, RouteChecks checks, CamelContext context, Gates gates) {
    Reload reload = new Reload(folder, running, checks, context, gates);
    // The first check is slow, because its classes are: this one, of what runs, is nobody's edit.
    reload.thread.execute(() -> checks.of(running.get()));
    reload.thread.scheduleWithFixedDelay(reload::look, 0, LOOK_MS, TimeUnit.MILLISECONDS);
    log.info("edits under {} are taken while the routes run", folder);
    return reload;
  }

  private void look() {
    try {
      Map<Path, Stamp> now = stamps();
      if (!now.equals(seen)) {
        seen = now;
        quietSince = System.nanoTime();
      } else if (!now.equals(handled) && quiet()) {
        RouteSet candidate = RouteSet.read(folder);
        if (now.equals(stamps())) {
          consider(candidate);
          handled = now;
          saidBusy = false;
        }
      }
    } catch (UncheckedIOException e) {
      seen = null; // A file went away between two looks: looked at again when all is quiet.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RouteSwap.Busy e) {
      if (!saidBusy) {
        log.warn("{}; the edit is tried again until it can be taken", e.getMessage());
      }
      saidBusy = true;
    } catch (Exception | Error e) {
      handled = seen;
      log.error("the edit could not be taken; the running routes stay as they are", e);
    }
  }

  private boolean quiet() {
    return System.nanoTime() - quietSince >= TimeUnit.MILLISECONDS.toNanos(QUIET_MS);
  }

  /** What shows that a file was written; compared four times a second, so nothing is formatted. */
  private record Stamp(long size, FileTime time, Object key) {}

  private Map<Path, Stamp> stamps() {
    Map<Path, Stamp> stamps = new HashMap<>();
    for (Path file : RouteSet.list(folder)) {
      try {
        BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
        stamps.put(file, new Stamp(is.size(), is.lastModifiedTime(), is.fileKey()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return stamps;
  }

  private void consider(RouteSet candidate) throws Exception {
    long start = System.nanoTime();
    RouteSet former = running.get();
    if (candidate.equals(former)) {
      if (refused) {
        log.info("{} is again what runs", folder);
      }
      refused = false;
      return;
    }
    String what = names(candidate.changedSince(former));
    List<Problem> problems = checks.of(candidate);
    if (!problems.isEmpty()) {
      problems.forEach(problem -> log.error("{}", problem));
      log.error("not reloaded: {}; the running routes stay as they are", what);
      refused = true;
      return;
    }
    RouteSwap swap = new RouteSwap(context, gates, running, candidate);
    try {
      swap.run();
      refused = false;
      log.info("reloaded {}: {} in {} ms", what, outcome(swap), millisSince(start));
    } catch (RouteSwap.Restored e) {
      refused = true;
      log.error("{}", RouteBuilding.problem(candidate, e.getCause()));
      log.error(
          "not reloaded: {}; the former routes run again, after {} ms", what, millisSince(start));
      log.debug("why", e.getCause());
    }
  }

  private static long millisSince(long start) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  private static String outcome(RouteSwap swap) {
    String text =
        routes(swap.replaced(), "replaced")
            + routes(swap.added(), "added")
            + routes(swap.removed(), "removed");
    return text.isEmpty() ? "no route replaced" : text.substring(2);
  }

  private static String routes(Collection<String> ids, String what) {
    return ids.isEmpty()
        ? ""
        : ", "
            + ids.size()
            + (ids.size() == 1 ? " route " : " routes ")
            + what
            + " ("
            + names(ids)
            + ")";
  }

  private static String names(Collection<String> names) {
    String first = String.join(", ", names.stream().limit(MOST_NAMES).toList());
    int more = names.size() - MOST_NAMES;
    return more > 0 ? first + " and " + more + " more" : first;
  }

  @Override
  public void close() {
    thread.shutdownNow();
    gates.open();
    try {
      if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        log.warn("a reload is still at work while the routes stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
