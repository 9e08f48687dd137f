package dev.backline.reload;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import javax.sql.DataSource;

/**
 * Everything that can be known to be wrong in a set of route files before it runs. All problems are
 * found, not only the first.
 */
public final class RouteChecks {
  private final Map<String, Object> beans;
  private final Properties settings;
  private final DataSource database;

  /**
   * @param beans what routes refer to by name
   * @param settings what placeholders stand for
   * @param database that reads the SQL files; null where there is none at hand
   */
  public RouteChecks(Map<String, Object> beans, Properties settings, DataSource database) {
    this.beans = beans;
    this.settings = settings;
    this.database = database;
  }

  /** What is wrong, in the order of files and lines; nothing where the set can run. */
  public List<Problem> of(RouteSet set) {
    return problems(set, true);
  }

  /**
   * The same without having Camel read the files and make the routes: for a start, which does so
   * anyway and asks for {@link #of} when it fails.
   */
  public List<Problem> beforeStart(RouteSet set) {
    return problems(set, false);
  }

  private List<Problem> problems(RouteSet set, boolean make) {
    TreeSet<Problem> problems = new TreeSet<>();
    if (set.routes().isEmpty()) {
      return List.of(
          new Problem(
              set.root(),
              0,
              "there is no route here",
              "put the route files (*.camel.yaml) back and start in the folder that holds them"));
    }
    try (Draft draft = new Draft(set, beans, settings)) {
      problems.addAll(new YamlChecks(set, draft, make).problems());
      problems.addAll(new MappingChecks(set, draft.scope(), settings).problems());
      problems.addAll(RuleChecks.problems(set));
      problems.addAll(PageChecks.problems(set));
      if (database != null) {
        problems.addAll(StatementChecks.problems(set, database));
      }
      if (problems.isEmpty() && make) {
        problems.addAll(RouteBuilding.problems(set, draft));
      }
    }
    return List.copyOf(problems);
  }
}
