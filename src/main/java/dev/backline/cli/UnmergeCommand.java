package dev.backline.cli;

import dev.backline.Settings;
import dev.backline.store.Database;
import dev.backline.store.Decisions;
import dev.backline.store.Decisions.Key;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A person's word: a record is not what the others of its entity are. */
@Command(
    name = "unmerge",
    description = {
      "Says for good that a record is not what the other records of an entity are: it "
          + "becomes an entity of its own, with a new id.",
      "What was written to the entity stays with it."
    },
    mixinStandardHelpOptions = true)
final class UnmergeCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "KIND", description = "artist, venue or show.")
  private String kind;

  @Parameters(index = "1", paramLabel = "ID", description = Named.ID)
  private String id;

  @Parameters(index = "2", paramLabel = "SOURCE", description = "Such as ticketmaster.")
  private String source;

  @Parameters(index = "3", paramLabel = "SOURCE-ID", description = "The record's id there.")
  private String sourceId;

  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Settings settings = Session.settings();
    Named.kind(kind, Decisions.KINDS);
    Known.source(settings, source);
    try (Session session = Session.with(settings)) {
      Database database = session.connect();
      Decisions decisions = Decisions.of(database.pool(), settings);
      UUID entity = Named.entity(settings, database, kind, id).id();
      Key record = new Key(source, sourceId);
      List<Key> others = new ArrayList<>(decisions.records(kind, entity));
      if (!others.remove(record)) {
        throw new WrongUsage(
            "the %s %s has no record %s %s; see backline explain %s %s"
                .formatted(kind, entity, source, sourceId, kind, entity));
      }
      if (others.isEmpty()) {
        throw new WrongUsage("it is the only record of the %s %s already".formatted(kind, entity));
      }
      decisions.notSame(kind, record, others);
      List<Key> concerned = new ArrayList<>(others);
      concerned.add(record);
      int exit = Again.applied(session, database, decisions, kind, concerned);
      UUID now = Named.record(database, kind, record).id();
      if (json) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("kind", kind);
        answer.put("kept", entity);
        answer.put("own", now);
        answer.put("unmerged", !now.equals(entity));
        Json.print(answer);
      } else if (exit == Cli.OK) {
        System.out.println(
            "%s %s is the %s %s now; the others stay %s"
                .formatted(source, sourceId, kind, now, entity));
      }
      return exit;
    }
  }
}
