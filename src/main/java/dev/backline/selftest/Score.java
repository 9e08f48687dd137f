package dev.backline.selftest;

import dev.backline.sandbox.Identities;
import dev.backline.sandbox.Identities.Same;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * How well a catalogue joined the records of a simulated world: the pairs of records that it holds
 * as one entity against the pairs that are one in truth. The unit is the pair of records from
 * different sources; listings that one source sells beside a show count with it.
 */
public final class Score {
  /**
   * One kind.
   *
   * @param records that the catalogue holds and the truth knows
   * @param joined pairs of them that the catalogue holds as one
   * @param right of these, pairs that are one in truth
   * @param wanted pairs that are one in truth
   * @param review pairs that wait for a person
   * @param wrong examples of pairs that are joined and should not be
   * @param missed examples of pairs that should be joined and are not
   */
  public record Kind(
      long records,
      long joined,
      long right,
      long wanted,
      long review,
      List<String> wrong,
      List<String> missed) {
    public double precision() {
      return joined == 0 ? 1 : (double) right / joined;
    }

    public double recall() {
      return wanted == 0 ? 1 : (double) right / wanted;
    }

    /** The harmonic mean of both. */
    public double f1() {
      double sum = precision() + recall();
      return sum == 0 ? 0 : 2 * precision() * recall() / sum;
    }

    /** Open pairs by the pairs that there are to be decided. */
    public double reviewShare() {
      return wanted == 0 ? 0 : (double) review / wanted;
    }
  }

  private static final int EXAMPLES = 20;
  private static final Map<String, String> KINDS =
      Map.of(
          "attraction",
          "artist",
          "event",
          "show",
          "setlist",
          "show",
          "artist",
          "artist",
          "venue",
          "venue",
          "track",
          "song",
          "song",
          "song");

  private record Held(String source, String id, String entity, String truth) {}

  private Score() {}

  /** By entity kind: artist, show, song, venue. */
  public static Map<String, Kind> of(DataSource database, Identities truth) {
    JdbcTemplate jdbc = new JdbcTemplate(database);
    Map<String, Map<String, String>> links = new TreeMap<>();
    jdbc.query(
        "select entity_kind, source, source_id, entity_id from source_links",
        row -> {
          links
              .computeIfAbsent(row.getString(1), k -> new HashMap<>())
              .put(row.getString(2) + ' ' + row.getString(3), row.getString(4));
        });
    links.put("song", songs(jdbc));
    Map<String, List<Held>> held = new TreeMap<>();
    truth
        .same()
        .filter(same -> KINDS.containsKey(same.record()))
        .forEach(same -> hold(same, links, held));
    Map<String, Kind> scores = new TreeMap<>();
    held.forEach(
        (kind, records) ->
            scores.put(kind, score(records, kind.equals("song") ? 0 : review(jdbc, kind))));
    return scores;
  }

  private static void hold(
      Same same, Map<String, Map<String, String>> links, Map<String, List<Held>> held) {
    String kind = KINDS.get(same.record());
    String entity = links.getOrDefault(kind, Map.of()).get(same.source().word() + ' ' + same.id());
    if (entity != null) {
      held.computeIfAbsent(kind, k -> new ArrayList<>())
          .add(new Held(same.source().word(), same.id(), entity, same.entity()));
    }
  }

  /** Spotify's tracks and the entries of setlists by the song that the catalogue has for them. */
  private static Map<String, String> songs(JdbcTemplate jdbc) {
    Map<String, String> songs = new HashMap<>();
    jdbc.query(
        "select source, source_id, song_id from song_recordings where song_id is not null",
        row -> {
          songs.put(row.getString(1) + ' ' + row.getString(2), row.getString(3));
        });
    jdbc.query(
        "select a.mbid, l.title, l.song_id from setlist_songs l join songs s on s.id = l.song_id"
            + " join artists a on a.id = s.artist_id where a.mbid is not null",
        row -> {
          songs.put("setlistfm " + row.getString(1) + '|' + row.getString(2), row.getString(3));
        });
    return songs;
  }

  private static long review(JdbcTemplate jdbc, String kind) {
    return jdbc.queryForObject(
        "select count(*) from identity_pairs where state = 'review' and entity_kind = ?",
        Long.class,
        kind);
  }

  private static Kind score(List<Held> records, long review) {
    Map<String, List<Held>> byEntity = new LinkedHashMap<>();
    Map<String, List<Held>> byTruth = new LinkedHashMap<>();
    for (Held record : records) {
      byEntity.computeIfAbsent(record.entity(), k -> new ArrayList<>()).add(record);
      byTruth.computeIfAbsent(record.truth(), k -> new ArrayList<>()).add(record);
    }
    long[] joined = new long[1];
    long[] right = new long[1];
    long[] wanted = new long[1];
    List<String> wrong = new ArrayList<>();
    List<String> missed = new ArrayList<>();
    byEntity
        .values()
        .forEach(
            group ->
                pairs(
                    group,
                    (a, b) -> {
                      joined[0]++;
                      if (a.truth().equals(b.truth())) {
                        right[0]++;
                      } else if (wrong.size() < EXAMPLES) {
                        wrong.add(line(a, b));
                      }
                    }));
    byTruth
        .values()
        .forEach(
            group ->
                pairs(
                    group,
                    (a, b) -> {
                      wanted[0]++;
                      if (!a.entity().equals(b.entity()) && missed.size() < EXAMPLES) {
                        missed.add(line(a, b));
                      }
                    }));
    return new Kind(records.size(), joined[0], right[0], wanted[0], review, wrong, missed);
  }

  private static void pairs(List<Held> group, java.util.function.BiConsumer<Held, Held> each) {
    for (int i = 0; i < group.size(); i++) {
      for (int j = i + 1; j < group.size(); j++) {
        if (!group.get(i).source().equals(group.get(j).source())) {
          each.accept(group.get(i), group.get(j));
        }
      }
    }
  }

  private static String line(Held a, Held b) {
    return a.source()
        + " "
        + a.id()
        + " ("
        + a.truth()
        + ") and "
        + b.source()
        + " "
        + b.id()
        + " ("
        + b.truth()
        + ")";
  }
}
