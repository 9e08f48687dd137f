package dev.backline.setlists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PredictionTest {
  private static final Path REAL =
      Path.of(System.getProperty("shared", "../shared"), "setlists", "grateful-dead.jsonl");
  private static final LocalDate FIRST = LocalDate.of(2025, 1, 1);

  private static Played show(int day, String city, List<String> songs) {
    return new Played(FIRST.plusDays(day), city + " hall", city, null, songs);
  }

  private static Played next(int day, String city) {
    return show(day, city, List.of());
  }

  @Test
  void anActWithAFixedSet_repeatsIt() {
    List<Played> history = new ArrayList<>();
    for (int n = 0; n < 40; n++) {
      List<String> songs = new ArrayList<>(List.of("opener", "a", "b", "c", "d", "closer"));
      songs.set(3, "tour " + n / 10); // One song changes with each leg.
      history.add(show(n * 2, "city " + n, songs));
    }

    Prediction prediction = Prediction.of(next(80, "elsewhere"), history).orElseThrow();

    assertThat(prediction.rule()).isEqualTo("repeat-last");
    assertThat(prediction.songs()).containsExactly("opener", "a", "b", "tour 3", "d", "closer");
    assertThat(prediction.hitRate()).isBetween(0.98, 1.0); // Missed where a leg began.
    assertThat(prediction.tested()).isEqualTo(30);
  }

  @Test
  void anActThatDoesNotRepeatItself_isNotExpectedToPlayLastNightsSongs() {
    List<Played> history = new ArrayList<>();
    for (int n = 0; n < 60; n++) {
      int round = n;
      history.add(
          show(
              n, "c" + n, IntStream.range(0, 5).mapToObj(i -> "s" + (round % 4 * 5 + i)).toList()));
    }

    Prediction prediction = Prediction.of(next(60, "x"), history).orElseThrow();

    assertThat(prediction.songs()).containsExactlyInAnyOrder("s0", "s1", "s2", "s3", "s4");
    assertThat(prediction.hitRate()).isEqualTo(1.0);
  }

  @Test
  void whereACityHasItsOwnSongs_theCityDecides() {
    List<Played> history = new ArrayList<>();
    Random random = new Random(5);
    for (int n = 0; n < 80; n++) {
      String city = "city " + random.nextInt(8);
      history.add(show(n, city, List.of(city + " one", city + " two", city + " three")));
    }

    Prediction prediction = Prediction.of(next(80, "city 3"), history).orElseThrow();

    assertThat(prediction.rule()).isIn("same-city", "same-venue");
    assertThat(prediction.songs())
        .containsExactlyInAnyOrder("city 3 one", "city 3 two", "city 3 three");
  }

  @Test
  void onlyWhatWasPlayedBefore_isRead() {
    List<Played> history = List.of(show(0, "a", List.of("old")), show(9, "a", List.of("new")));

    assertThat(Prediction.of(next(9, "a"), history).orElseThrow().songs()).containsExactly("old");
    assertThat(Prediction.of(next(0, "a"), history)).isEmpty();
    assertThat(Prediction.of(next(0, "a"), List.of(show(-1, "a", List.of())))).isEmpty();
  }

  @Test
  void oneShowIsEnough_andPromisesNothing() {
    Prediction prediction =
        Prediction.of(next(1, "b"), List.of(show(0, "a", List.of("x", "y", "x")))).orElseThrow();

    assertThat(prediction.songs()).containsExactly("x", "y");
    assertThat(prediction.hitRate()).isNull();
    assertThat(prediction.tested()).isZero();
  }

  @Test
  void theSameHistory_givesTheSamePrediction() {
    List<Played> history = new ArrayList<>();
    Random random = new Random(1);
    for (int n = 0; n < 100; n++) {
      Set<String> songs = new LinkedHashSet<>();
      while (songs.size() < 12) {
        songs.add("s" + random.nextInt(60));
      }
      history.add(show(n, "c" + n % 7, List.copyOf(songs)));
    }
    Prediction first = Prediction.of(next(100, "c1"), history).orElseThrow();

    assertThat(Prediction.of(next(100, "c1"), history)).contains(first);
    assertThat(first.songs()).hasSize(12).doesNotHaveDuplicates();
  }

  /** The last 300 real shows, only earlier ones known: no single rule of the trade does better. */
  @Test
  void realShows_areForetoldAsWellAsByTheBestSingleRule() throws IOException {
    assumeTrue(Files.exists(REAL), "real setlists are not at hand: " + REAL);
    List<Played> all = real();
    int from = all.size() - 300;
    double hits = 0;
    Map<String, Double> single = new HashMap<>();
    for (int n = from; n < all.size(); n++) {
      List<Played> before = all.subList(0, n);
      Prediction prediction = Prediction.of(all.get(n), before).orElseThrow();
      int length = prediction.songs().size();
      hits += precision(prediction.songs(), all.get(n), length);
      List<Played> late = before.subList(n - 300, n);
      for (int leaveOut = 0; leaveOut <= 3; leaveOut++) {
        for (int halfLife : new int[] {30, 90, 365}) {
          String name = "half-life " + halfLife + ", not in the last " + leaveOut;
          List<String> songs = best(late, all.get(n), halfLife, leaveOut, length);
          single.merge(name, precision(songs, all.get(n), length), Double::sum);
        }
      }
      LocalDate yearAgo = all.get(n).day().minusDays(365);
      List<Played> year = late.stream().filter(p -> !p.day().isBefore(yearAgo)).toList();
      single.merge(
          "last year, not in the last 3",
          precision(best(year, all.get(n), 1_000_000, 3, length), all.get(n), length),
          Double::sum);
      single.merge(
          "last 30 shows",
          precision(
              best(late.subList(270, 300), all.get(n), 1_000_000, 0, length), all.get(n), length),
          Double::sum);
      single.merge("last night", precision(late.get(299).songs(), all.get(n), length), Double::sum);
    }
    double best = single.values().stream().mapToDouble(d -> d).max().orElseThrow();

    assertThat(best / 300).as("the reference is computed rightly: %s", single).isGreaterThan(0.25);
    assertThat(hits / 300).as("precision, by rule: %s", single).isGreaterThanOrEqualTo(best / 300);
  }

  private static double precision(List<String> foretold, Played show, int length) {
    Set<String> played = new HashSet<>(show.songs());
    return foretold.stream().limit(length).filter(played::contains).count() / (double) length;
  }

  private static List<String> best(
      List<Played> before, Played show, int halfLife, int leaveOut, int length) {
    Map<String, Double> scores = new HashMap<>();
    for (Played played : before) {
      double weight =
          Math.pow(0.5, (double) (show.day().toEpochDay() - played.day().toEpochDay()) / halfLife);
      played.songs().forEach(song -> scores.merge(song, weight, Double::sum));
    }
    for (Played last : before.subList(Math.max(0, before.size() - leaveOut), before.size())) {
      last.songs().forEach(scores::remove);
    }
    return scores.entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<String, Double> e) -> -e.getValue())
                .thenComparing(Map.Entry::getKey))
        .limit(length)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<Played> real() throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<Played> shows = new ArrayList<>();
    for (String line : Files.readAllLines(REAL)) {
      JsonNode show = json.readTree(line);
      Set<String> songs = new LinkedHashSet<>();
      show.path("sets").forEach(set -> set.forEach(song -> songs.add(song.asText())));
      Set.of("Drums", "Space", "Jam", "Tuning").forEach(songs::remove); // They are no songs.
      String date = show.path("date").asText();
      if (!songs.isEmpty() && !date.contains("-00")) {
        shows.add(
            new Played(
                LocalDate.parse(date.substring(0, 10)),
                show.path("venue").asText(),
                show.path("city").asText(),
                null,
                List.copyOf(songs)));
      }
    }
    return shows;
  }
}
