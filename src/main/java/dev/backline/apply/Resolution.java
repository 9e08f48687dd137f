package dev.backline.apply;

import dev.backline.Settings;
import dev.backline.identity.Group;
import dev.backline.identity.Member;
import dev.backline.identity.Pair;
import dev.backline.identity.Partition;
import dev.backline.identity.Verdict;
import dev.backline.land.SourceRecord;
import java.sql.Array;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/**
 * Which records are one entity, step by step as {@code routes/flow/resolve.camel.yaml} calls it,
 * one kind after the other. Each method answers the parameters of the statement that follows it.
 *
 * <p>The records of a batch look for others by their keys; pairs whose score reaches the review
 * threshold connect them, and the found look further, until nothing new is found: that is the
 * component. It is partitioned from scratch, so that the result depends on the records alone.
 */
public final class Resolution {
  /** A key that more records have says nothing about any of them. */
  private static final int MOST_FOUND = 50;

  private final Settings settings;
  private final Strata strata;
  private final Ids ids;

  public Resolution(Settings settings, Strata strata, Clock clock) {
    this.settings = settings;
    this.strata = strata;
    this.ids = new Ids(clock);
  }

  /** Opens the component of a kind; parameters of the first round, see {@link #look}. */
  public Map<String, Object> begin(
      @ExchangeProperty("batch") Batch batch,
      @ExchangeProperty("entityKind") String kind,
      Exchange exchange) {
    Component component = new Component(strata.of(kind));
    exchange.setProperty("component", component);
    for (Translated t : batch.held(kind)) {
      if (component.stratum.wanted(t, batch)) {
        component.brought.add(t.key());
        component.starts.add(t);
        for (String key : component.stratum.keys(t, batch)) {
          component.broughtByKey.computeIfAbsent(key, k -> new LinkedHashSet<>()).add(t.key());
        }
      }
    }
    return starts(component);
  }

  private static Map<String, Object> starts(Component component) {
    return keys(component.starts.stream().map(Translated::record).toList());
  }

  private static Map<String, Object> keys(Collection<SourceRecord> records) {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("sources", records.stream().map(SourceRecord::source).toArray(String[]::new));
    keys.put("kinds", records.stream().map(SourceRecord::kind).toArray(String[]::new));
    keys.put("ids", records.stream().map(SourceRecord::id).toArray(String[]::new));
    return keys;
  }

  /** Parameters of {@code known-links.sql} for what the shows of this round name. */
  public Map<String, Object> parents(
      @ExchangeProperty("batch") Batch batch, @ExchangeProperty("component") Component component) {
    Links links = new Links(batch);
    component.starts.forEach(links::unknown);
    return links.parameters();
  }

  /**
   * Parameters of {@code entity-records.sql}: the venues and artists of this round's shows whose
   * other records are not known yet.
   */
  public Map<String, Object> relatives(
      @ExchangeProperty("batch") Batch batch,
      @ExchangeProperty("component") Component component,
      @Header("links") List<Map<String, Object>> links) {
    Links.note(batch, links);
    Set<String> asked = new TreeSet<>();
    List<String> kinds = new ArrayList<>();
    List<String> entities = new ArrayList<>();
    for (Translated show : component.starts) {
      for (String kind : Links.NAMED) {
        for (String record : Batch.namedRecords(show, kind)) {
          String entity = batch.entity(kind, record);
          if (entity != null && batch.records(kind, entity) == null && asked.add(entity)) {
            kinds.add(kind);
            entities.add(entity);
          }
        }
      }
    }
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("entity_kinds", kinds.toArray(String[]::new));
    parameters.put("entities", entities.toArray(String[]::new));
    return parameters;
  }

  /**
   * Parameters of {@code identity-component.sql}: the records of this round, their trusted ids, and
   * the keys that they look up.
   */
  public Map<String, Object> look(
      @ExchangeProperty("batch") Batch batch,
      @ExchangeProperty("component") Component component,
      @Header("relatives") List<Map<String, Object>> relatives) {
    for (Map<String, Object> row : relatives == null ? List.<Map<String, Object>>of() : relatives) {
      String entity = (String) row.get("entity_id");
      batch.counts(
          (String) row.get("entity_kind"),
          entity,
          Member.key((String) row.get("source"), (String) row.get("source_id")));
    }
    Set<String> trusted = new TreeSet<>();
    Set<Stratum.Lookup> lookups = new LinkedHashSet<>();
    for (Translated t : component.starts) {
      component.started.add(t.key());
      trusted.addAll(component.stratum.trustedIds(t));
      for (Stratum.Lookup lookup : component.stratum.lookups(t, batch)) {
        lookups.add(lookup);
        component.seekers.computeIfAbsent(lookup.key(), k -> new LinkedHashSet<>()).add(t.key());
        for (String record : component.broughtByKey.getOrDefault(lookup.key(), Set.of())) {
          if (lookup.admits(batch.held(component.stratum.kind(), record).record().source())) {
            component.met.computeIfAbsent(lookup.key(), k -> new LinkedHashSet<>()).add(record);
          }
        }
      }
    }
    Map<String, Object> parameters = starts(component);
    parameters.put("trusted", trusted.toArray(String[]::new));
    parameters.put("trusting", component.stratum.trusts());
    parameters.put("keys", lookups.stream().map(Stratum.Lookup::key).toArray(String[]::new));
    parameters.put("in", lookups.stream().map(Stratum.Lookup::source).toArray(String[]::new));
    parameters.put("except", lookups.stream().map(Stratum.Lookup::except).toArray(String[]::new));
    component.starts.clear();
    return parameters;
  }

  /** Parameters of {@code companion-records.sql} for what was found and is not held. */
  public Map<String, Object> found(
      @ExchangeProperty("batch") Batch batch,
      @ExchangeProperty("component") Component component,
      @Header("neighbours") List<Map<String, Object>> neighbours)
      throws SQLException {
    Map<String, Set<String>> byKey = new LinkedHashMap<>(component.met);
    component.met.clear();
    component.found.clear();
    component.close.clear();
    for (Map<String, Object> row : neighbours) {
      String source = (String) row.get("source");
      String id = (String) row.get("source_id");
      String record = Member.key(source, id);
      Set<String> trusted = Set.of((String[]) ((Array) row.get("trusted")).getArray());
      component.members.putIfAbsent(
          record, new Member(source, id, trusted, (String) row.get("entity_id")));
      if (row.get("key") == null) {
        component.close.add(record);
      } else {
        byKey.computeIfAbsent((String) row.get("key"), k -> new LinkedHashSet<>()).add(record);
      }
    }
    byKey.values().removeIf(records -> records.size() > MOST_FOUND);
    byKey.forEach(
        (key, records) ->
            records.forEach(
                record -> component.found.computeIfAbsent(record, r -> new TreeSet<>()).add(key)));
    Set<String> needed = new TreeSet<>(component.found.keySet());
    needed.addAll(component.close);
    return missing(batch, component.stratum.kind(), component.members, needed);
  }

  private Map<String, Object> missing(
      Batch batch, String kind, Map<String, Member> members, Collection<String> records) {
    List<String[]> missing = new ArrayList<>();
    for (String record : records) {
      Member member = members.get(record);
      if (batch.held(kind, record) == null) {
        missing.add(new String[] {member.source(), recordKind(member, kind), member.id()});
      }
    }
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("sources", missing.stream().map(m -> m[0]).toArray(String[]::new));
    parameters.put("kinds", missing.stream().map(m -> m[1]).toArray(String[]::new));
    parameters.put("ids", missing.stream().map(m -> m[2]).toArray(String[]::new));
    return parameters;
  }

  private String recordKind(Member member, String kind) {
    return settings.find(member.source() + "." + kind + "-records").orElse("");
  }

  /**
   * Parameters of {@code known-links.sql} for what the shows that were found name, and for what the
   * records tell that they and who found them name.
   */
  public Map<String, Object> strangers(
      @ExchangeProperty("batch") Batch batch, @ExchangeProperty("component") Component component) {
    Links links = new Links(batch);
    met(batch, component).forEach(links::unknown);
    if (component.stratum.kind().equals("show")) {
      Set<String> weighed = new LinkedHashSet<>();
      component.found.forEach(
          (record, keys) ->
              keys.forEach(key -> elsewhere(record, component.seekers.get(key), weighed)));
      weighed.stream()
          .map(record -> batch.held("show", record))
          .filter(Objects::nonNull)
          .forEach(links::untold);
    }
    return links.parameters();
  }

  /** Notes those who found a record of another source, and that record. */
  private static void elsewhere(String record, Set<String> seekers, Set<String> into) {
    String source = record.substring(0, record.indexOf(' ') + 1);
    for (String seeker : seekers) {
      if (!seeker.startsWith(source)) {
        into.add(seeker);
        into.add(record);
      }
    }
  }

  private static List<Translated> met(Batch batch, Component component) {
    String kind = component.stratum.kind();
    Set<String> records = new LinkedHashSet<>(component.found.keySet());
    records.addAll(component.close);
    return records.stream()
        .map(record -> batch.held(kind, record))
        .filter(Objects::nonNull)
        .toList();
  }

  /** Parameters of {@code artist-shows.sql}: artists that were found, and who found them. */
  public Map<String, Object> acquaintances(
      @ExchangeProperty("batch") Batch batch,
      @ExchangeProperty("component") Component component,
      @Header("links") List<Map<String, Object>> links) {
    Links.note(batch, links);
    Set<String> records = new TreeSet<>();
    if (component.stratum.kind().equals("artist")) {
      component.found.forEach(
          (record, keys) -> {
            records.add(record);
            keys.forEach(key -> records.addAll(component.seekers.get(key)));
          });
      records.removeIf(record -> batch.shows(record) != null);
    }
    List<Translated> artists =
        records.stream()
            .map(record -> batch.held("artist", record))
            .filter(Objects::nonNull)
            .toList();
    for (Translated artist : artists) {
      batch.plays(artist.key(), null);
      batch.forget(artist);
    }
    return keys(artists.stream().map(Translated::record).toList());
  }

  /** Weighs who found each other; the next round starts from those that are connected now. */
  public Map<String, Object> connect(
      @ExchangeProperty("batch") Batch batch,
      @ExchangeProperty("component") Component component,
      @Header("played") List<Map<String, Object>> played) {
    for (Map<String, Object> row : played == null ? List.<Map<String, Object>>of() : played) {
      String artist = Member.key((String) row.get("source"), (String) row.get("source_id"));
      batch.plays(artist, (String) row.get("show"));
    }
    Stratum stratum = component.stratum;
    Set<String> next = new LinkedHashSet<>(component.close);
    component.found.forEach(
        (record, keys) -> {
          Translated other = batch.held(stratum.kind(), record);
          for (String key : other == null ? Set.<String>of() : keys) {
            for (String seeker : component.seekers.get(key)) {
              Pair pair = weigh(batch, component, seeker, other);
              if (pair != null && pair.score() >= stratum.thresholds().review()) {
                next.add(record);
              }
            }
          }
        });
    component.connected.addAll(next);
    for (String record : next) {
      Translated t = batch.held(stratum.kind(), record);
      if (t != null && !component.started.contains(record)) {
        component.starts.add(t);
      }
    }
    return starts(component);
  }

  private static Pair weigh(Batch batch, Component component, String seeker, Translated other) {
    if (seeker.equals(other.key())) {
      return null;
    }
    boolean first = seeker.compareTo(other.key()) < 0;
    String name = first ? seeker + '\n' + other.key() : other.key() + '\n' + seeker;
    if (!component.pairs.containsKey(name)) {
      Translated held = batch.held(component.stratum.kind(), seeker);
      component.pairs.put(
          name,
          first
              ? component.stratum.weigh(held, other, batch)
              : component.stratum.weigh(other, held, batch));
    }
    return component.pairs.get(name);
  }

  /** Parameters of {@code verdicts.sql}: all records of the component. */
  public Map<String, Object> members(@ExchangeProperty("component") Component component) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put(
        "sources", component.members.values().stream().map(Member::source).toArray(String[]::new));
    parameters.put(
        "ids", component.members.values().stream().map(Member::id).toArray(String[]::new));
    return parameters;
  }

  /**
   * Divides the component; parameters of {@code companion-records.sql} for the members of changed
   * groups that the batch does not hold.
   */
  public Map<String, Object> divide(
      @ExchangeProperty("batch") Batch batch,
      @ExchangeProperty("component") Component component,
      @Header("verdicts") List<Map<String, Object>> verdicts) {
    Stratum stratum = component.stratum;
    Map<String, String> former = new LinkedHashMap<>();
    List<Member> members = new ArrayList<>();
    Set<String> silent = new HashSet<>();
    for (Member member : component.members.values()) {
      String key = member.key();
      if (member.entity() != null && component.isOf(key)) {
        former.put(key, member.entity());
      }
      Translated held = batch.held(stratum.kind(), key);
      if (component.brought.contains(key)) {
        members.add(
            new Member(
                member.source(),
                member.id(),
                stratum.trustedIds(held),
                member.entity(),
                stratum.part(held)));
      } else if (member.entity() != null && component.isOf(key)) {
        String part = held == null ? "" : stratum.part(held);
        if (held == null
            && !batch.unwanted.contains(recordKind(member, stratum.kind()) + ' ' + key)) {
          silent.add(key);
        }
        members.add(
            new Member(member.source(), member.id(), member.trustedIds(), member.entity(), part));
      }
    }
    List<Pair> pairs = component.pairs.values().stream().filter(Objects::nonNull).toList();
    Partition.Result result =
        Partition.of(members, silent, pairs, verdicts(verdicts), stratum.thresholds());
    batch.former.put(stratum.kind(), former);
    Set<String> touched = new HashSet<>();
    component.brought.forEach(key -> touched.add(String.valueOf(former.get(key))));
    for (Group group : result.groups()) {
      for (Member member : group.members()) {
        if (member.entity() != null && !member.entity().equals(group.entity())) {
          touched.add(member.entity()); // It has lost this one.
        }
      }
    }
    List<Group> groups = new ArrayList<>();
    for (Group group : result.groups()) {
      batch.lives(stratum.kind(), group.entity());
      if (concerns(group, component, touched)) {
        Group settled = group.entity() == null ? group.as(ids.next()) : group;
        groups.add(settled);
        for (Member member : settled.members()) {
          batch.belongs(stratum.kind(), member.key(), settled.entity());
          batch.counts(stratum.kind(), settled.entity(), member.key());
        }
      }
    }
    batch.groups.put(stratum.kind(), groups);
    batch.resolved(stratum.kind(), component, result.review());
    List<String> all = groups.stream().flatMap(g -> g.members().stream()).map(Member::key).toList();
    return missing(batch, stratum.kind(), component.members, all);
  }

  private static List<Verdict> verdicts(List<Map<String, Object>> rows) {
    List<Verdict> verdicts = new ArrayList<>();
    for (Map<String, Object> row : rows == null ? List.<Map<String, Object>>of() : rows) {
      String left = Member.key((String) row.get("left_source"), (String) row.get("left_id"));
      String right = Member.key((String) row.get("right_source"), (String) row.get("right_id"));
      Object keeps = row.get("keeps");
      verdicts.add(
          new Verdict(
              left,
              right,
              (Boolean) row.get("same"),
              keeps == null ? null : keeps.equals("left") ? left : right));
    }
    return verdicts;
  }

  /** Whether a group has to be written: one of its records changed, came, or left. */
  private static boolean concerns(Group group, Component component, Set<String> touched) {
    return touched.contains(group.entity())
        || group.members().stream()
            .anyMatch(
                m ->
                    component.brought.contains(m.key())
                        || !Objects.equals(m.entity(), group.entity()));
  }
}
