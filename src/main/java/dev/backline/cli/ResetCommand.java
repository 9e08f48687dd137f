package dev.backline.cli;

import dev.backline.Settings;
import dev.backline.store.Catalogue;
import dev.backline.store.Clearing;
import dev.backline.store.Database;
import dev.backline.store.Presence;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Empties the catalogue, when somebody means it. */
@Command(
    name = "reset",
    description = {
      "Empties the catalogue in this order: events, tourVenues, tours, venueNetwork, "
          + "artists, venues, users, and last what the sources delivered, so that the next sync "
          + "starts from nothing.",
      "All in one transaction. What people decided and what was spent at the sources stays."
    },
    mixinStandardHelpOptions = true)
final class ResetCommand implements Callable<Integer> {
  private static final String WORD = "reset";

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Option(names = "--force", description = "Also outside development.")
  private boolean force;

  @Override
  public Integer call() throws Exception {
    Settings settings = Session.settings();
    String environment = settings.text("backline.env");
    if (!environment.equals("development") && !force) {
      throw new WrongUsage(
          "this is " + environment + ", where nothing is cleared; --force clears it all the same");
    }
    try (Session session = Session.with(settings)) {
      Database database = session.connect();
      if (Presence.any(database)) {
        throw new WrongUsage(
            "Backline runs on " + database.address() + "; stop it, then reset the catalogue");
      }
      Clearing clearing = new Clearing(database.pool());
      if (!yes && !confirmed(clearing, database)) {
        System.err.println(
            "backline: nothing was cleared; --yes, or the word " + WORD + ", confirms it");
        return Cli.USAGE;
      }
      for (Map.Entry<Catalogue, Long> part : clearing.clear().entrySet()) {
        System.out.println(part.getKey().title() + "  " + part.getValue() + " deleted");
      }
      return Cli.OK;
    }
  }

  private static boolean confirmed(Clearing clearing, Database database) throws Exception {
    Table table = new Table("TO BE CLEARED", "ROWS");
    clearing.rows().forEach((part, rows) -> table.row(part.title(), rows));
    table.print(System.out);
    System.out.print("in " + database.address() + "; type " + WORD + " to clear: ");
    System.out.flush();
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String answer = in.readLine();
    System.out.println();
    return WORD.equals(answer);
  }
}
