package dev.backline.cli;

import dev.backline.Node;
import dev.backline.Settings;
import dev.backline.jobs.JobRuns;
import dev.backline.store.Run;
import dev.backline.store.Runs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs every job of a node, one after the other, as often as it takes to have everything. */
final class Passes {
  /**
   * Jobs that find artists and shows, before those that ask what these have played and recorded.
   */
  private static final List<String> FIRST =
      List.of(
          "popular-artists",
          "popular-tours",
          "upcoming-shows",
          "historical-setlists",
          "artist-songs");

  private static final int LONGEST_POSSIBLE = 100_000;

  private final Settings settings;
  private final Node node;
  private final Runs runs;

  Passes(Settings settings, Node node, Runs runs) {
    this.settings = settings;
    this.node = node;
    this.runs = runs;
  }

  /** Settings by which a run asks for all artists there are. */
  static Map<String, String> unlimited(Settings settings) {
    Map<String, String> values = new HashMap<>();
    for (String key : settings.keys()) {
      if (key.matches("jobs\\.(upcoming-shows|historical-setlists)\\.artists|.*\\.lookups")) {
        values.put(key, String.valueOf(LONGEST_POSSIBLE));
      }
    }
    return values;
  }

  /** The jobs that an enabled source serves, in an order in which each finds what it needs. */
  List<String> jobs() throws IOException {
    List<String> served = JobRuns.served(settings);
    List<String> jobs = new ArrayList<>(FIRST);
    jobs.retainAll(served);
    served.stream().filter(job -> !FIRST.contains(job)).forEach(jobs::add);
    return jobs;
  }

  /** One run of each job; they are printed with the number of the pass. */
  List<Run> run(int pass) throws Exception {
    List<Run> ended = new ArrayList<>();
    for (String job : jobs()) {
      long start = System.nanoTime();
      Run run = Watch.until(runs, JobRuns.start(node, job, Map.of()), false);
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          "pass %d  %s  %s in %.1f s: %s%n", pass, job, run.status(), seconds, Watch.books(run));
      ended.add(run);
    }
    return ended;
  }

  /** Whether any of the runs brought something new. */
  static boolean isNews(List<Run> ended) {
    return ended.stream().anyMatch(run -> run.fetched() > run.unchanged());
  }
}
