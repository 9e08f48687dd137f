package dev.backline.cli;

import dev.backline.Settings;
import dev.backline.store.Database;
import dev.backline.store.Decisions;
import dev.backline.store.Decisions.Key;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A person's word: two entities are one. */
@Command(
    name = "merge",
    description = {
      "Says for good that two entities are one.",
      "KEEP goes on with the records of both; the id of OTHER leads to it from then on. "
          + "Takes back what was said before of the two being different."
    },
    mixinStandardHelpOptions = true)
final class MergeCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "KIND", description = "artist, venue or show.")
  private String kind;

  @Parameters(index = "1", paramLabel = "KEEP", description = Named.ID)
  private String keep;

  @Parameters(index = "2", paramLabel = "OTHER", description = Named.ID)
  private String other;

  @Option(
      names = "--mbid-redirect",
      description = "MusicBrainz has joined their MBIDs: OTHER's leads to KEEP's for good.")
  private boolean redirect;

  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Settings settings = Session.settings();
    Named.kind(kind, Decisions.KINDS);
    try (Session session = Session.with(settings)) {
      Database database = session.connect();
      Decisions decisions = Decisions.of(database.pool(), settings);
      Key kept = first(decisions, Named.entity(settings, database, kind, keep).id(), keep);
      Key gone = first(decisions, Named.entity(settings, database, kind, other).id(), other);
      return Joining.join(session, database, decisions, kind, kept, gone, redirect, json);
    }
  }

  private Key first(Decisions decisions, java.util.UUID entity, String asked) {
    List<Key> records = decisions.records(kind, entity);
    if (records.isEmpty()) {
      throw new WrongUsage(
          "the " + kind + " " + asked + " is made of no record, so there is nothing to join");
    }
    return records.get(0);
  }
}
