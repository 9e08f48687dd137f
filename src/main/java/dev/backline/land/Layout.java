package dev.backline.land;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Where the records of an answer stand, as a route says it in two lines.
 *
 * @param kind what the source calls a record ({@code event})
 * @param records path of the array that holds them ({@code _embedded.events}); empty: the answer
 *     itself is the array
 * @param whole the answer itself is one record
 * @param id the fields whose values, joined by {@code |}, are a record's id
 * @param embedded records inside a record that have ids of their own, by kind and path within it
 * @param volatileFields names of fields whose changes do not make a record new
 */
public record Layout(
    String kind,
    List<String> records,
    boolean whole,
    List<String> id,
    List<Embedded> embedded,
    Set<String> volatileFields) {

  private static final List<String> ID = List.of("id");

  /** A record inside a record, or an array of them. */
  public record Embedded(String kind, List<String> path, List<String> id) {}

  /**
   * @param records a path, or {@code .} for the answer itself; {@code path:field|field} names the
   *     fields of the id, without that it is {@code id}
   * @param embedded {@code kind=path} pairs, comma separated, with the fields of the id likewise;
   *     may be empty
   * @param volatileFields names, comma separated; may be empty
   */
  public static Layout parse(String kind, String records, String embedded, String volatileFields) {
    String[] own = pathAndId(records == null ? "" : records.trim());
    boolean whole = own[0].equals(".");
    return new Layout(
        kind,
        whole ? List.of() : path(own[0]),
        whole,
        fields(own[1]),
        list(embedded).stream().map(Layout::inner).toList(),
        Set.copyOf(list(volatileFields)));
  }

  /** The layouts of a source whose answers hold their records in one of several places. */
  public static List<Layout> parseAll(
      String kind, String places, String embedded, String volatileFields) {
    List<Layout> all = new ArrayList<>();
    for (String records : places == null || places.isBlank() ? List.of("") : list(places)) {
      all.add(parse(kind, records, embedded, volatileFields));
    }
    return all;
  }

  /** The same for one record that stands alone. */
  Layout ofOne() {
    return new Layout(kind, List.of(), true, id, embedded, volatileFields);
  }

  private static Embedded inner(String text) {
    String[] pair = text.split("=", 2);
    if (pair.length < 2) {
      throw new IllegalArgumentException(
          "embedded records are written kind=path, not '" + pair[0] + "'");
    }
    String[] own = pathAndId(pair[1].trim());
    return new Embedded(pair[0].trim(), path(own[0]), fields(own[1]));
  }

  private static String[] pathAndId(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? new String[] {text, ""}
        : new String[] {text.substring(0, colon), text.substring(colon + 1)};
  }

  private static List<String> fields(String text) {
    return text.isBlank() ? ID : List.of(text.trim().split("\\|"));
  }

  private static List<String> list(String text) {
    return text == null || text.isBlank()
        ? List.of()
        : Arrays.stream(text.split(",")).map(String::trim).filter(s -> !s.isEmpty()).toList();
  }

  private static List<String> path(String text) {
    return text.isBlank() ? List.of() : List.of(text.trim().split("\\."));
  }
}
