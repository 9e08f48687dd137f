package dev.backline.apply;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/**
 * Which record each field's value of an entity comes from: what {@link Survivorship} decides, told.
 */
public final class Origins {
  /**
   * What a source says of a field.
   *
   * @param source null: a person has set it
   */
  public record Said(String source, String id, JsonNode value) {}

  /**
   * A field, its value with where it comes from, and what other records say instead.
   *
   * @param chosen what counts
   */
  public record Field(String name, Said chosen, List<Said> others) {}

  private final Supplier<Survivorship> survivorship;

  /**
   * @param survivorship the rules in force
   */
  public Origins(Supplier<Survivorship> survivorship) {
    this.survivorship = survivorship;
  }

  /**
   * The fields that have a value, or one that a record tells.
   *
   * @param offers keys of records that are listings sold beside a show, which tell nothing of it
   * @param overrides values that a person has set, by field; null where none
   * @param redirects rows of {@code mbid-redirects.sql}
   */
  public List<Field> of(
      List<Translated> records,
      @ExchangeProperty("entityKind") String kind,
      @ExchangeProperty("offers") Set<String> offers,
      @ExchangeProperty("overrides") JsonNode overrides,
      @Header("redirects") List<Map<String, Object>> redirects) {
    List<Translated> members =
        records.stream()
            .filter(Translated::isApplied)
            .map(new MbidRedirects(redirects)::follow)
            .filter(t -> !offers.contains(t.key()))
            .sorted(Comparator.comparing(Translated::key))
            .toList();
    List<Field> fields = new ArrayList<>();
    for (Map.Entry<String, Survivorship.Value> entry :
        survivorship.get().values(kind, members, overrides).entrySet()) {
      String name = entry.getKey();
      Survivorship.Value value = entry.getValue();
      List<Said> others =
          members.stream()
              .filter(t -> !t.key().equals(value.record()))
              .filter(t -> differs(t.entity().get(name), value.value()))
              .map(t -> new Said(t.record().source(), t.record().id(), t.entity().get(name)))
              .toList();
      if (!Survivorship.empty(value.value()) || !others.isEmpty()) {
        fields.add(new Field(name, said(value), others));
      }
    }
    return fields;
  }

  private static boolean differs(JsonNode told, JsonNode value) {
    return !Survivorship.empty(told) && !told.equals(value);
  }

  private static Said said(Survivorship.Value value) {
    if (value.record() == null) {
      return new Said(null, null, value.value());
    }
    String[] parts = value.record().split(" ", 2);
    return new Said(parts[0], parts[1], value.value());
  }
}
