package dev.backline.cli;

import dev.backline.Node;
import dev.backline.Settings;
import dev.backline.store.Database;
import dev.backline.store.NodeAtWork;
import dev.backline.store.Run;
import dev.backline.store.Runs;
import dev.backline.store.Withdrawal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes what one source delivered, when somebody means it. */
@Command(
    name = "purge",
    description = {
      "Removes everything that one source delivered: its records, what only they vouch for, "
          + "its ids and its values; entities that other sources know too are made of these alone "
          + "again, with their ids.",
      "Shows that go take their predicted setlists and votes with them. What was spent at "
          + "the source stays, and so do its key and its jobs: take the key away first, or the "
          + "next run fetches it all again."
    },
    mixinStandardHelpOptions = true)
final class PurgeCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "SOURCE", description = "Such as spotify.")
  private String source;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Settings settings = Session.settings();
    Known.source(settings, source);
    try (Session session = Session.with(settings)) {
      Database database = session.connect();
      Withdrawal withdrawal = new Withdrawal(database.pool(), settings);
      Withdrawal.Loss loss = withdrawal.loss(source);
      if (!yes && !confirmed(loss, database)) {
        System.err.println(
            "backline: nothing was removed; --yes, or the word " + source + ", confirms it");
        return Cli.USAGE;
      }
      UUID run;
      try {
        run = withdrawal.source(source);
      } catch (NodeAtWork e) {
        throw new WrongUsage(
            "Backline runs on "
                + database.address()
                + " and may be fetching "
                + source
                + "; stop it, then purge");
      }
      return remain(session, database, run, loss);
    }
  }

  /** Waits until what remains is applied. */
  private int remain(Session session, Database database, UUID id, Withdrawal.Loss loss)
      throws Exception {
    session.node(database, Node.Mode.WORK);
    Run run = Watch.until(new Runs(database.pool()), id, json);
    if (json) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("source", source);
      values.put("removed", loss);
      values.put("run", Json.run(run));
      Json.print(values);
      return run.exitCode();
    }
    System.out.println(
        "%s: %d records, %d artists, %d venues, %d shows and %d votes removed; %d entities remain by others"
            .formatted(
                source,
                loss.records(),
                loss.artists(),
                loss.venues(),
                loss.shows(),
                loss.votes(),
                loss.kept()));
    return Watch.report(run);
  }

  private boolean confirmed(Withdrawal.Loss loss, Database database) throws Exception {
    Table table = new Table("TO BE REMOVED", "NUMBER");
    table.row("records of " + source, loss.records());
    table.row("artists that only it knows", loss.artists());
    table.row("venues that only it knows", loss.venues());
    table.row("shows that only it knows", loss.shows());
    table.row("votes of users on these shows", loss.votes());
    table.row("songs that users suggested for them", loss.suggestions());
    table.print(System.out);
    System.out.println(
        loss.kept()
            + " entities remain, made of what other sources say; songs that no other source or");
    System.out.println("setlist names go too, with the votes on them.");
    return Confirmation.given(
        "removes what " + source + " delivered from " + database.address(), source);
  }
}
