package dev.backline.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Which source's value a field takes where several tell it: {@code routes/rules/survivorship.yaml}.
 * The order of the field counts, then the kind's, then the general one; a source that none of them
 * names comes last, by name. A value a person has set wins over all.
 */
public final class Survivorship {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A field's value and where it comes from.
   *
   * @param record key of the record; null: a person has set it
   */
  public record Value(JsonNode value, String record) {}

  /** General order, and by {@code kind} and {@code kind.field}. */
  private final Map<String, List<String>> orders = new LinkedHashMap<>();

  private Survivorship() {}

  /**
   * @param tree the file's content: a mapping of lists of sources
   * @throws IllegalArgumentException in one line when it is none
   */
  public static Survivorship of(Object tree) {
    Survivorship rules = new Survivorship();
    if (!(tree instanceof Map<?, ?> kinds)) {
      throw new IllegalArgumentException("this must be a mapping of kinds");
    }
    kinds.forEach((kind, fields) -> rules.read(String.valueOf(kind), fields));
    return rules;
  }

  private void read(String name, Object value) {
    if (value instanceof List<?> sources) {
      orders.put(name, sources.stream().map(String::valueOf).toList());
    } else if (value instanceof Map<?, ?> fields) {
      fields.forEach((field, sources) -> read(name + "." + field, sources));
    } else {
      throw new IllegalArgumentException(name + " must be a list of sources");
    }
  }

  /**
   * The fields of an entity.
   *
   * @param members its records, in the order of their keys
   * @param overrides values that a person has set, by field
   */
  Map<String, Value> values(String kind, List<Translated> members, JsonNode overrides) {
    Set<String> fields = new LinkedHashSet<>();
    members.forEach(t -> t.entity().fieldNames().forEachRemaining(fields::add));
    Map<String, Value> values = new LinkedHashMap<>();
    for (String field : fields) {
      for (Translated t : ordered(kind, field, members)) {
        JsonNode value = t.entity().get(field);
        if (!empty(value)) {
          values.put(field, new Value(value, t.key()));
          break;
        }
      }
      values.putIfAbsent(field, new Value(JSON.nullNode(), null));
    }
    if (members.size() > 1) {
      together(kind, members, values);
    }
    if (overrides != null) {
      overrides
          .properties()
          .forEach(entry -> values.put(entry.getKey(), new Value(entry.getValue(), null)));
    }
    return values;
  }

  /** Values that mean something only together come from one record. */
  private void together(String kind, List<Translated> members, Map<String, Value> values) {
    take(members, values, "latitude", List.of("longitude", "city_coordinates"));
    take(members, values, "price_min", List.of("price_max", "currency"));
    Value date = values.get("local_date");
    if (date != null && date.record() != null) {
      List<Translated> sameDay =
          members.stream().filter(t -> date.value().equals(t.entity().get("local_date"))).toList();
      Translated timed =
          ordered(kind, "local_time", sameDay).stream()
              .filter(t -> !empty(t.entity().get("local_time")))
              .findFirst()
              .orElse(null);
      String record = timed == null ? date.record() : timed.key();
      values.put("local_time", new Value(field(members, record, "local_time"), record));
      values.put("starts_at", new Value(field(members, record, "starts_at"), record));
    }
  }

  private static void take(
      List<Translated> members, Map<String, Value> values, String lead, List<String> others) {
    Value first = values.get(lead);
    if (first != null && first.record() != null) {
      others.forEach(
          f -> values.put(f, new Value(field(members, first.record(), f), first.record())));
    }
  }

  private static JsonNode field(List<Translated> members, String record, String field) {
    return members.stream()
        .filter(t -> t.key().equals(record))
        .map(t -> t.entity().get(field))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(JSON.nullNode());
  }

  /** The values alone. */
  ObjectNode row(String kind, List<Translated> members, JsonNode overrides) {
    ObjectNode row = JSON.createObjectNode();
    values(kind, members, overrides)
        .forEach((field, value) -> row.set(field, whole(value.value())));
    return row;
  }

  /** 60.0 is a whole number to JSON, but no integer to a database. */
  private static JsonNode whole(JsonNode value) {
    boolean integral =
        value.isFloatingPointNumber() && value.doubleValue() == Math.rint(value.doubleValue());
    return integral ? JSON.getNodeFactory().numberNode(value.longValue()) : value;
  }

  static boolean empty(JsonNode value) {
    return value == null || value.isNull() || value.isArray() && value.isEmpty();
  }

  /** Records in the order in which they are asked for a field. */
  List<Translated> ordered(String kind, String field, List<Translated> members) {
    if (members.size() < 2) {
      return members;
    }
    List<String> order =
        orders.getOrDefault(
            kind + "." + field, orders.getOrDefault(kind, orders.getOrDefault("any", List.of())));
    List<Translated> ordered = new ArrayList<>(members);
    ordered.sort(
        Comparator.<Translated>comparingInt(t -> rank(order, t.record().source()))
            .thenComparing(Translated::key));
    return ordered;
  }

  private static int rank(List<String> order, String source) {
    int rank = order.indexOf(source);
    return rank < 0 ? order.size() : rank;
  }
}
