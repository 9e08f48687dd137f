package dev.backline.jobs;

import dev.backline.Node;
import dev.backline.Settings;
import dev.backline.plan.Planner;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Starts runs of jobs by hand. */
public final class JobRuns {
  private JobRuns() {}

  /** Every job that is declared, by name. */
  public static List<String> names(Settings settings) {
    return Planner.jobs(settings);
  }

  /** Those that a source which is not disabled has a plan for. */
  public static List<String> served(Settings settings) {
    return Planner.jobs(settings, Path.of("routes", "sources"));
  }

  /**
   * @throws dev.backline.plan.UnknownJob for a job or parameter that does not exist
   */
  public static void check(Settings settings, String job, Map<String, String> parameters) {
    Planner.check(settings, job, parameters);
  }

  /**
   * Plans a run; some node does it. Where the same run is still open, that one goes on instead.
   *
   * @return the id of the run to wait for
   */
  public static UUID start(Node node, String job, Map<String, String> parameters) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("job", job);
    properties.put("parameters", parameters);
    return UUID.fromString(node.call("plan", null, properties, String.class));
  }
}
