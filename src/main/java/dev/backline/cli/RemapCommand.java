package dev.backline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backline.Node;
import dev.backline.Settings;
import dev.backline.apply.RowDiff;
import dev.backline.apply.Trial;
import dev.backline.jobs.StoredRuns;
import dev.backline.store.Database;
import dev.backline.store.Overview;
import dev.backline.store.Presence;
import dev.backline.store.Run;
import dev.backline.store.Runs;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The mappings once more over what is stored, without a call. */
@Command(
    name = "remap",
    description = {
      "Runs the mappings again over the stored raw records of a source; calls no API.",
      "With --dry-run it prints which rows that would change, and writes nothing."
    },
    mixinStandardHelpOptions = true)
final class RemapCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "SOURCE", description = "Such as ticketmaster.")
  private String source;

  @Option(names = "--kind", description = "Only records of this kind, such as event.")
  private String kind;

  @Option(names = "--dry-run", description = "Print the row diff and write nothing.")
  private boolean dryRun;

  @Option(
      names = "--limit",
      defaultValue = "50",
      description = "Print at most so many rows, and so many records, of a row diff.")
  private int limit;

  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Settings settings = Session.settings();
    Known.source(settings, source);
    if (kind != null) {
      Known.kind(source, kind);
    }
    Known.limit(limit);
    try (Session session = Session.with(settings)) {
      Database database = session.connect();
      long records = new Overview(database.pool()).remappable(source, kind);
      return dryRun ? dryRun(session, database, records) : run(session, database, records);
    }
  }

  private int run(Session session, Database database, long records) throws Exception {
    Node node = session.node(database, Presence.any(database) ? Node.Mode.IDLE : Node.Mode.WORK);
    StoredRuns.Started started = StoredRuns.remap(node, source, kind, records);
    if (started.joined()) {
      System.err.println(
          "backline: a remap of the same records is still open and goes on; run this again after it"
              + " if a mapping has changed since it began");
    }
    Run run = Watch.until(new Runs(database.pool()), started.run(), json);
    if (json) {
      Json.print(Json.run(run));
      return run.exitCode();
    }
    return Watch.report(run);
  }

  private int dryRun(Session session, Database database, long records) throws Exception {
    Node node = session.node(database, Node.Mode.IDLE);
    Trial trial = new Trial(limit);
    Map<String, Object> properties = new HashMap<>();
    properties.put("source", source);
    properties.put("recordSource", source);
    properties.put("trial", trial);
    if (kind != null) {
      properties.put("recordKind", kind);
    }
    try (Watch.Meter meter = new Watch.Meter(json)) {
      String after = "";
      while (after != null) {
        properties.put("after", after);
        after = node.call("remap-page", null, properties, String.class);
        meter.show("remap --dry-run", trial.tried(), trial.tried() / (double) Math.max(1, records));
      }
    }
    if (json) {
      Json.print(values(trial));
    } else {
      print(trial);
    }
    boolean worse =
        trial.states().keySet().stream().anyMatch(k -> k.matches(".* -> (rejected|dead)"));
    return worse ? Cli.PARTIAL : Cli.OK;
  }

  private void print(Trial trial) {
    for (RowDiff.Change change : trial.rows()) {
      RowDiff.Row row = change.row();
      String what = row.table() + " " + row.id();
      String whose = row.record() == null ? "" : " (" + row.record() + ")";
      String head = what + whose + " " + row.name() + ": ";
      switch (change.kind()) {
        case INSERTED -> System.out.println(clean(head + "inserted"));
        case DELETED -> System.out.println(clean(head + "deleted"));
        default ->
            change
                .columns()
                .forEach(
                    (column, cell) ->
                        System.out.println(
                            clean(
                                head
                                    + column
                                    + ": "
                                    + text(cell.before())
                                    + " -> "
                                    + text(cell.after()))));
      }
    }
    Trial.Counts total = trial.total();
    more(total.inserted() + total.changed() + total.deleted() - trial.rows().size(), "rows");
    for (Trial.StateChange change : trial.records()) {
      System.out.println(
          clean(
              change.record()
                  + ": "
                  + change.before()
                  + " -> "
                  + change.after()
                  + (change.reason() == null ? "" : ": " + change.reason())));
    }
    int states = trial.states().values().stream().mapToInt(n -> n).sum();
    more(states - trial.records().size(), "records");
    Table table = new Table("TABLE", "INSERTED", "CHANGED", "DELETED", "UNCHANGED");
    trial
        .tables()
        .forEach(
            (name, c) -> table.row(name, c.inserted(), c.changed(), c.deleted(), c.unchanged()));
    if (!table.isEmpty()) {
      table.print(System.out);
    }
    trial.states().forEach((change, n) -> System.out.println(n + " records " + change));
    System.out.println(trial.tried() + " records were tried; nothing was written");
  }

  private static void more(int number, String what) {
    if (number > 0) {
      System.out.println("… and " + number + " more " + what);
    }
  }

  private static String text(JsonNode value) {
    return value == null || value.isNull()
        ? "(none)"
        : value.isTextual() ? value.asText() : value.toString();
  }

  private static String clean(String line) {
    return line.replaceAll("\\p{Cntrl}", " ");
  }

  private static Map<String, Object> values(Trial trial) {
    List<Map<String, Object>> rows =
        trial.rows().stream()
            .map(
                change -> {
                  Map<String, Object> row = new LinkedHashMap<>();
                  row.put("table", change.row().table());
                  row.put("id", change.row().id());
                  row.put("record", change.row().record());
                  row.put("name", change.row().name());
                  row.put("change", change.kind().name().toLowerCase(java.util.Locale.ROOT));
                  row.put("columns", change.columns());
                  return row;
                })
            .toList();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("records", trial.tried());
    values.put("total", trial.total());
    values.put("tables", trial.tables());
    values.put("states", trial.states());
    values.put("rows", rows);
    values.put("record_changes", trial.records());
    return values;
  }
}
