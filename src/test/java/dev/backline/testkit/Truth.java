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
import java.util.Set;
import java.util.stream.Collectors;

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

  /** Of these, the listings of music: each is a show, or is sold beside one. */
  public static List<JsonNode> listings(Sandbox sandbox) {
    return visibleEvents(sandbox).stream().filter(e -> e.path("music").asBoolean()).toList();
  }

  /** The listings that are a show: all but those that are sold beside another one. */
  public static List<JsonNode> shows(Sandbox sandbox) {
    List<JsonNode> listings = listings(sandbox);
    Set<String> ids =
        listings.stream().map(listing -> listing.get("id").asText()).collect(Collectors.toSet());
    return listings.stream()
        .filter(listing -> !ids.contains(listing.path("beside").asText()))
        .toList();
  }
}
