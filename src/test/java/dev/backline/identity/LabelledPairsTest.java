package dev.backline.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * How often keys and evidence together are right, on pairs labelled by hand with those among them
 * that are hard. Thresholds and points are chosen on the rows whose hash is even; what is asserted
 * are the others.
 */
class LabelledPairsTest {
  private static final Words WORDS = WordsFile.load();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> REPORT = new ArrayList<>();

  private static final Path FOLDER = Path.of("src", "test", "resources", "identity");

  private record Pair(String line, boolean same, String[] fields) {
    boolean isHeldOut() {
      return (line.hashCode() * 0x9E3779B9 >>> 31) == 1;
    }
  }

  private record Figures(double precision, double recall, double review) {}

  @AfterAll
  static void print() {
    REPORT.forEach(System.out::println);
  }

  @Test
  void artists_areJoinedWhereTheyAreTheSame() throws IOException {
    List<Pair> pairs = pairs("artists.tsv");
    Predicate<Pair> withIds = LabelledPairsTest::hasIds;
    Figures ids =
        figures("artists with ids", pairs, withIds, LabelledPairsTest::artist, ARTIST_LIMITS);
    Figures none =
        figures(
            "artists without", pairs, withIds.negate(), LabelledPairsTest::artist, ARTIST_LIMITS);
    assertThat(ids.precision()).isGreaterThanOrEqualTo(0.995);
    assertThat(ids.recall()).isGreaterThanOrEqualTo(0.97);
    assertThat(none.precision()).isGreaterThanOrEqualTo(0.995);
    assertThat(none.recall()).isGreaterThanOrEqualTo(0.85);
    assertThat(none.review()).isLessThanOrEqualTo(0.03);
  }

  @Test
  void venues_areJoinedWhereTheyAreTheSame() throws IOException {
    Figures venues =
        figures(
            "venues", pairs("venues.tsv"), pair -> true, LabelledPairsTest::venue, VENUE_LIMITS);
    assertThat(venues.precision()).isGreaterThanOrEqualTo(0.995);
    assertThat(venues.recall()).isGreaterThanOrEqualTo(0.92);
    assertThat(venues.review()).isLessThanOrEqualTo(0.03);
  }

  @Test
  void shows_areJoinedWhereTheyAreTheSame() throws IOException {
    Figures shows =
        figures("shows", pairs("shows.tsv"), pair -> true, LabelledPairsTest::show, SHOW_LIMITS);
    assertThat(shows.precision()).isGreaterThanOrEqualTo(0.995);
    assertThat(shows.recall()).isGreaterThanOrEqualTo(0.95);
    assertThat(shows.review()).isLessThanOrEqualTo(0.03);
  }

  /** What no key brings together is never scored. */
  @Test
  void pairsThatAreTheSame_shareABlockingKey() throws IOException {
    List<Pair> artists =
        pairs("artists.tsv").stream().filter(pair -> pair.same() && !hasIds(pair)).toList();
    List<Pair> venues = pairs("venues.tsv").stream().filter(Pair::same).toList();
    assertThat(found(artists, LabelledPairsTest::artistsMeet)).isGreaterThanOrEqualTo(0.97);
    assertThat(found(venues, LabelledPairsTest::venuesMeet)).isGreaterThanOrEqualTo(0.97);
  }

  private static double found(List<Pair> pairs, Predicate<Pair> meet) {
    List<Pair> lost = pairs.stream().filter(meet.negate()).toList();
    lost.forEach(pair -> REPORT.add("  no key in common: " + pair.line().replace('\t', '|')));
    return 1 - lost.size() / (double) pairs.size();
  }

  private static boolean artistsMeet(Pair pair) {
    String[] f = pair.fields();
    return !Collections.disjoint(
        BlockingKeys.artist(artist("a", f[1], f[2])), BlockingKeys.artist(artist("b", f[3], f[4])));
  }

  private static boolean venuesMeet(Pair pair) {
    String[] f = pair.fields();
    return !Collections.disjoint(
        BlockingKeys.venueLookup(venue("a", f[1], f[2])),
        BlockingKeys.venue(venue("b", f[3], f[4])));
  }

  private static final double[] ARTIST_LIMITS = {ArtistEvidence.ACCEPT, ArtistEvidence.REVIEW};
  private static final double[] VENUE_LIMITS = {VenueEvidence.ACCEPT, VenueEvidence.REVIEW};
  private static final double[] SHOW_LIMITS = {ShowEvidence.ACCEPT, ShowEvidence.REVIEW};

  // --- Counting ---------------------------------------------------------------------------------

  /** Of the half held out; prints both halves, and what went wrong in the other. */
  private static Figures figures(
      String kind,
      List<Pair> pairs,
      Predicate<Pair> which,
      Function<Pair, Evidence> score,
      double[] limits) {
    Figures figures = null;
    for (boolean heldOut : new boolean[] {false, true}) {
      int right = 0;
      int accepted = 0;
      int same = 0;
      int review = 0;
      int all = 0;
      for (Pair pair : pairs) {
        if (!which.test(pair) || pair.isHeldOut() != heldOut) {
          continue;
        }
        Evidence evidence = score.apply(pair);
        boolean accept = evidence.reaches(limits[0]);
        boolean asks = !accept && evidence.reaches(limits[1]);
        all++;
        same += pair.same() ? 1 : 0;
        accepted += accept ? 1 : 0;
        review += asks ? 1 : 0;
        right += accept && pair.same() ? 1 : 0;
        if (!heldOut && (accept != pair.same() || asks)) {
          REPORT.add("  " + pair.line().replace('\t', '|') + "\n      " + evidence);
        }
      }
      figures =
          new Figures(
              accepted == 0 ? 1 : right / (double) accepted,
              same == 0 ? 1 : right / (double) same,
              review / (double) all);
      REPORT.add(
          String.format(
              Locale.ROOT,
              "%-17s %-8s %3d pairs, %3d same: precision %.3f, recall %.3f, review %.3f",
              kind,
              heldOut ? "held out" : "tuned on",
              all,
              same,
              figures.precision(),
              figures.recall(),
              figures.review()));
    }
    return figures;
  }

  /** A pair has one score, whichever of the two comes first. */
  private static <T> Evidence bothWays(BiFunction<T, T, Evidence> evidence, T a, T b) {
    Evidence there = evidence.apply(a, b);
    assertThat(evidence.apply(b, a)).isEqualTo(there);
    return there;
  }

  private static List<Pair> pairs(String file) throws IOException {
    return Files.readAllLines(FOLDER.resolve(file)).stream()
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .map(line -> new Pair(line, line.startsWith("yes"), line.split("\t", -1)))
        .toList();
  }

  // --- Reading ----------------------------------------------------------------------------------

  private static boolean hasIds(Pair pair) {
    Map<String, String> a = values(pair.fields()[2]);
    Map<String, String> b = values(pair.fields()[4]);
    return (a.containsKey("m") && b.containsKey("m")) || (a.containsKey("s") && b.containsKey("s"));
  }

  private static Evidence artist(Pair pair) {
    String[] f = pair.fields();
    if (!hasIds(pair) && !artistsMeet(pair)) {
      return Evidence.vetoed("no key in common");
    }
    return bothWays(ArtistEvidence::of, artist("a", f[1], f[2]), artist("b", f[3], f[4]));
  }

  private static ArtistFacts artist(String source, String name, String facts) {
    Map<String, String> values = values(facts);
    List<String> genres = values.containsKey("g") ? List.of(values.get("g")) : List.of();
    return ArtistFacts.of(
        source,
        "1",
        name,
        values.get("m"),
        values.get("s"),
        genres,
        values.get("c"),
        Set.copyOf(list(values.getOrDefault("at", "").replace('@', '|'))),
        WORDS);
  }

  private static Evidence venue(Pair pair) {
    String[] f = pair.fields();
    if (!venuesMeet(pair)) {
      return Evidence.vetoed("no key in common");
    }
    return bothWays(VenueEvidence::of, venue("a", f[1], f[2]), venue("b", f[3], f[4]));
  }

  static VenueFacts venue(String source, String name, String place) {
    String[] f = Arrays.copyOf(place.split(";", -1), 7);
    ObjectNode json = JSON.createObjectNode().put("name", name);
    put(json, "city", f[0]);
    put(json, f[1].matches("[A-Z]{2,3}") ? "state_code" : "state", f[1]);
    put(json, f[2].matches("[A-Z]{2}") && !f[2].equals("UK") ? "country_code" : "country", f[2]);
    put(json, "address", f[3]);
    put(json, "postal_code", f[4]);
    if (f[5] != null && !f[5].isEmpty()) {
      String[] degrees = f[5].replace("~", "").split(",");
      json.put("latitude", Double.parseDouble(degrees[0]));
      json.put("longitude", Double.parseDouble(degrees[1]));
      json.put("city_coordinates", f[5].startsWith("~"));
    }
    if (f[6] != null) {
      json.put("capacity", Integer.parseInt(f[6]));
    }
    return VenueFacts.of(source, "1", json, WORDS);
  }

  private static void put(ObjectNode json, String key, String value) {
    json.put(key, value == null || value.isEmpty() ? null : value);
  }

  private static Evidence show(Pair pair) {
    return bothWays(ShowEvidence::of, show("a", pair.fields()[1]), show("b", pair.fields()[2]));
  }

  static ShowFacts show(String source, String text) {
    int end = text.indexOf(';');
    Map<String, String> values = values(text.substring(end + 1));
    ObjectNode json = JSON.createObjectNode().put("name", text.substring(0, end));
    json.put("local_date", values.get("d"));
    json.put("local_time", values.containsKey("t") ? values.get("t") + ":00" : null);
    json.put("starts_at", values.get("u"));
    json.put("tour", values.get("tour"));
    return ShowFacts.of(
        source,
        "1",
        json,
        Offers.of(text.substring(0, end), WORDS),
        values.get("v"),
        values.get("c"),
        list(values.getOrDefault("a", "")),
        list(values.getOrDefault("n", "")),
        WORDS);
  }

  /** {@code m=1 c=St. Louis d=…}: a value reaches to the next key. */
  private static Map<String, String> values(String text) {
    Map<String, String> values = new HashMap<>();
    for (String value : text.strip().split(" (?=[a-z]+=)")) {
      int at = value.indexOf('=');
      if (at > 0) {
        values.put(value.substring(0, at), value.substring(at + 1));
      }
    }
    return values;
  }

  private static List<String> list(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(","));
  }
}
