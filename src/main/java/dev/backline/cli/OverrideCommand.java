package dev.backline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backline.Settings;
import dev.backline.apply.Settable;
import dev.backline.store.Database;
import dev.backline.store.Decisions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A value that a person sets and no source overwrites. */
@Command(
    name = "override",
    description = {
      "Sets a field of an artist, a venue or a show to a value that no source overwrites.",
      "Several genres are separated by commas."
    },
    mixinStandardHelpOptions = true)
final class OverrideCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "KIND", description = "artist, venue or show.")
  private String kind;

  @Parameters(index = "1", paramLabel = "ID", description = Named.ID)
  private String id;

  @Parameters(index = "2", paramLabel = "FIELD", description = "Such as name.")
  private String field;

  @Parameters(index = "3", arity = "0..1", paramLabel = "VALUE", description = "What it is to be.")
  private String value;

  @Option(names = "--clear", description = "Let the sources tell the field again.")
  private boolean clear;

  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (clear == (value != null)) {
      throw new WrongUsage("override takes one of VALUE and --clear");
    }
    Settings settings = Session.settings();
    Named.kind(kind, Decisions.KINDS);
    JsonNode wanted = wanted();
    try (Session session = Session.with(settings)) {
      Database database = session.connect();
      Decisions decisions = Decisions.of(database.pool(), settings);
      UUID entity = Named.entity(settings, database, kind, id).id();
      boolean changed = decide(decisions, entity, wanted);
      int exit = Again.applied(session, database, decisions, kind, decisions.records(kind, entity));
      if (json) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("kind", kind);
        answer.put("id", entity);
        answer.put("field", field);
        answer.put("value", wanted);
        Json.print(answer);
      } else if (exit == Cli.OK) {
        System.out.println(
            "%s of the %s %s %s"
                .formatted(
                    field,
                    kind,
                    entity,
                    !clear
                        ? "is set by a person now"
                        : changed ? "is told by the sources again" : "was set by nobody"));
      }
      return exit;
    }
  }

  private JsonNode wanted() {
    try {
      Settable settable = new Settable(Path.of("routes", "entities"), kind);
      return clear ? settable.known(field) : settable.value(field, value);
    } catch (IllegalArgumentException e) {
      throw new WrongUsage(e.getMessage());
    }
  }

  private boolean decide(Decisions decisions, UUID entity, JsonNode wanted) {
    if (clear) {
      return decisions.clear(kind, entity, field);
    }
    try {
      decisions.override(kind, entity, field, wanted.toString());
      return true;
    } catch (IllegalArgumentException e) {
      throw new WrongUsage(e.getMessage());
    }
  }
}
