package dev.backline.land;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Where the records of an answer stand, as a route says it in two lines.
 *
 * @param kind what the source calls a record ({@code event})
 * @param records path of the array that holds them ({@code _embedded.events}); empty: the answer
 *     itself is the array
 * @param embedded records inside a record that have ids of their own, by kind and path within it
 * @param volatileFields names of fields whose changes do not make a record new
 */
public record Layout(
    String kind, List<String> records, List<Embedded> embedded, Set<String> volatileFields) {

  /** An array of records inside a record. */
  public record Embedded(String kind, List<String> path) {}

  /**
   * @param embedded {@code kind=path} pairs, comma separated; may be empty
   * @param volatileFields names, comma separated; may be empty
   */
  public static Layout parse(String kind, String records, String embedded, String volatileFields) {
    List<Embedded> inner =
        list(embedded).stream()
            .map(pair -> pair.split("=", 2))
            .map(
                pair -> {
                  if (pair.length < 2) {
                    throw new IllegalArgumentException(
                        "embedded records are written kind=path, not '" + pair[0] + "'");
                  }
                  return new Embedded(pair[0].trim(), path(pair[1].trim()));
                })
            .toList();
    return new Layout(kind, path(records), inner, Set.copyOf(list(volatileFields)));
  }

  private static List<String> list(String text) {
    return text == null || text.isBlank()
        ? List.of()
        : Arrays.stream(text.split(",")).map(String::trim).filter(s -> !s.isEmpty()).toList();
  }

  private static List<String> path(String text) {
    return text == null || text.isBlank() ? List.of() : List.of(text.trim().split("\\."));
  }
}
