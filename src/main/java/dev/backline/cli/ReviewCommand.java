package dev.backline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backline.Settings;
import dev.backline.store.Database;
import dev.backline.store.Decisions;
import dev.backline.store.Decisions.Key;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Pairs of records that may be one entity, for a person to decide. */
@Command(
    name = "review",
    description = {
      "Lists the pairs of records that may be one entity and wait for a person, the best first.",
      "yes and no decide for good; the records are applied again at once."
    },
    mixinStandardHelpOptions = true)
final class ReviewCommand implements Callable<Integer> {
  /** What is listed. */
  static final class Listing {
    @Option(names = "--kind", description = "Only artist, venue or show.")
    private String kind;

    @Option(names = "--limit", defaultValue = "50", description = "At most so many.")
    private int limit;

    @Option(names = "--json", description = "Print as JSON.")
    private boolean json;
  }

  /** The two records of a pair. */
  static final class Two {
    @Parameters(index = "0", paramLabel = "KIND", description = "artist, venue or show.")
    private String kind;

    @Parameters(index = "1", paramLabel = "SOURCE", description = "Source of the first record.")
    private String source;

    @Parameters(index = "2", paramLabel = "SOURCE-ID", description = "Its id there.")
    private String id;

    @Parameters(index = "3", paramLabel = "SOURCE", description = "Source of the second record.")
    private String otherSource;

    @Parameters(index = "4", paramLabel = "SOURCE-ID", description = "Its id there.")
    private String otherId;

    @Option(names = "--json", description = "Print as JSON.")
    private boolean json;

    private Key first(Settings settings) {
      Named.kind(kind, Decisions.KINDS);
      Known.source(settings, source);
      Known.source(settings, otherSource);
      if (source.equals(otherSource) && id.equals(otherId)) {
        throw new WrongUsage("both are the same record");
      }
      return new Key(source, id);
    }

    private Key second() {
      return new Key(otherSource, otherId);
    }
  }

  @Mixin private Listing listing;

  @Override
  public Integer call() {
    return list(listing);
  }

  @Command(
      name = "list",
      description = "Lists the pairs that wait for a person, the best first.",
      mixinStandardHelpOptions = true)
  int list(@Mixin Listing wanted) {
    Settings settings = Session.settings();
    if (wanted.kind != null) {
      Named.kind(wanted.kind, Decisions.KINDS);
    }
    Known.limit(wanted.limit);
    try (Session session = Session.with(settings)) {
      JsonNode pairs =
          Documents.rows(
              session.connect(),
              "routes/sql/review-pairs.sql",
              Documents.with("kind", wanted.kind, "entity", null, "most", "" + wanted.limit));
      if (wanted.json) {
        Json.print(pairs);
      } else if (pairs.isEmpty()) {
        System.out.println("no pair waits for a person");
      } else {
        ExplainText text = new ExplainText();
        pairs.forEach(text::pair);
        System.out.print(text);
      }
      return Cli.OK;
    }
  }

  @Command(
      name = "yes",
      description = "Says for good that two records are one entity; that of the first goes on.",
      mixinStandardHelpOptions = true)
  int yes(@Mixin Two two) throws Exception {
    Settings settings = Session.settings();
    Key first = two.first(settings);
    try (Session session = Session.with(settings)) {
      Database database = session.connect();
      Decisions decisions = Decisions.of(database.pool(), settings);
      return Joining.join(
          session, database, decisions, two.kind, first, two.second(), false, two.json);
    }
  }

  @Command(
      name = "no",
      description = "Says for good that two records are two entities.",
      mixinStandardHelpOptions = true)
  int no(@Mixin Two two) throws Exception {
    Settings settings = Session.settings();
    Key first = two.first(settings);
    try (Session session = Session.with(settings)) {
      Database database = session.connect();
      Named.record(database, two.kind, first);
      Named.record(database, two.kind, two.second());
      Decisions decisions = Decisions.of(database.pool(), settings);
      decisions.notSame(two.kind, two.second(), List.of(first));
      int exit =
          Again.applied(session, database, decisions, two.kind, List.of(first, two.second()));
      if (two.json) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("kind", two.kind);
        answer.put("left", Named.record(database, two.kind, first).id());
        answer.put("right", Named.record(database, two.kind, two.second()).id());
        Json.print(answer);
      } else if (exit == Cli.OK) {
        System.out.println("they are two %ss for good".formatted(two.kind));
      }
      return exit;
    }
  }
}
