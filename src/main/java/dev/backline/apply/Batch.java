package dev.backline.apply;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backline.identity.Group;
import dev.backline.identity.Member;
import dev.backline.identity.Pair;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The records of one source that are applied in one transaction, and what is known about them. */
final class Batch {
  final String source;

  /** Claimed records: these change state. */
  final List<Translated> claimed;

  /** Records of this source that its shows name and that were never applied: they change too. */
  final List<Translated> parents = new ArrayList<>();

  /** Everything held by entity kind and record key: claimed, parents, and companions. */
  private final Map<String, Map<String, Translated>> held = new HashMap<>();

  /** Entity by kind and record key: as it was, then as it is once its kind is resolved. */
  private final Map<String, Map<String, String>> entities = new HashMap<>();

  /** Record keys of an entity by {@code kind entity}, for those that were asked for. */
  private final Map<String, Set<String>> records = new HashMap<>();

  /** Keys of artists' names and of venues' cities, by {@code kind record}. */
  private final Map<String, String> told = new HashMap<>();

  /** Where artist records play, as {@code day|venue entity}. */
  private final Map<String, Set<String>> shows = new HashMap<>();

  /** Companions that their mapping skips, as {@code kind record}: they say that they are none. */
  final Set<String> unwanted = new HashSet<>();

  private final Set<String> living = new HashSet<>();
  private final Map<String, Set<String>> named = new HashMap<>();
  private final Map<String, Map<String, Object>> facts = new HashMap<>();

  /** What has to be written, by entity kind, once it is resolved. */
  final Map<String, List<Group>> groups = new LinkedHashMap<>();

  /** Entities before this batch, by entity kind and record key. */
  final Map<String, Map<String, String>> former = new HashMap<>();

  /** Records that the batch brings, by entity kind: those it looked up others for. */
  private final Map<String, Set<String>> brought = new HashMap<>();

  /** Records whose pairs were weighed anew, by entity kind. */
  final Map<String, Set<String>> judged = new LinkedHashMap<>();

  /** Pairs of these that are two entities, by entity kind. */
  final Map<String, List<Open>> open = new LinkedHashMap<>();

  /**
   * @param review whether a person should look at it; else it is weighed again when more is known
   */
  record Open(Pair pair, boolean review) {}

  private final String run;
  private final MbidRedirects redirects;

  /**
   * @param run the run that fetched the last of them; null where none did
   */
  Batch(String source, List<Translated> claimed, String run, MbidRedirects redirects) {
    this.source = source;
    this.run = run;
    this.redirects = redirects;
    this.claimed = claimed.stream().map(redirects::follow).toList();
    this.claimed.forEach(this::hold);
  }

  String run() {
    return run;
  }

  /** A record that is needed beside the claimed ones; one that gave no entity is no help. */
  boolean hold(Translated translated) {
    if (!translated.isApplied()) {
      return false;
    }
    Translated t = redirects.follow(translated);
    if (t.entityKind().equals("show")) {
      named.clear();
    }
    held.computeIfAbsent(t.entityKind(), kind -> new LinkedHashMap<>()).putIfAbsent(t.key(), t);
    return true;
  }

  /** Where a record's entity is found: {@code kind source id}. */
  private static String key(String kind, String record) {
    return kind + ' ' + record;
  }

  /** The held record of a kind; null where the batch does not hold it. */
  Translated held(String kind, String record) {
    return held.getOrDefault(kind, Map.of()).get(record);
  }

  /** All held records of a kind. */
  Collection<Translated> held(String kind) {
    return held.getOrDefault(kind, Map.of()).values();
  }

  /** The entity of a record, null where it is not known. */
  String entity(String kind, String source, String id) {
    return entity(kind, Member.key(source, id));
  }

  String entity(String kind, String record) {
    return entities.getOrDefault(kind, Map.of()).get(record);
  }

  void belongs(String kind, String record, String entity) {
    entities.computeIfAbsent(kind, k -> new HashMap<>()).put(record, entity);
  }

  /** Notes that a record belongs to an entity, among others that {@link #records} answers. */
  void counts(String kind, String entity, String record) {
    records.computeIfAbsent(key(kind, entity), k -> new LinkedHashSet<>()).add(record);
  }

  /**
   * Notes what a record told when it was last applied: an artist's name, a venue's city, as key;
   * empty where it is asked for.
   */
  void tells(String kind, String record, String key) {
    told.put(key(kind, record), key);
  }

  /** Is what a record tells at hand, or has it been asked for? */
  boolean hasTold(String kind, String record) {
    return held(kind, record) != null || told.containsKey(key(kind, record));
  }

  /**
   * What a record calls its artist, by the held record or else as last applied; null or empty: not
   * known. A key of a name will do for the name. What the catalogue calls the artist depends on
   * others.
   */
  String artistName(String record) {
    Translated t = held("artist", record);
    return t == null ? told.get(key("artist", record)) : t.entity().path("name").asText(null);
  }

  /** In which city a record has its venue, or a key of that city; null or empty: not known. */
  String city(String record) {
    Translated t = held("venue", record);
    return t == null ? told.get(key("venue", record)) : t.entity().path("city").asText(null);
  }

  /** Record keys of an entity; null where they were not asked for. */
  Set<String> records(String kind, String entity) {
    return records.get(key(kind, entity));
  }

  /** Notes that an artist record plays at {@code day|venue entity}; null: it was asked for. */
  void plays(String artist, String show) {
    Set<String> all = shows.computeIfAbsent(artist, a -> new TreeSet<>());
    if (show != null) {
      all.add(show);
    }
  }

  /** Where an artist record plays; null where that was not asked for. */
  Set<String> shows(String artist) {
    return shows.get(artist);
  }

  /** Ids of the entities of a kind that the shows of this batch's source name, in order. */
  Set<String> named(String kind) {
    return named.computeIfAbsent(
        kind,
        k -> {
          Set<String> ids = new TreeSet<>();
          for (Translated show : held("show")) {
            if (show.record().source().equals(source)) {
              ids.addAll(named(show, kind));
            }
          }
          return ids;
        });
  }

  /** What evidence reads of a held record, made once. */
  <F> F facts(Translated t, Function<Translated, F> make) {
    return read(t.entityKind(), t, make);
  }

  /** What is read of a held record under some name, made once. */
  @SuppressWarnings("unchecked")
  <F> F read(String what, Translated t, Function<Translated, F> make) {
    return (F)
        facts
            .computeIfAbsent(what, w -> new HashMap<>())
            .computeIfAbsent(t.key(), key -> make.apply(t));
  }

  /** What was read of a record counts no longer: more is known now. */
  void forget(Translated t) {
    facts.getOrDefault(t.entityKind(), new HashMap<>()).remove(t.key());
  }

  /** Ids of the artists whose recordings or songs the batch brings. */
  Set<String> recorded() {
    Set<String> ids = new TreeSet<>();
    for (String kind : List.of("album", "song", "show")) {
      held(kind).forEach(t -> ids.addAll(recorded(t)));
    }
    return ids;
  }

  /** Ids of the artists of a release or a recording; of a setlist, those whose songs it covers. */
  static Set<String> recorded(Translated t) {
    Set<String> ids = new TreeSet<>();
    if (t.entityKind().equals("show")) {
      for (JsonNode song : t.entity().path("setlist").path("songs")) {
        if (song.path("cover_of").hasNonNull("id")) {
          ids.add(song.get("cover_of").get("id").asText());
        }
      }
    } else {
      t.entity().findValues("artists").forEach(a -> a.forEach(id -> ids.add(id.asText())));
    }
    return ids;
  }

  /** Ids of the entities of a kind that a show names. */
  static Set<String> named(Translated show, String kind) {
    return show.read(
        kind,
        () -> {
          Set<String> ids = new LinkedHashSet<>();
          if (kind.equals("artist")) {
            show.entity().path("artists").forEach(id -> ids.add(id.asText()));
          } else if (kind.equals("venue") && show.entity().hasNonNull("venue")) {
            ids.add(show.entity().get("venue").asText());
          }
          return ids;
        });
  }

  /** Keys of the records of a kind that a show names, in the order of {@link #named}. */
  static List<String> namedRecords(Translated show, String kind) {
    return show.read(
        kind.equals("artist") ? "artist records" : "venue records",
        () ->
            named(show, kind).stream().map(id -> Member.key(show.record().source(), id)).toList());
  }

  Set<String> brought(String kind) {
    return brought.getOrDefault(kind, Set.of());
  }

  /** Notes what resolving a kind has found. */
  void resolved(String kind, Component component, List<Pair> review) {
    brought.put(kind, component.brought);
    judged.put(kind, component.started);
    Set<Pair> asked = new HashSet<>(review);
    List<Open> pairs = new ArrayList<>();
    for (Pair pair : component.pairs.values()) {
      boolean watched = kind.equals("artist") || asked.contains(pair);
      if (pair != null
          && watched
          && pair.veto() == null
          && pair.offer() == null
          && apart(kind, pair)) {
        pairs.add(new Open(pair, asked.contains(pair)));
      }
    }
    open.put(kind, pairs);
  }

  private boolean apart(String kind, Pair pair) {
    String left = entity(kind, pair.left());
    String right = entity(kind, pair.right());
    return left == null || right == null || !left.equals(right);
  }

  /** Notes that an entity goes on to be one. */
  void lives(String kind, String entity) {
    living.add(key(kind, entity));
  }

  boolean isLiving(String kind, String entity) {
    return living.contains(key(kind, entity));
  }

  /** Records of a kind whose entity is another one than before the batch. */
  Set<String> moved(String kind) {
    Set<String> moved = new HashSet<>();
    Map<String, String> before = former.getOrDefault(kind, Map.of());
    for (Group group : groups.getOrDefault(kind, List.of())) {
      for (Member member : group.members()) {
        String was = before.get(member.key());
        if (was != null && !was.equals(group.entity())) {
          moved.add(member.key());
        }
      }
    }
    return moved;
  }
}
