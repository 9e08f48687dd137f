package dev.backline.cli;

import dev.backline.Node;
import dev.backline.Settings;
import dev.backline.sandbox.Sandbox;
import dev.backline.selftest.Child;
import dev.backline.selftest.Score;
import dev.backline.store.Database;
import dev.backline.store.Overview;
import dev.backline.store.Runs;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How well records of the simulated sources are joined, against the truth of their world. */
@Command(
    name = "score",
    description =
        "Fetches a simulated world from all four APIs into a database of its own and compares "
            + "what was joined with the truth: precision and recall of pairs of records, for each "
            + "kind.",
    mixinStandardHelpOptions = true)
final class ScoreCommand implements Callable<Integer> {
  private static final int MOST_PASSES = 6;

  @Option(names = "--seed", defaultValue = "1", description = "Seed of the world.")
  private long seed;

  @Option(names = "--artists", defaultValue = "200", description = "Size of the world.")
  private int artists;

  @Option(names = "--examples", description = "Print pairs that are wrong or missed.")
  private boolean examples;

  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (artists < 1) {
      throw new WrongUsage("--artists must be 1 or more");
    }
    Path folder = Files.createTempDirectory("backline-score");
    try (Sandbox sandbox = SandboxCommand.open(Sandbox.Options.of(seed, artists))) {
      Settings plain = Session.settings();
      Map<String, String> values = new HashMap<>(Passes.unlimited(plain));
      values.putAll(sandbox.settings());
      values.put("database.url", "");
      values.put("backline.env", "development");
      values.put("backline.data-dir", folder.toString());
      values.put("fetch.idle-delay", "100");
      values.put("apply.close-delay", "100");
      values.put("apply.sweep-after", "2");
      values.put("apply.sweep-delay", "500");
      Settings settings = plain.with(values);
      try (Session session = Session.with(settings)) {
        Database database = session.own();
        Node node = session.node(database, Node.Mode.WORK);
        Passes passes = new Passes(settings, node, new Runs(database.pool()));
        int pass = 1;
        while (Passes.isNews(passes.run(pass)) && pass < MOST_PASSES) {
          pass++;
        }
        new Overview(database.pool()).awaitNoneLanded();
        Map<String, Score.Kind> scores = Score.of(database.pool(), sandbox.identities());
        print(scores);
        return scores.values().stream().allMatch(k -> k.joined() == k.right())
            ? Cli.OK
            : Cli.FAILED;
      }
    } finally {
      Child.delete(folder);
    }
  }

  private void print(Map<String, Score.Kind> scores) throws Exception {
    if (json) {
      Map<String, Object> all = new LinkedHashMap<>(scores);
      System.out.println(Json.text(all));
      return;
    }
    table(scores, System.out);
    if (examples) {
      scores.forEach(
          (kind, score) -> {
            score.wrong().forEach(pair -> System.out.println("wrong  " + kind + ": " + pair));
            score.missed().forEach(pair -> System.out.println("missed " + kind + ": " + pair));
          });
    }
  }

  /** One line a kind. */
  static void table(Map<String, Score.Kind> scores, PrintStream out) {
    Table table =
        new Table("KIND", "RECORDS", "JOINED PAIRS", "WRONG", "PRECISION", "RECALL", "REVIEW");
    scores.forEach(
        (kind, score) ->
            table.row(
                kind,
                score.records(),
                score.joined(),
                score.joined() - score.right(),
                String.format("%.4f", score.precision()),
                String.format("%.4f", score.recall()),
                score.review()));
    table.print(out);
  }
}
