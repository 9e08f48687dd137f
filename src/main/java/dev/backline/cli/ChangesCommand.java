package dev.backline.cli;

import dev.backline.store.Overview;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What syncs have changed of shows. */
@Command(
    name = "changes",
    description = "Shows what changed of shows in the last hours: cancelled, moved, gone.",
    mixinStandardHelpOptions = true)
final class ChangesCommand implements Callable<Integer> {
  @Option(names = "--hours", defaultValue = "24", description = "Changes of so many hours.")
  private int hours;

  @Option(names = "--limit", defaultValue = "50", description = "At most so many.")
  private int limit;

  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (hours < 1) {
      throw new WrongUsage("--hours must be 1 or more");
    }
    Known.limit(limit);
    try (Session session = Session.with(Session.settings())) {
      List<Map<String, Object>> changes =
          new Overview(session.connect().pool()).changes(hours, limit);
      if (json) {
        Json.print(changes);
      } else if (changes.isEmpty()) {
        System.out.println("no show changed in the last " + hours + " hours");
      } else {
        print(changes);
      }
      return Cli.OK;
    }
  }

  private static void print(List<Map<String, Object>> changes) {
    Table table = new Table("WHEN", "SHOW", "FIELD", "WAS", "IS NOW", "RUN");
    for (Map<String, Object> change : changes) {
      Object run = change.get("run");
      table.row(
          change.get("changed_at"),
          change.get("show"),
          change.get("field"),
          change.get("was"),
          change.get("is_now"),
          run == null ? null : run.toString().substring(0, 8));
    }
    table.print(System.out);
  }
}
