package dev.backline.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.backline.sandbox.Sandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What is so in the sandbox's world, one JSON object a thing. */
public final class Truth {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Truth() {}

  public static List<JsonNode> of(Sandbox sandbox, String kind) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      sandbox.writeTruth(out);
      List<JsonNode> things = new ArrayList<>();
      for (String line : out.toString(StandardCharsets.UTF_8).split("\n")) {
        JsonNode thing = JSON.readTree(line);
        if (thing.path("kind").asText().equals(kind)) {
          things.add(thing);
        }
      }
      return things;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Events that a sweep over all dates sees today. */
  public static List<JsonNode> visibleEvents(Sandbox sandbox) {
    return of(sandbox, "event").stream().filter(e -> e.path("visible").asBoolean()).toList();
  }

  /** Of these, the listings of music: each is a show. */
  public static List<JsonNode> shows(Sandbox sandbox) {
    return visibleEvents(sandbox).stream().filter(e -> e.path("music").asBoolean()).toList();
  }
}
