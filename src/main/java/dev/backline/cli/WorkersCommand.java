package dev.backline.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backline.Settings;
import dev.backline.plan.Tasks;
import dev.backline.store.Database;
import dev.backline.store.Overview;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Workers: who takes tasks about single entities. */
@Command(
    name = "workers",
    description = {
      "Shows the workers, on how many nodes each runs, and its tasks.",
      "start and stop are about the running instance of this machine."
    },
    mixinStandardHelpOptions = true)
final class WorkersCommand implements Callable<Integer> {
  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Settings settings = Session.settings();
    try (Session session = Session.with(settings)) {
      Database database = session.connect();
      List<Map<String, Object>> rows = rows(settings, new Overview(database.pool()));
      if (json) {
        Json.print(rows);
      } else {
        Table table =
            new Table("WORKER", "NODES", "WAITING", "ACTIVE", "COMPLETED", "FAILED", "DELAYED");
        rows.forEach(row -> table.row(row.values().toArray()));
        table.print(System.out);
      }
      return Cli.OK;
    }
  }

  private static List<Map<String, Object>> rows(Settings settings, Overview overview) {
    List<Map<String, Object>> nodes = overview.nodes();
    List<Map<String, Object>> tasks = overview.tasks();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String worker : Tasks.workers(settings)) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("worker", worker);
      row.put(
          "nodes",
          nodes.stream()
              .filter(node -> List.of(((String) node.get("workers")).split(",")).contains(worker))
              .count());
      for (String count : List.of("waiting", "active", "completed", "failed", "delayed")) {
        row.put(
            count,
            tasks.stream()
                .filter(task -> task.get("worker").equals(worker))
                .map(task -> task.get(count))
                .findFirst()
                .orElse(0L));
      }
      rows.add(row);
    }
    return rows;
  }

  @Command(
      name = "start",
      description = "Starts the workers of the running instance.",
      mixinStandardHelpOptions = true)
  int start() throws IOException, InterruptedException {
    return change("start");
  }

  @Command(
      name = "stop",
      description = "Stops them, each when what it has begun is done.",
      mixinStandardHelpOptions = true)
  int stop() throws IOException, InterruptedException {
    return change("stop");
  }

  private static int change(String operation) throws IOException, InterruptedException {
    Settings settings = Session.settings();
    Jolokia jolokia = new Jolokia(settings);
    for (String worker : Tasks.workers(settings)) {
      ObjectNode exec = Json.mapper().createObjectNode().put("type", "exec");
      exec.put("mbean", jolokia.mbean("name=\"worker-" + worker + "\""));
      jolokia.ask(exec.put("operation", operation + "()"));
      System.out.println(worker + (operation.equals("start") ? " is started" : " is stopped"));
    }
    return Cli.OK;
  }
}
