package dev.backline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.backline.store.Database;
import dev.backline.store.JsonRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What statements under {@code routes/sql/} answer to a command, as JSON. */
final class Documents {
  private Documents() {}

  /** All rows, an array of objects. */
  static JsonNode rows(Database database, String statement, Map<String, String> parameters) {
    try {
      String text = Files.readString(Path.of(statement));
      return Json.mapper().readTree(new JsonRows(database.pool()).read(text, parameters));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("PostgreSQL gave no JSON", e);
    } catch (IOException e) {
      throw new WrongUsage("cannot read " + statement + "; start Backline from its folder");
    }
  }

  /** Parameters by name; null values are kept. */
  static Map<String, String> with(String... namesAndValues) {
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      parameters.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return parameters;
  }
}
