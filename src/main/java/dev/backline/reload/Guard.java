package dev.backline.reload;

import dev.backline.apply.Failures;
import dev.backline.apply.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an edit would do to stored records, before it does it: each kind of record that it touches
 * is tried with the former files and with the new ones, and the difference is judged. Nothing is
 * written.
 */
public final class Guard {
  private static final Logger log = LoggerFactory.getLogger("backline.reload");

  /**
   * The settings {@code guard.*}.
   *
   * @param sampleRecords of each kind; 0: nothing is tried
   * @param nullPercent so many of the values of a field may become null
   * @param lostPercent so many of the records that were applied may be applied no more
   * @param watchSeconds for which an edit that was taken is watched; 0: it is not
   */
  public record Limits(int sampleRecords, int nullPercent, int lostPercent, int watchSeconds) {}

  /**
   * What a dry run has shown.
   *
   * @param lines one for each kind that was tried
   * @param problems why the edit may not run
   * @param tried how many records of each kind
   */
  public record Report(List<String> lines, List<Problem> problems, Map<String, Integer> tried) {
    static final Report NOTHING = new Report(List.of(), List.of(), Map.of());
  }

  /** Nothing can be tried now, which says nothing about the edit. */
  public static final class NotNow extends Exception {
    private static final long serialVersionUID = 1L;

    NotNow(Throwable cause) {
      super("the dry run cannot use the database: " + MappingChecks.firstLine(cause), cause);
    }
  }

  private final Function<RouteSet, Map<String, Object>> beans;
  private final Properties settings;
  private final Limits limits;

  /**
   * @param beans what the routes of a set refer to by name, on connections that keep nothing
   */
  public Guard(Function<RouteSet, Map<String, Object>> beans, Properties settings, Limits limits) {
    this.beans = beans;
    this.settings = settings;
    this.limits = limits;
  }

  Limits limits() {
    return limits;
  }

  /**
   * Tries a set on the newest stored records.
   *
   * @param former with which it is compared, in the kinds that differ; null: with the rows and the
   *     states that stand, in all kinds
   * @param edited the files that are to blame, if any is
   */
  public Report judge(RouteSet former, RouteSet next, Set<String> edited) throws NotNow {
    Set<Kind> kinds = former == null ? Kind.of(next) : Kind.touched(former, next);
    return judge(former, next, edited, kinds, null, 1);
  }

  /**
   * Tries it on these kinds.
   *
   * @param since on records that have landed since then; null for the newest
   * @param fewest kinds with fewer are not tried
   */
  Report judge(
      RouteSet former, RouteSet next, Set<String> edited, Set<Kind> kinds, String since, int fewest)
      throws NotNow {
    if (kinds.isEmpty() || limits.sampleRecords() == 0) {
      return Report.NOTHING;
    }
    List<String> lines = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    Map<String, Integer> tried = new LinkedHashMap<>();
    Meant meant = Meant.by(next, former);
    try (Side was = former == null ? null : new Side(former);
        Side is = new Side(next)) {
      for (Kind kind : kinds) {
        List<?> sample = (was == null ? is : was).run(run -> run.sample(kind, since));
        if (sample.size() < fewest) {
          continue;
        }
        Outcome before = was == null ? null : was.run(run -> run.of(kind, sample));
        Outcome after;
        try {
          after = is.run(run -> run.of(kind, sample));
        } catch (Failed e) {
          (was == null ? is : was).run(run -> run.sample(kind, since)); // The database is there.
          problems.add(failed(file(kind, next, edited), kind, e));
          continue;
        }
        KindDiff diff = KindDiff.between(kind, before == null ? after.standing() : before, after);
        lines.add(diff.toString());
        tried.put(kind.toString(), diff.tried());
        problems.addAll(diff.problems(file(kind, next, edited), limits, meant));
      }
    } catch (Failed e) {
      if (e.passing) {
        throw new NotNow(e.getCause());
      }
      log.warn(
          "no dry run, so nothing is known of what it does to records: {}",
          MappingChecks.firstLine(e));
      return Report.NOTHING;
    }
    return new Report(lines, problems, tried);
  }

  private static Problem failed(String file, Kind kind, Failed failure) {
    return new Problem(
        file,
        0,
        "trying " + kind + " records fails: " + MappingChecks.firstLine(failure),
        "mend what it names");
  }

  /** The file that has to be mended: the mapping where it was changed, else the first that was. */
  private static String file(Kind kind, RouteSet next, Set<String> edited) {
    String mapping = kind.file(next);
    return edited.isEmpty() || edited.contains(mapping) ? mapping : edited.iterator().next();
  }

  // --- One of the two sides ---------------------------------------------------------------------

  /** What is asked of a dry run. */
  private interface Question<T> {
    T ask(DryRun run) throws Exception;
  }

  /** It could not be tried. */
  private static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;
    private final boolean passing;

    Failed(Throwable cause, boolean passing) {
      super(cause);
      this.passing = passing;
    }
  }

  private final class Side implements AutoCloseable {
    private final Failures failures;
    private final DryRun run;

    Side(RouteSet set) throws Failed {
      try {
        Map<String, Object> objects = beans.apply(set);
        this.failures = (Failures) objects.get("failures");
        this.run = new DryRun(set, objects, settings);
      } catch (Exception e) {
        throw new Failed(e, false);
      }
    }

    <T> T run(Question<T> question) throws Failed {
      try {
        return question.ask(run);
      } catch (Exception e) {
        throw new Failed(e, failures.passing(e));
      }
    }

    @Override
    public void close() {
      run.close();
    }
  }
}
