package dev.backline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.backline.Node;
import dev.backline.Settings;
import dev.backline.jobs.StoredRuns;
import dev.backline.land.Zstd;
import dev.backline.store.Database;
import dev.backline.store.Letters;
import dev.backline.store.Presence;
import dev.backline.store.Run;
import dev.backline.store.Runs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** The dead-letter workbench. */
@Command(
    name = "dead-letters",
    description = "Lists, shows, edits, replays and discards what failed.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(list | show | edit | replay | discard)")
final class DeadLettersCommand implements Runnable {
  private static final String REQUEST = "request";

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "dead-letters needs a subcommand: list, show ID, edit ID, replay or discard");
  }

  // --- Reading ----------------------------------------------------------------------------------

  @Command(
      name = "list",
      description = "Lists dead letters by their cause, or the letters of one cause.",
      mixinStandardHelpOptions = true)
  int list(
      @Option(names = "--group", paramLabel = "CAUSE", description = "The letters of this cause.")
          String group,
      @Option(
              names = "--state",
              defaultValue = "open",
              description = "open, replayed or discarded.")
          String state,
      @Option(names = "--source", description = "Only of this source.") String source,
      @Option(names = "--kind", description = "Only of this kind of record, or request.")
          String kind,
      @Option(
              names = "--after",
              paramLabel = "ID",
              description = "With --group: only those behind this letter in the list.")
          Long after,
      @Option(names = "--limit", defaultValue = "50", description = "At most so many.") int limit,
      @Option(names = "--json", description = "Print as JSON.") boolean json) {
    if (after != null && group == null) {
      throw new WrongUsage("--after takes a letter of a group: name it with --group CAUSE");
    }
    Letters.Filter filter = new Letters.Filter(state, source, kind);
    Known.state(state, Known.LETTER_STATES);
    Known.limit(limit);
    try (Session session = Session.with(Session.settings())) {
      Letters letters = new Letters(session.connect().pool());
      List<Map<String, Object>> rows =
          group == null ? letters.groups(filter, limit) : letters.of(group, filter, after, limit);
      if (json) {
        Json.print(rows);
      } else if (rows.isEmpty()) {
        System.out.println("no " + state + " dead letters" + (group == null ? "" : " of " + group));
      } else if (group == null) {
        Table table = new Table("CAUSE", "LETTERS", "NEWEST", "EXAMPLE", "ERROR");
        rows.forEach(
            row ->
                table.row(
                    row.get("cause"),
                    row.get("letters"),
                    row.get("newest"),
                    row.get("example_id"),
                    row.get("example")));
        table.print(System.out);
      } else {
        Table table = new Table("ID", "SOURCE", "KIND", "OF", "ATTEMPTS", "LAST FAILED", "ERROR");
        rows.forEach(
            row ->
                table.row(
                    row.get("id"),
                    row.get("source"),
                    row.get("kind"),
                    row.get("source_id"),
                    row.get("attempts"),
                    row.get("last_failed"),
                    row.get("error")));
        table.print(System.out);
      }
      return Cli.OK;
    }
  }

  @Command(
      name = "show",
      description = "Shows a letter: what failed, where, why, how often, and its payload.",
      mixinStandardHelpOptions = true)
  int show(
      @Parameters(paramLabel = "ID") long id,
      @Option(names = "--json", description = "Print as JSON.") boolean json) {
    try (Session session = Session.with(Session.settings())) {
      Map<String, Object> letter = find(new Letters(session.connect().pool()), id);
      letter.remove("raw");
      letter.remove("fingerprint");
      String payload = (String) letter.remove("payload");
      letter.put("payload", payload == null ? null : jsonOrText(payload));
      if (json) {
        Json.print(letter);
      } else {
        letter.forEach(
            (name, value) ->
                System.out.println(
                    name + ": " + (value instanceof JsonNode ? Json.text(value) : value)));
      }
      return Cli.OK;
    }
  }

  private static Map<String, Object> find(Letters letters, long id) {
    return letters
        .find(id)
        .orElseThrow(
            () ->
                new WrongUsage(
                    "there is no dead letter " + id + "; see backline dead-letters list"));
  }

  private static Object jsonOrText(String payload) {
    try {
      return strict().readTree(payload);
    } catch (JsonProcessingException e) {
      return payload;
    }
  }

  private static ObjectReader strict() {
    return Json.mapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  // --- Editing ----------------------------------------------------------------------------------

  @Command(
      name = "edit",
      description = {
        "Puts an edited payload in the place of what the source sent; replay applies it.",
        "The source's unchanged version does not undo the edit, a newer one does."
      },
      mixinStandardHelpOptions = true)
  int edit(
      @Parameters(paramLabel = "ID") long id,
      @Option(
              names = "--payload",
              paramLabel = "FILE",
              description = "Read it from this file, '-' for standard input; else an editor opens.")
          String file,
      @Option(names = "--json", description = "Print as JSON.") boolean json)
      throws IOException, InterruptedException {
    Settings settings = Session.settings();
    try (Session session = Session.with(settings)) {
      Letters letters = new Letters(session.connect().pool());
      Map<String, Object> letter = find(letters, id);
      open(letter, id);
      boolean request = letter.get("kind").equals(REQUEST);
      if (!request && !"dead".equals(letter.get("record_state"))) {
        throw new WrongUsage(movedOn(id));
      }
      String text = file == null ? inEditor(id, letter) : read(file);
      if (text == null) {
        System.out.println("dead letter " + id + " is as it was");
        return Cli.OK;
      }
      byte[] payload = text.strip().getBytes(StandardCharsets.UTF_8);
      int most = settings.number("fetch.largest-body-mb");
      if (payload.length > most << 20) {
        throw new WrongUsage("the payload has more than " + most + " MB (fetch.largest-body-mb)");
      }
      Letters.Outcome outcome =
          letters.edit(
              id,
              (byte[]) letter.get("fingerprint"),
              request ? null : Zstd.compress(payload),
              settings.redact(text.strip().replace("\u0000", "")));
      if (outcome != Letters.Outcome.DONE) {
        throw new WrongUsage(
            outcome == Letters.Outcome.CLOSED ? closed(id, "closed") : movedOn(id));
      }
      if (json) {
        Json.print(Map.of("id", id, "edited", true));
      } else {
        System.out.println(
            "dead letter " + id + " is edited; apply it with backline dead-letters replay " + id);
      }
      return Cli.OK;
    }
  }

  private static void open(Map<String, Object> letter, long id) {
    if (!letter.get("state").equals("open")) {
      throw new WrongUsage(closed(id, (String) letter.get("state")));
    }
  }

  private static String closed(long id, String state) {
    return "dead letter " + id + " is " + state + "; only an open one can be worked on";
  }

  private static String movedOn(long id) {
    return "the record of dead letter "
        + id
        + " is not dead any more: a newer version came, or it is being applied; see backline"
        + " dead-letters show "
        + id;
  }

  private static String read(String file) {
    try {
      byte[] bytes =
          file.equals("-")
              ? System.in.readAllBytes()
              : Files.readAllBytes(
                  Path.of(System.getProperty("backline.caller", "")).resolve(file));
      return object(new String(bytes, StandardCharsets.UTF_8), "nothing was changed");
    } catch (IOException e) {
      throw new WrongUsage("cannot read " + file + ": " + e.getClass().getSimpleName());
    }
  }

  /** The text where it is a JSON object. */
  private static String object(String text, String otherwise) {
    try {
      if (strict().readTree(text).isObject()) {
        return text;
      }
      throw new WrongUsage("the payload is no JSON object; " + otherwise);
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null
              ? ""
              : " at line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr();
      String why = e.getOriginalMessage().lines().findFirst().orElse("");
      throw new WrongUsage("the payload is not JSON" + where + ": " + why + "; " + otherwise);
    }
  }

  /** What a person made of the payload in an editor; null where it is left as it was. */
  private static String inEditor(long id, Map<String, Object> letter)
      throws IOException, InterruptedException {
    String editor = System.getenv("VISUAL");
    editor = editor == null || editor.isBlank() ? System.getenv("EDITOR") : editor;
    if (editor == null || editor.isBlank()) {
      throw new WrongUsage("set VISUAL or EDITOR, or name a file with --payload");
    }
    byte[] raw = (byte[]) letter.get("raw");
    String payload =
        raw == null
            ? (String) letter.get("payload")
            : new String(Zstd.decompress(raw), StandardCharsets.UTF_8);
    Object tree = jsonOrText(payload);
    String before = tree instanceof JsonNode ? Json.text(tree) : payload;
    Path file = Files.createTempFile("dead-letter-" + id + "-", ".json");
    Files.writeString(file, before);
    int exit =
        new ProcessBuilder("sh", "-c", editor + " \"$0\"", file.toString())
            .inheritIO()
            .start()
            .waitFor();
    if (exit != 0) {
      Files.delete(file);
      throw new WrongUsage(
          "the editor '" + editor + "' ended with " + exit + "; nothing was changed");
    }
    String after = Files.readString(file);
    if (after.equals(before)) {
      Files.delete(file);
      return null;
    }
    object(after, "nothing was changed, your text is in " + file);
    Files.delete(file);
    return after;
  }

  // --- Deciding ---------------------------------------------------------------------------------

  @Command(
      name = "discard",
      description = "Takes letters from the list for good; their records stay dead.",
      mixinStandardHelpOptions = true)
  int discard(
      @Parameters(paramLabel = "ID", arity = "0..1") Long id,
      @Option(names = "--group", paramLabel = "CAUSE", description = "All letters of this cause.")
          String group,
      @Option(names = "--all", description = "All open letters.") boolean all,
      @Option(names = "--json", description = "Print as JSON.") boolean json) {
    oneOf("discard", id, group, all);
    try (Session session = Session.with(Session.settings())) {
      Letters letters = new Letters(session.connect().pool());
      if (id == null) {
        return discardAll(letters, group, json);
      }
      Map<String, Object> letter = find(letters, id);
      if (!letter.get("state").equals("discarded")) {
        open(letter, id);
        letters.discard(id);
      }
      if (json) {
        Json.print(Map.of("id", id, "state", "discarded"));
      } else {
        System.out.println("dead letter " + id + " is discarded");
      }
      return Cli.OK;
    }
  }

  private static int discardAll(Letters letters, String group, boolean json) {
    int discarded = letters.discard(new Letters.Selection(null, group));
    if (discarded == 0) {
      return nothing(letters, null, group, json);
    }
    if (json) {
      Json.print(Map.of("discarded", discarded));
    } else {
      System.out.println(
          discarded + (discarded == 1 ? " letter is" : " letters are") + " discarded");
    }
    return Cli.OK;
  }

  private static void oneOf(String command, Long id, String group, boolean all) {
    if ((id == null ? 0 : 1) + (group == null ? 0 : 1) + (all ? 1 : 0) != 1) {
      throw new WrongUsage("dead-letters " + command + " takes one of ID, --group CAUSE and --all");
    }
  }

  @Command(
      name = "replay",
      description = {
        "Applies the records of dead letters again, and plans their requests again; waits for the end.",
        "A letter closes when its record succeeds, and counts an attempt when it fails again;"
            + " that of a request closes when the request is planned, and a new one stands for it"
            + " should it fail again."
      },
      mixinStandardHelpOptions = true)
  int replay(
      @Parameters(paramLabel = "ID", arity = "0..1") Long id,
      @Option(names = "--group", paramLabel = "CAUSE", description = "All letters of this cause.")
          String group,
      @Option(names = "--all", description = "All open letters.") boolean all,
      @Option(names = "--json", description = "Print the runs as JSON.") boolean json)
      throws Exception {
    oneOf("replay", id, group, all);
    Settings settings = Session.settings();
    try (Session session = Session.with(settings)) {
      Database database = session.connect();
      Letters letters = new Letters(database.pool());
      if (id != null && !find(letters, id).get("state").equals("replayed")) {
        open(find(letters, id), id);
      }
      Letters.Selection selection = new Letters.Selection(id, group);
      Map<String, Long> records = letters.records(selection);
      Map<String, Long> requests = letters.requests(selection);
      List<String> callable = callable(settings, requests, records.isEmpty());
      if (records.isEmpty() && callable.isEmpty()) {
        return nothing(letters, id, group, json);
      }
      Node node = session.node(database, Presence.any(database) ? Node.Mode.IDLE : Node.Mode.WORK);
      List<UUID> started = new ArrayList<>();
      if (!records.isEmpty()) {
        started.add(StoredRuns.replay(node, id, group, records).run());
      }
      if (!callable.isEmpty()) {
        started.addAll(StoredRuns.replan(node, id, group, callable));
      }
      return await(new Runs(database.pool()), started, json);
    }
  }

  private static int nothing(Letters letters, Long id, String group, boolean json) {
    if (group != null
        && Known.LETTER_STATES.stream()
            .allMatch(
                state ->
                    letters.of(group, new Letters.Filter(state, null, null), null, 1).isEmpty())) {
      throw new WrongUsage(
          "there is no dead letter of the cause '" + group + "'; see backline dead-letters list");
    }
    if (json) {
      Json.print(List.of());
    } else {
      System.out.println(
          id == null ? "no open dead letters" : "dead letter " + id + " is replayed already");
    }
    return Cli.OK;
  }

  /** Sources whose requests can be planned; those of a source without its key stay letters. */
  private static List<String> callable(
      Settings settings, Map<String, Long> requests, boolean nothingElse) {
    List<String> callable = new ArrayList<>();
    List<String> disabled = new ArrayList<>();
    for (String source : requests.keySet()) {
      (settings.enabled(source) ? callable : disabled).add(source);
    }
    for (String source : disabled) {
      String line =
          "requests of "
              + source
              + " cannot be replayed while it is disabled; set "
              + settings.missing(source);
      if (nothingElse && callable.isEmpty()) {
        throw new Settings.Invalid(line);
      }
      System.err.println("backline: " + line);
    }
    return callable;
  }

  private static int await(Runs runs, List<UUID> started, boolean json)
      throws InterruptedException {
    int exit = Cli.OK;
    List<Map<String, Object>> ended = new ArrayList<>();
    for (UUID id : started) {
      Run run = Watch.until(runs, id, json);
      if (json) {
        ended.add(new LinkedHashMap<>(Json.run(run)));
      } else {
        Watch.report(run);
      }
      exit =
          exit == Cli.FAILED || run.exitCode() == Cli.FAILED
              ? Cli.FAILED
              : Math.max(exit, run.exitCode());
    }
    if (json) {
      Json.print(ended);
    }
    return exit;
  }
}
