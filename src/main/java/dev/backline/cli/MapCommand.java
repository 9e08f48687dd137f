package dev.backline.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backline.Node;
import dev.backline.Settings;
import dev.backline.apply.Translated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Maps a recorded answer or record: the engineer's daily act. Needs no database and no network. */
@Command(
    name = "map",
    description = {
      "Maps a recorded answer, or one record, with the mappings under routes/ and prints "
          + "the canonical entities and every rejection.",
      "Needs no database and calls nobody."
    },
    mixinStandardHelpOptions = true)
final class MapCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "SOURCE", description = "Such as ticketmaster.")
  private String source;

  @Parameters(index = "1", paramLabel = "KIND", description = "Such as event, attraction, venue.")
  private String kind;

  @Parameters(index = "2", paramLabel = "FILE", description = "JSON: an answer or one record.")
  private Path file;

  @Override
  public Integer call() throws Exception {
    Settings settings = Session.settings();
    Known.source(settings, source);
    Known.kind(source, kind);
    byte[] body = read();
    try (Session session = Session.with(settings)) {
      Node node = session.add(Node.offline(settings));
      Map<String, Object> properties = new HashMap<>();
      properties.put("source", source);
      properties.put("kind", kind);
      List<?> results = node.call("map", body, properties, List.class);
      return print(results);
    }
  }

  private byte[] read() {
    Path path = Path.of(System.getProperty("backline.caller", "")).resolve(file);
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new WrongUsage("cannot read " + file + ": " + e.getClass().getSimpleName());
    }
  }

  private static int print(List<?> results) {
    ArrayNode out = Json.mapper().createArrayNode();
    boolean all = true;
    for (Object result : results) {
      Translated translated = (Translated) result;
      ObjectNode row = out.addObject();
      row.put("kind", translated.record().kind());
      row.put("id", translated.record().id());
      row.put("state", translated.state());
      if (translated.reason() != null) {
        row.put("reason", translated.reason());
      }
      if (translated.entity() != null) {
        row.set("entity", translated.entity());
      }
      all &= !translated.state().equals("rejected") && !translated.state().equals("dead");
    }
    Json.print(out);
    return all ? Cli.OK : Cli.PARTIAL;
  }
}
