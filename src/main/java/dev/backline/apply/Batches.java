package dev.backline.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.backline.Settings;
import dev.backline.identity.Group;
import dev.backline.identity.Member;
import dev.backline.identity.Partition;
import dev.backline.land.SourceRecord;
import dev.backline.land.Zstd;
import java.io.IOException;
import java.sql.Array;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/**
 * What applying a batch decides in Java, step by step as {@code routes/flow/apply.camel.yaml} calls
 * it. Each method answers the parameters of the SQL statement that follows it.
 */
public final class Batches {
  private final Settings settings;
  private final Rows rows;

  public Batches(Settings settings, Clock clock) {
    this.settings = settings;
    this.rows = new Rows(settings, clock);
  }

  /** Parameters of {@code claim-records.sql}. */
  public Map<String, Object> keys(List<Translated> records) {
    Map<String, Object> keys = new LinkedHashMap<>();
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
      Exchange exchange) {
    List<Translated> mine =
        claimed.stream().map(row -> records.get(((Number) row.get("i")).intValue() - 1)).toList();
    Batch batch = new Batch(exchange.getProperty("source", String.class), mine);
    exchange.setProperty("batch", batch);
    Set<String> wanted = new TreeSet<>();
    batch.claimed.stream()
        .filter(Translated::isApplied)
        .forEach(t -> wanted.add(Batch.key(t.entityKind(), t.record().id())));
    batch.named("venue").forEach(id -> wanted.add(Batch.key("venue", id)));
    batch.named("artist").forEach(id -> wanted.add(Batch.key("artist", id)));
    return links(wanted);
  }

  private static Map<String, Object> links(Set<String> wanted) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put(
        "entity_kinds",
        wanted.stream().map(key -> key.substring(0, key.indexOf(' '))).toArray(String[]::new));
    parameters.put(
        "source_ids",
        wanted.stream().map(key -> key.substring(key.indexOf(' ') + 1)).toArray(String[]::new));
    return parameters;
  }

  /**
   * Notes the entities known already; parameters of {@code companion-records.sql} for the parents
   * that the batch names, does not hold, and that were never applied.
   */
  public Map<String, Object> parents(
      @ExchangeProperty("batch") Batch batch, @Header("links") List<Map<String, Object>> links) {
    for (Map<String, Object> link : links) {
      batch.entities.put(
          Batch.key((String) link.get("entity_kind"), (String) link.get("source_id")),
          (String) link.get("entity_id"));
    }
    Set<String> held = new HashSet<>();
    batch.claimed.forEach(t -> held.add(Batch.key(t.record().kind(), t.record().id())));
    List<String[]> missing = new ArrayList<>();
    for (String entityKind : List.of("venue", "artist")) {
      String recordKind = settings.find(batch.source + "." + entityKind + "-records").orElse("");
      for (String id : batch.named(entityKind)) {
        if (!batch.entities.containsKey(Batch.key(entityKind, id))
            && !held.contains(Batch.key(recordKind, id))) {
          missing.add(new String[] {batch.source, recordKind, id});
        }
      }
    }
    return companions(missing);
  }

  private static Map<String, Object> companions(List<String[]> keys) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("sources", keys.stream().map(key -> key[0]).toArray(String[]::new));
    parameters.put("kinds", keys.stream().map(key -> key[1]).toArray(String[]::new));
    parameters.put("ids", keys.stream().map(key -> key[2]).toArray(String[]::new));
    return parameters;
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

  /** Adds translated companions; a rejected one is no help and stays out. */
  public void join(List<Translated> translated, @ExchangeProperty("batch") Batch batch) {
    translated.forEach(batch::join);
  }

  /** Parameters of {@code artist-component.sql}: the artists of the batch and their trusted ids. */
  public Map<String, Object> artists(@ExchangeProperty("batch") Batch batch) {
    List<Translated> artists = wantedArtists(batch);
    Set<String> keys = new TreeSet<>();
    artists.forEach(t -> keys.addAll(Rows.trustedIds(t.entity())));
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("artist_ids", artists.stream().map(t -> t.record().id()).toArray(String[]::new));
    parameters.put("artist_keys", keys.toArray(String[]::new));
    return parameters;
  }

  /**
   * Artists that belong in the catalogue: of music by their own word, named by a listing, or known.
   */
  private static List<Translated> wantedArtists(Batch batch) {
    Set<String> named = batch.named("artist");
    return batch.entitiesOf("artist").stream()
        .filter(
            t ->
                t.entity().path("music").asBoolean(false)
                    || named.contains(t.record().id())
                    || batch.entities.containsKey(Batch.key("artist", t.record().id()))
                    || !t.record().source().equals(batch.source))
        .toList();
  }

  /**
   * Divides the artists of the component; parameters of {@code companion-records.sql} for the
   * members of changed or shared groups that the batch does not hold.
   */
  public Map<String, Object> partition(
      @ExchangeProperty("batch") Batch batch,
      @Header("component") List<Map<String, Object>> component)
      throws SQLException {
    Map<String, Member> members = new LinkedHashMap<>();
    for (Map<String, Object> row : component == null ? List.<Map<String, Object>>of() : component) {
      String source = (String) row.get("source");
      String id = (String) row.get("source_id");
      String entity = (String) row.get("entity_id");
      Set<String> keys = Set.of((String[]) ((Array) row.get("keys")).getArray());
      members.put(source + ' ' + id, new Member(source, id, keys, entity));
      if (entity != null) {
        batch.formerArtists.put(source + ' ' + id, entity);
      }
    }
    Set<String> changed = new HashSet<>();
    for (Translated t : wantedArtists(batch)) {
      String key = t.record().source() + ' ' + t.record().id();
      Member before = members.get(key);
      String entity = before == null ? null : before.entity();
      changed.add(key);
      members.put(
          key,
          new Member(t.record().source(), t.record().id(), Rows.trustedIds(t.entity()), entity));
    }
    members
        .values()
        .removeIf(m -> m.entity() == null && !changed.contains(m.source() + ' ' + m.id()));
    Set<String> touched = new HashSet<>();
    changed.forEach(key -> touched.add(String.valueOf(members.get(key).entity())));
    batch.artists =
        Partition.of(List.copyOf(members.values())).stream()
            .filter(group -> concerns(group, changed, touched))
            .toList();
    List<String[]> missing = new ArrayList<>();
    for (Group group : batch.artists) {
      for (Member member : group.members()) {
        if (batch.artist(member.source(), member.id()) == null) {
          String kind = settings.find(member.source() + ".artist-records").orElse("");
          missing.add(new String[] {member.source(), kind, member.id()});
        }
      }
    }
    return companions(missing);
  }

  /** Whether a group has to be written: one of its records changed, came, or left. */
  private static boolean concerns(Group group, Set<String> changed, Set<String> touched) {
    return touched.contains(group.entity())
        || group.members().stream()
            .anyMatch(
                m ->
                    changed.contains(m.source() + ' ' + m.id())
                        || !java.util.Objects.equals(m.entity(), group.entity()));
  }

  /** Parameters of all the statements that write the batch. */
  public Map<String, Object> rows(@ExchangeProperty("batch") Batch batch)
      throws JsonProcessingException {
    return rows.of(batch, wantedArtists(batch));
  }

  /**
   * The entities that a batch writes, as {@code catalogue-rows.sql} takes them; {@code moved} are
   * artists that took in records of others.
   */
  public Map<String, Object> touched(@ExchangeProperty("batch") Batch batch) {
    Set<String> artists = new TreeSet<>(batch.formerArtists.values());
    Set<String> moved = new TreeSet<>();
    for (Group group : batch.artists) {
      for (Member member : group.members()) {
        String own = batch.entities.get(Batch.key("artist", member.id()));
        String entity = group.entity() == null ? own : group.entity();
        String former = batch.formerArtists.get(member.source() + ' ' + member.id());
        if (entity != null) {
          artists.add(entity);
          if (former != null && !former.equals(entity)) {
            moved.add(entity);
          }
        }
      }
    }
    Map<String, Object> touched = new LinkedHashMap<>();
    touched.put("artists", artists.toArray(String[]::new));
    touched.put("moved", moved.toArray(String[]::new));
    for (String kind : List.of("venue", "show")) {
      touched.put(
          kind + "s",
          batch.entitiesOf(kind).stream()
              .map(t -> batch.entities.get(Batch.key(kind, t.record().id())))
              .filter(java.util.Objects::nonNull)
              .toArray(String[]::new));
    }
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
