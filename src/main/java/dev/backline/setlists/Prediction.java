package dev.backline.setlists;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What an artist will play, by what it has played: of some simple rules the one that would have
 * done best on its own last shows, each foretold from those before it (a rolling back-test). An act
 * with a fixed set and a jam band are served by opposite rules, which nobody has to choose between.
 *
 * @param songs the foretold, in the order in which they are usually played
 * @param rule its {@link Rule#name}
 * @param hitRate how many of the foretold songs were played, over the shows it was tested on, from
 *     0 to 1; null where there was none to test on
 * @param tested on how many shows
 */
public record Prediction(List<String> songs, String rule, Double hitRate, int tested) {
  /** Shows that the back-test foretells. */
  private static final int TESTS = 30;

  /** Shows that a rule looks back on. */
  private static final int MEMORY = 300;

  /** Shows whose length tells how long the next one will be. */
  private static final int LENGTHS = 15;

  private static final int LONGEST = 40;

  /**
   * Foretells a show.
   *
   * @param history shows with songs, the first show first; what is not before the show is not read
   * @return empty where nothing is known that was played before
   */
  public static Optional<Prediction> of(Played show, List<Played> history) {
    List<Played> before =
        history.stream()
            .filter(h -> !h.songs().isEmpty())
            .filter(h -> show.day() == null || h.day().isBefore(show.day()))
            .toList();
    if (before.isEmpty()) {
      return Optional.empty();
    }
    Shows shows =
        new Shows(before.subList(Math.max(0, before.size() - MEMORY - TESTS), before.size()));
    int size = shows.size();
    int tests = Math.min(TESTS, size - 1);
    double[] hits = new double[Rule.ALL.size()];
    for (int test = size - tests; test < size; test++) {
      Past past = new Past(shows, test, shows.show(test));
      int length = shows.usualLength(test);
      for (int r = 0; r < hits.length; r++) {
        hits[r] += shows.hits(test, Rule.ALL.get(r).choose(past, length)) / (double) length;
      }
    }
    int best = 0;
    for (int r = 1; r < hits.length; r++) {
      best = hits[r] > hits[best] ? r : best;
    }
    Rule rule = Rule.ALL.get(best);
    int length = Math.min(LONGEST, shows.usualLength(size));
    int[] songs = rule.choose(new Past(shows, size, show), length);
    return Optional.of(
        new Prediction(
            shows.inUsualOrder(songs), rule.name(), tests == 0 ? null : hits[best] / tests, tests));
  }

  // --- Rules ------------------------------------------------------------------------------------

  /**
   * A way to choose songs: by a score each, without those of the last shows.
   *
   * @param name as the catalogue keeps it
   * @param leaveOut songs of so many last shows are not expected again
   */
  private record Rule(String name, Score score, int leaveOut) {
    private static final List<Rule> ALL = all();

    /** Scores by song; not above 0 for a song that is not expected. */
    private interface Score {
      double[] of(Past past);
    }

    private static List<Rule> all() {
      List<Rule> rules = new ArrayList<>();
      rules.add(new Rule("repeat-last", Past::last, 0));
      for (int days : new int[] {30, 90, 365}) {
        for (int leaveOut = 0; leaveOut <= 3; leaveOut++) {
          String name = "recent-" + days + (leaveOut == 0 ? "" : "-without-" + leaveOut);
          rules.add(new Rule(name, past -> past.recent(days), leaveOut));
        }
      }
      for (int days : new int[] {90, 180, 365}) {
        rules.add(new Rule("due-" + days, past -> past.due(days), 0));
      }
      rules.add(new Rule("same-tour", past -> past.where(Played::tour), 0));
      rules.add(new Rule("same-venue", past -> past.where(Played::venue), 0));
      rules.add(new Rule("same-city", past -> past.where(Played::city), 0));
      return rules;
    }

    private int[] choose(Past past, int length) {
      double[] scores = score.of(past);
      boolean[] out = past.playedInLast(leaveOut);
      return IntStream.range(0, scores.length)
          .filter(song -> scores[song] > 0 && !out[song])
          .boxed()
          .sorted(Comparator.comparingDouble(song -> -scores[song])) // the sort is stable
          .limit(length)
          .mapToInt(song -> song)
          .toArray();
    }
  }

  /** What is known before a show. */
  private static final class Past {
    private final Shows shows;
    private final int size;
    private final Played asked;
    private final Map<Integer, double[]> recent = new HashMap<>();

    private Past(Shows shows, int size, Played asked) {
      this.shows = shows;
      this.size = size;
      this.asked = asked;
    }

    private int first() {
      return Math.max(0, size - MEMORY);
    }

    /** How much a show counts that was some days ago: half after so many days. */
    private double weight(int show, int halfLife) {
      long day = asked.day() == null ? shows.day(size - 1) + 1 : asked.day().toEpochDay();
      return Math.pow(0.5, (double) (day - shows.day(show)) / halfLife);
    }

    private double[] last() {
      double[] scores = new double[shows.songs()];
      int[] played = shows.played(size - 1);
      for (int i = 0; i < played.length; i++) {
        scores[played[i]] = played.length - i;
      }
      return scores;
    }

    /** How often of late. */
    private double[] recent(int halfLife) {
      return recent.computeIfAbsent(
          halfLife,
          days -> {
            double[] scores = new double[shows.songs()];
            for (int show = first(); show < size; show++) {
              double weight = weight(show, days);
              for (int song : shows.played(show)) {
                scores[song] += weight;
              }
            }
            return scores;
          });
    }

    /** How often of late, and the more the longer it has not been played for that frequency. */
    private double[] due(int halfLife) {
      double all = 0;
      int[] last = new int[shows.songs()];
      for (int show = first(); show < size; show++) {
        all += weight(show, halfLife);
        for (int song : shows.played(show)) {
          last[song] = show;
        }
      }
      double[] scores = recent(halfLife).clone();
      for (int song = 0; song < scores.length; song++) {
        double rate = scores[song] / all;
        scores[song] = rate * (1 - Math.exp(-rate * (size - 1 - last[song])));
      }
      return scores;
    }

    /** How often where something is the same; the later show decides between equals. */
    private double[] where(java.util.function.Function<Played, String> what) {
      double[] scores = new double[shows.songs()];
      String same = what.apply(asked);
      for (int show = first(); same != null && show < size; show++) {
        if (Objects.equals(same, what.apply(shows.show(show)))) {
          for (int song : shows.played(show)) {
            scores[song] += 1 + (show + 1.0) / (size + 1.0) / MEMORY;
          }
        }
      }
      return scores;
    }

    private boolean[] playedInLast(int number) {
      boolean[] played = new boolean[shows.songs()];
      for (int show = Math.max(0, size - number); show < size; show++) {
        for (int song : shows.played(show)) {
          played[song] = true;
        }
      }
      return played;
    }
  }

  /** Shows with their songs as numbers, in the order in which they first were played. */
  private static final class Shows {
    private final List<Played> shows;
    private final List<String> names = new ArrayList<>();
    private final int[][] played;

    private Shows(List<Played> shows) {
      this.shows = shows;
      Map<String, Integer> numbers = new HashMap<>();
      this.played = new int[shows.size()][];
      for (int show = 0; show < played.length; show++) {
        played[show] =
            shows.get(show).songs().stream()
                .distinct()
                .mapToInt(
                    song ->
                        numbers.computeIfAbsent(
                            song,
                            name -> {
                              names.add(name);
                              return names.size() - 1;
                            }))
                .toArray();
      }
    }

    private int size() {
      return played.length;
    }

    private int songs() {
      return names.size();
    }

    private Played show(int show) {
      return shows.get(show);
    }

    private long day(int show) {
      return shows.get(show).day().toEpochDay();
    }

    private int[] played(int show) {
      return played[show];
    }

    /** The median length of the shows before one. */
    private int usualLength(int before) {
      int[] lengths =
          IntStream.range(Math.max(0, before - LENGTHS), before)
              .map(show -> played[show].length)
              .sorted()
              .toArray();
      return lengths[lengths.length / 2];
    }

    private int hits(int show, int[] chosen) {
      int hits = 0;
      for (int song : chosen) {
        for (int was : played[show]) {
          hits += song == was ? 1 : 0;
        }
      }
      return hits;
    }

    /** Songs by where in the show they have been played, on average. */
    private List<String> inUsualOrder(int[] songs) {
      double[] place = new double[names.size()];
      int[] times = new int[names.size()];
      for (int[] show : played) {
        for (int i = 0; i < show.length; i++) {
          place[show[i]] += (i + 0.5) / show.length;
          times[show[i]]++;
        }
      }
      return Arrays.stream(songs)
          .boxed()
          .sorted(Comparator.comparingDouble(song -> place[song] / times[song]))
          .map(names::get)
          .toList();
    }
  }
}
