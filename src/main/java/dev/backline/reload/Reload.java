package dev.backline.reload;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes edits under {@code routes/} into a running node. An edit that does not hold all checks,
 * whose routes do not start, or that makes less of stored records, changes nothing; one that turns
 * bad later is taken back: no edit leaves fewer working routes than before.
 *
 * <p>The folder is looked at every second. That also sees what a watch service of the system does
 * not (mounted folders, renamed temporary files, new folders).
 */
public final class Reload implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger("backline.reload");
  private static final long LOOK_MS = 2000;

  /** A folder is taken when it has not changed for so long: a save of many files is one edit. */
  private static final long QUIET_MS = 300;

  private static final long STOP_SECONDS = 10;

  /** What was being applied when an edit was taken back has ended by then. */
  private static final long LATE_SECONDS = 15;

  private static final int MOST_NAMES = 6;

  private final Path folder;
  private final RunningSet running;
  private final RouteChecks checks;
  private final CamelContext context;
  private final Gates gates;
  private final Guard guard;
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

  /** The last set that has stood its watch. */
  private RouteSet good;

  /** Of an edit that runs and has not stood it yet; null where there is none. */
  private EditWatch watch;

  /** Why the edit that is watched has to go. */
  private List<String> bad = List.of();

  /** What was taken back, and is not taken again as it was. */
  private RouteSet takenBack;

  private Reload(
      Path folder,
      RunningSet running,
      RouteChecks checks,
      CamelContext context,
      Gates gates,
      Guard guard) {
    this.guard = guard;
    this.good = running.get();
    this.folder = folder;
    this.running = running;
    this.checks = checks;
    this.context = context;
    this.gates = gates;
  }

  /** Begins to watch the folder that the running set was read from. */
  public static Reload watch(
      Path folder,
      RunningSet running,
      RouteChecks checks,
      CamelContext context,
      Gates gates,
      Guard guard) {
    Reload reload = new Reload(folder, running, checks, context, gates, guard);
    // The first check is slow, because its classes are: this one, of what runs, is nobody's edit.
    reload.thread.execute(() -> checks.of(running.get()));
    reload.thread.scheduleWithFixedDelay(reload::look, 0, LOOK_MS, TimeUnit.MILLISECONDS);
    log.info("edits under {} are taken while the routes run", folder);
    return reload;
  }

  private void look() {
    try {
      if (watch != null && watch.due()) {
        lookAfter();
      }
      Map<Path, Stamp> now = stamps();
      if (!now.equals(seen)) {
        seen = now;
        quietSince = System.nanoTime();
        thread.schedule(this::look, QUIET_MS, TimeUnit.MILLISECONDS);
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
    } catch (RouteSwap.Busy | Guard.NotNow e) {
      if (!saidBusy) {
        String what = bad.isEmpty() ? "the edit" : "taking the edit back";
        log.warn("{}; {} is tried again until it succeeds", e.getMessage(), what);
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

  /** What shows that a file was written; compared at each look, so nothing is formatted. */
  private record Stamp(long size, FileTime time, Object key) {}

  private Map<Path, Stamp> stamps() {
    Map<Path, Stamp> stamps = new HashMap<>();
    RouteSet.visit(
        folder,
        (file, is) -> stamps.put(file, new Stamp(is.size(), is.lastModifiedTime(), is.fileKey())));
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
    if (candidate.equals(takenBack)) {
      log.error("not reloaded: {}; it was taken back as it is: change what was said then", what);
      refused = true;
      return;
    }
    List<Problem> problems = checks.of(candidate);
    if (problems.isEmpty()) {
      Guard.Report report = guard.judge(good, candidate, candidate.changedSince(former));
      report.lines().forEach(line -> log.info("dry run of {}", line));
      problems = report.problems();
    }
    if (!problems.isEmpty()) {
      problems.forEach(problem -> log.error("{}", problem));
      log.error("not reloaded: {}; the running routes stay as they are", what);
      refused = true;
      return;
    }
    RouteSwap swap = new RouteSwap(context, gates, running, candidate);
    EditWatch next = watchOf(candidate, swap);
    try {
      swap.run();
      refused = false;
      begin(next, swap);
      log.info("reloaded {}: {} in {} ms", what, outcome(swap), millisSince(start));
    } catch (RouteSwap.Restored e) {
      refused = true;
      log.error("{}", RouteBuilding.problem(candidate, e.getCause()));
      log.error(
          "not reloaded: {}; the former routes run again, after {} ms", what, millisSince(start));
      log.debug("why", e.getCause());
    }
  }

  // --- Whether it was a good one ----------------------------------------------------------------

  /**
   * The watch of an edit that is about to be taken; null where none is needed. One that comes while
   * another is watched is watched with it: both are compared with what was good before them.
   */
  private EditWatch watchOf(RouteSet candidate, RouteSwap swap) throws Guard.NotNow {
    if (candidate.equals(good) || guard.limits().watchSeconds() == 0) {
      return null;
    }
    RouteHealth health = watch == null ? new RouteHealth(context) : watch.health();
    health.before(swap.replaced());
    String since = watch == null ? null : watch.since();
    if (since == null && !Kind.touched(good, candidate).isEmpty()) {
      since = now();
    }
    return new EditWatch(guard, health, good, candidate, since);
  }

  /** What time the database has: from then on records are the edit's. */
  private String now() throws Guard.NotNow {
    try {
      return call("guard-clock", null);
    } catch (CamelExecutionException e) {
      throw new Guard.NotNow(e);
    }
  }

  private String call(String route, Object body) {
    return context
        .createFluentProducerTemplate()
        .to("direct:" + route)
        .withBody(body)
        .request(String.class);
  }

  /** What is wrong, with the files that were edited where it does not name them itself. */
  private static String blamed(String files, String wrong) {
    return wrong.startsWith(files) ? wrong : files + ": " + wrong;
  }

  private void begin(EditWatch next, RouteSwap swap) {
    bad = List.of();
    takenBack = null;
    watch = next;
    if (next == null) {
      good = running.get();
    } else {
      next.health().after(swap.replaced(), swap.removed());
      next.health().after(swap.added(), List.of());
    }
  }

  private void lookAfter() throws Exception {
    if (bad.isEmpty()) {
      try {
        bad = watch.look();
      } catch (Guard.NotNow e) {
        log.debug("nothing known of the edit for now", e);
        return; // Nobody blames the edit for that; the watch goes on until it has looked once more.
      }
    }
    if (!bad.isEmpty()) {
      takeBack();
    } else if (watch.over()) {
      good = watch.edited();
      log.info(
          "the edit of {} has stood {} s of watching, {} new records",
          names(good.changedSince(watch.good())),
          watch.seconds(),
          watch.tried());
      watch = null;
    }
  }

  /** Puts the former set back from memory; the folder is not touched. */
  private void takeBack() throws Exception {
    EditWatch ended = watch;
    RouteSwap swap = new RouteSwap(context, gates, running, ended.good());
    try {
      swap.run();
    } catch (RouteSwap.Restored e) {
      watch = null;
      log.error(
          "the edit is bad ({}) and could not be taken back; put the files back and restart"
              + " Backline: {}",
          String.join("; ", bad),
          e.getMessage());
      bad = List.of();
      return;
    }
    watch = null;
    takenBack = ended.edited();
    refused = true;
    saidBusy = false;
    log.error(
        "taken back after {} s: {}; the former routes run again; {}; the folder differs from what runs:"
            + " mend it or put it back",
        ended.seconds(),
        blamed(names(ended.edited().changedSince(ended.good())), String.join("; ", bad)),
        again(ended, false));
    bad = List.of();
    if (ended.since() != null) {
      thread.schedule(() -> log.info("{}", again(ended, true)), LATE_SECONDS, TimeUnit.SECONDS);
    }
  }

  /**
   * What the edit has judged is applied again by the former files.
   *
   * @param late only what failed: of what was in hand when the edit was taken back
   */
  private String again(EditWatch ended, boolean late) {
    if (ended.since() == null) {
      return "requests that failed meanwhile: ./backline dead-letters list";
    }
    Map<String, Object> records = new TreeMap<>();
    records.put("sources", ended.kinds().stream().map(Kind::source).toArray(String[]::new));
    records.put("kinds", ended.kinds().stream().map(Kind::kind).toArray(String[]::new));
    records.put("since", ended.since());
    records.put("late", late);
    try {
      String many = call("guard-again", records);
      return many
          + (late
              ? " records that failed while the edit was taken back are applied again"
              : " records that have landed since are applied again");
    } catch (CamelExecutionException e) {
      return "what has landed since has to be applied again by ./backline remap ("
          + MappingChecks.firstLine(e)
          + ")";
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
