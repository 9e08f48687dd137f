package dev.backline.cli;

import dev.backline.store.Database;
import dev.backline.store.Overview;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The one command that administers the schema (S36). */
@Command(
    name = "migrate",
    description = {
      "Brings the database to the schema of this release, and says which that is.",
      "Every node and command does the same at its start; this does nothing else."
    },
    mixinStandardHelpOptions = true)
final class MigrateCommand implements Callable<Integer> {
  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    try (Session session = Session.with(Session.settings())) {
      Database database = session.connect();
      Map<String, Object> schema = new LinkedHashMap<>();
      schema.put("database", database.address());
      schema.putAll(new Overview(database.pool()).schema());
      if (json) {
        Json.print(schema);
      } else {
        schema.forEach((name, value) -> System.out.println(name + ": " + value));
      }
      return Cli.OK;
    }
  }
}
