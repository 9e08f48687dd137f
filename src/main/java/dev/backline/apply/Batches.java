package dev.backline.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.backline.Settings;
import dev.backline.identity.Group;
import dev.backline.identity.Member;
import dev.backline.land.SourceRecord;
import dev.backline.land.Zstd;
import dev.backline.songs.SongRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/**
 * What applying a batch decides in Java, step by step as {@code routes/flow/apply.camel.yaml} calls
 * it. Each method answers the parameters of the SQL statement that follows it.
 */
public final class Batches {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Kinds whose rows a trial compares. */
  private static final List<String> ENTITIES = List.of("artist", "venue", "show");

  private final Settings settings;
  private final Strata strata;
  private final Rows rows;

  /**
   * @param survivorship the rules in force, which may be replaced while batches are applied
   */
  public Batches(
      Settings settings,
      Strata strata,
      Supplier<Survivorship> survivorship,
      ShowRows showRows,
      SongRows songRows) {
    this.settings = settings;
    this.strata = strata;
    this.rows = new Rows(settings, strata, survivorship, showRows, songRows);
  }

  /** Reads of translated records what identity will need, while no other batch waits for it. */
  public void prepare(List<Translated> records) {
    for (Translated t : records) {
      Stratum stratum = t.isApplied() ? strata.of(t.entityKind()) : null;
      if (stratum != null) {
        stratum.prepare(t);
      }
    }
  }

  /** Parameters of {@code claim-records.sql}. */
  public Map<String, Object> keys(List<Translated> records) {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("sources", records.stream().map(t -> t.record().source()).toArray(String[]::new));
    keys.put("kinds", records.stream().map(t -> t.record().kind()).toArray(String[]::new));
    keys.put("ids", records.stream().map(t -> t.record().id()).toArray(String[]::new));
    keys.put(
        "fingerprints", records.stream().map(t -> t.record().fingerprint()).toArray(byte[][]::new));
    return keys;
  }

  /** Cuts the batch to what was claimed; parameters of {@code known-links.sql}. */
  public Map<String, Object> begin(
      @ExchangeProperty("records") List<Translated> records,
      @Header("claimed") List<Map<String, Object>> claimed,
      @Header("redirects") List<Map<String, Object>> redirects,
      Exchange exchange) {
    List<Translated> mine =
        claimed.stream().map(row -> records.get(((Number) row.get("i")).intValue() - 1)).toList();
    String run = claimed.isEmpty() ? null : (String) claimed.get(claimed.size() - 1).get("run");
    Batch batch =
        new Batch(records.get(0).record().source(), mine, run, new MbidRedirects(redirects));
    exchange.setProperty("batch", batch);
    Set<String> seen = new HashSet<>();
    Links links = new Links(batch);
    for (Translated t : batch.claimed) {
      if (t.isApplied()
          && t.entityKind().equals("artist") // Only artists may be known and still be none of ours.
          && seen.add("artist " + t.record().id())) {
        links.entity("artist", Member.key(batch.source, t.record().id()));
      }
    }
    for (String kind : List.of("venue", "artist")) {
      Set<String> named = new TreeSet<>(batch.named(kind));
      if (kind.equals("artist")) {
        named.addAll(batch.recorded());
      }
      for (String id : named) {
        if (seen.add(kind + ' ' + id)) {
          links.entity(kind, Member.key(batch.source, id));
        }
      }
    }
    return links.parameters();
  }

  /**
   * Notes the entities known already; parameters of {@code companion-records.sql} for the parents
   * that the batch names, does not hold, and that were never applied.
   */
  public Map<String, Object> parents(
      @ExchangeProperty("batch") Batch batch, @Header("links") List<Map<String, Object>> links) {
    Links.note(batch, links);
    List<String[]> missing = new ArrayList<>();
    for (String kind : List.of("venue", "artist")) {
      String recordKind = settings.find(batch.source + "." + kind + "-records").orElse("");
      for (String id : batch.named(kind)) {
        if (batch.entity(kind, batch.source, id) == null
            && batch.held(kind, Member.key(batch.source, id)) == null) {
          missing.add(new String[] {batch.source, recordKind, id});
        }
      }
    }
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("sources", Rows.column(missing, 0));
    parameters.put("kinds", Rows.column(missing, 1));
    parameters.put("ids", Rows.column(missing, 2));
    return parameters;
  }

  /** Adds the artists whose songs have to be worked out because of what was played. */
  public Map<String, Object> played(
      @Body Map<String, Object> rows, @Header("played") List<Map<String, Object>> played) {
    Set<String> artists = new TreeSet<>(Arrays.asList((String[]) rows.get("artist_ids")));
    played.forEach(row -> artists.add((String) row.get("artist_id")));
    rows.put("artist_ids", artists.toArray(String[]::new));
    return rows;
  }

  /** Whether a statement has anything to do: its named array is not empty. */
  public boolean any(Map<String, Object> parameters, String name) {
    Object value = parameters.get(name);
    return value instanceof Object[] array ? array.length > 0 : !"[]".equals(value);
  }

  /** Stored rows as records again. */
  public List<SourceRecord> stored(List<Map<String, Object>> found) throws IOException {
    List<SourceRecord> records = new ArrayList<>(found.size());
    for (Map<String, Object> row : found) {
      records.add(
          new SourceRecord(
              (String) row.get("source"),
              (String) row.get("kind"),
              (String) row.get("id"),
              (byte[]) row.get("fingerprint"),
              Zstd.decompress((byte[]) row.get("raw"))));
    }
    return records;
  }

  /** Holds translated companions; a rejected one is no help and stays out. */
  public void join(List<Translated> translated, @ExchangeProperty("batch") Batch batch) {
    for (Translated t : translated) {
      batch.hold(t);
      if (t.state().equals(Translated.SKIPPED)) {
        batch.unwanted.add(
            t.record().kind() + ' ' + Member.key(t.record().source(), t.record().id()));
      }
    }
  }

  /** Holds translated parents: these have never been applied and are applied with the batch. */
  public void adopt(List<Translated> translated, @ExchangeProperty("batch") Batch batch) {
    translated.stream().filter(batch::hold).forEach(batch.parents::add);
  }

  /**
   * Parameters of {@code overrides.sql}: the entities that the batch writes, each with itself and
   * with those it takes in.
   */
  public Map<String, Object> written(@ExchangeProperty("batch") Batch batch) {
    Set<List<String>> written = new LinkedHashSet<>();
    batch.groups.forEach(
        (kind, groups) -> {
          Map<String, String> former = batch.former.getOrDefault(kind, Map.of());
          for (Group group : groups) {
            written.add(List.of(kind, group.entity(), group.entity()));
            for (Member member : group.members()) {
              String was = former.get(member.key());
              if (was != null && !batch.isLiving(kind, was)) {
                written.add(List.of(kind, group.entity(), was));
              }
            }
          }
        });
    List<String[]> rows = written.stream().map(row -> row.toArray(String[]::new)).toList();
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("entity_kinds", Rows.column(rows, 0));
    parameters.put("entities", Rows.column(rows, 1));
    parameters.put("set_for", Rows.column(rows, 2));
    return parameters;
  }

  /** Parameters of all the statements that write the batch. */
  public Map<String, Object> rows(
      @ExchangeProperty("batch") Batch batch,
      @Header("overrides") List<Map<String, Object>> overrides)
      throws JsonProcessingException {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    for (Map<String, Object> row : overrides == null ? List.<Map<String, Object>>of() : overrides) {
      values.put(
          row.get("entity_kind") + " " + row.get("entity_id"),
          JSON.readTree((String) row.get("fields")));
    }
    return rows.of(batch, values);
  }

  /** How many records had a value in each field: parameters of {@code count-fields.sql}. */
  public Map<String, Object> shares(@ExchangeProperty("batch") Batch batch) {
    Map<List<String>, Long> counts = new LinkedHashMap<>();
    for (Translated t : batch.claimed) {
      if (t.isApplied()) {
        String kind = t.record().kind();
        counts.merge(List.of(batch.source, kind, "*"), 1L, Long::sum);
        t.entity()
            .properties()
            .forEach(
                field -> {
                  JsonNode value = field.getValue();
                  if (!value.isNull() && !(value.isContainerNode() && value.isEmpty())) {
                    counts.merge(List.of(batch.source, kind, field.getKey()), 1L, Long::sum);
                  }
                });
      }
    }
    List<String[]> rows = counts.keySet().stream().map(k -> k.toArray(String[]::new)).toList();
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("share_sources", Rows.column(rows, 0));
    parameters.put("share_kinds", Rows.column(rows, 1));
    parameters.put("share_fields", Rows.column(rows, 2));
    parameters.put("share_records", counts.values().toArray(Long[]::new));
    return parameters;
  }

  /**
   * The entities that a batch writes, as {@code catalogue-rows.sql} takes them; {@code moved} are
   * artists that took in records of others.
   */
  public Map<String, Object> touched(@ExchangeProperty("batch") Batch batch) {
    Map<String, Object> touched = new LinkedHashMap<>();
    for (String kind : ENTITIES) {
      Set<String> entities = new TreeSet<>(batch.former.getOrDefault(kind, Map.of()).values());
      batch.groups.getOrDefault(kind, List.of()).forEach(group -> entities.add(group.entity()));
      touched.put(kind + "s", entities.toArray(String[]::new));
    }
    Set<String> moved = new TreeSet<>();
    for (String record : batch.moved("artist")) {
      String[] parts = record.split(" ", 2);
      moved.add(batch.entity("artist", parts[0], parts[1]));
    }
    touched.put("moved", moved.toArray(String[]::new));
    touched.put(
        "recordKinds",
        settings.sources().stream()
            .flatMap(source -> ENTITIES.stream().map(kind -> source + "." + kind + "-records"))
            .flatMap(setting -> settings.find(setting).stream())
            .flatMap(kinds -> Arrays.stream(kinds.split("\\s*,\\s*")))
            .distinct()
            .toArray(String[]::new));
    return touched;
  }

  /** Two halves of a batch that failed, to find the record that made it fail. */
  public List<List<Translated>> halves(List<Translated> records) {
    int middle = records.size() / 2;
    return List.of(
        new ArrayList<>(records.subList(0, middle)),
        new ArrayList<>(records.subList(middle, records.size())));
  }
}
