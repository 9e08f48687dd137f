package dev.backline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backline.Node;
import dev.backline.Settings;
import dev.backline.land.Zstd;
import dev.backline.store.Database;
import dev.backline.store.Overview;
import dev.backline.store.Presence;
import dev.backline.store.Run;
import dev.backline.store.Runs;
import dev.backline.store.Withdrawal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The stored raw records. */
@Command(
    name = "records",
    description = "Shows stored records: as the source sent them, their state, what they became.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(list | show | remove)")
final class RecordsCommand implements Runnable {
  @picocli.CommandLine.Spec private picocli.CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new picocli.CommandLine.ParameterException(
        spec.commandLine(),
        "records needs a subcommand: list, show SOURCE KIND ID or remove SOURCE KIND ID");
  }

  @Command(
      name = "list",
      description = "Lists records, newest change first.",
      mixinStandardHelpOptions = true)
  int list(
      @Option(names = "--source", description = "Only of this source.") String source,
      @Option(names = "--kind", description = "Only of this kind, such as event.") String kind,
      @Option(names = "--state", description = "landed, applied, rejected, skipped or dead.")
          String state,
      @Option(names = "--limit", defaultValue = "50", description = "At most so many.") int limit,
      @Option(names = "--json", description = "Print as JSON.") boolean json) {
    Settings settings = Session.settings();
    if (source != null) {
      Known.source(settings, source);
    }
    if (source != null && kind != null) {
      Known.kind(source, kind);
    }
    if (state != null) {
      Known.state(state, Known.RECORD_STATES);
    }
    Known.limit(limit);
    try (Session session = Session.with(settings)) {
      List<Map<String, Object>> rows =
          new Overview(session.connect().pool()).records(source, kind, state, limit);
      if (json) {
        Json.print(rows);
      } else {
        Table table = new Table("SOURCE", "KIND", "ID", "STATE", "CHANGED", "WHY");
        rows.forEach(
            row ->
                table.row(
                    row.get("source"),
                    row.get("kind"),
                    row.get("id"),
                    row.get("state"),
                    row.get("last_changed"),
                    row.get("error")));
        table.print(System.out);
      }
      return Cli.OK;
    }
  }

  @Command(
      name = "show",
      description = "Shows one record: its state, the entity it became, its raw JSON.",
      mixinStandardHelpOptions = true)
  int show(
      @Parameters(paramLabel = "SOURCE") String source,
      @Parameters(paramLabel = "KIND") String kind,
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--json", description = "Print as JSON.") boolean json)
      throws java.io.IOException {
    Settings settings = Session.settings();
    try (Session session = Session.with(settings)) {
      List<Map<String, Object>> found =
          new Overview(session.connect().pool())
              .record(source, kind, id, entityKind(settings, source, kind));
      if (found.isEmpty()) {
        throw new WrongUsage(
            "there is no record " + source + " " + kind + " " + id + "; see backline records list");
      }
      Map<String, Object> record = new LinkedHashMap<>(found.get(0));
      byte[] sent = (byte[]) record.remove("raw");
      JsonNode raw = // One that was removed on request has no body.
          sent.length == 0 ? null : Json.mapper().readTree(Zstd.decompress(sent));
      byte[] entity = (byte[]) record.remove("entity");
      record.put("entity", entity == null ? null : Json.mapper().readTree(entity));
      record.put("raw", raw);
      if (json) {
        Json.print(record);
      } else {
        record.forEach(
            (name, value) ->
                System.out.println(
                    name + ": " + (value instanceof JsonNode ? Json.text(value) : value)));
      }
      return Cli.OK;
    }
  }

  @Command(
      name = "remove",
      description =
          "Removes one record because its owner asks for it, with everything that it alone "
              + "vouches for, votes of users included, and keeps it out: when its source sends it "
              + "again, it is skipped.",
      mixinStandardHelpOptions = true)
  int remove(
      @Parameters(paramLabel = "SOURCE") String source,
      @Parameters(paramLabel = "KIND") String kind,
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--yes", description = "Do not ask.") boolean yes,
      @Option(names = "--json", description = "Print as JSON.") boolean json)
      throws Exception {
    Settings settings = Session.settings();
    Known.source(settings, source);
    try (Session session = Session.with(settings)) {
      Database database = session.connect();
      String name = source + " " + kind + " " + id;
      if (!yes && !Confirmation.given("removes " + name + " for good", id)) {
        System.err.println("backline: nothing was removed; --yes, or the id, confirms it");
        return Cli.USAGE;
      }
      Withdrawal withdrawal = new Withdrawal(database.pool(), settings);
      session.node(database, Presence.any(database) ? Node.Mode.IDLE : Node.Mode.WORK);
      Run run;
      do { // A page that landed while it went may have brought it back.
        run = Watch.until(new Runs(database.pool()), withdrawal.remove(source, kind, id), json);
      } while (withdrawal.isBack(source, kind, id));
      if (json) {
        Json.print(Json.run(run));
        return run.exitCode();
      }
      System.out.println(name + " is removed and stays out");
      return Watch.report(run);
    }
  }

  private static String entityKind(Settings settings, String source, String kind) {
    return List.of("artist", "venue", "show").stream()
        .filter(e -> settings.find(source + "." + e + "-records").orElse("").equals(kind))
        .findFirst()
        .orElse(kind);
  }
}
