package dev.backline.songs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Words and weights by which a version is told from a title: what {@code
 * routes/rules/recordings.yaml} says. An edit of it reaches stored songs when their records are
 * applied again.
 */
public final class VersionRules {
  /** Where a version word can stand. */
  enum Place {
    BRACKET,
    DASH,
    END,
    START,
    INSIDE,
    ALBUM_PART,
    ALBUM_START,
    ALBUM_END,
    ALBUM_INSIDE
  }

  /** What can speak for or against it there. */
  enum Sign {
    ALONE,
    YEAR,
    KNOWN_PLACE,
    WORD_BEFORE,
    WORD_BEHIND,
    SENTENCE
  }

  /**
   * Words that name a version.
   *
   * @param words folded; {@code #} is any number
   * @param kind null where they credit a guest or a film
   */
  record Phrase(List<String> words, RecordingKind kind, double weight) {
    boolean matches(List<Word> title, int at) {
      if (at + words.size() > title.size()) {
        return false;
      }
      for (int i = 0; i < words.size(); i++) {
        Word word = title.get(at + i);
        boolean same =
            words.get(i).equals("#") ? word.isNumber() : words.get(i).equals(word.text());
        if (!same) {
          return false;
        }
      }
      return true;
    }

    boolean isCredit() {
      return kind == null;
    }
  }

  /** A rule that cannot be used. */
  public static final class Unusable extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private final String where;

    Unusable(String where, String what) {
      super(where + " " + what);
      this.where = where;
    }

    /** The fields that lead to it, outermost first. */
    public List<String> path() {
      return List.of(where.split("[.]", 3));
    }
  }

  private static final String CREDIT = "credit";

  final double doubt;
  final double albumOfSingle;
  final Set<String> fillers;
  final Set<String> knownPlaces;
  final Set<String> before;
  final Set<String> behind;
  private final Map<Place, Double> places = new EnumMap<>(Place.class);
  private final Map<Sign, Double> signs = new EnumMap<>(Sign.class);
  private final Map<String, Double> prepositions = new HashMap<>();
  private final Map<String, List<Phrase>> phrases = new HashMap<>();

  private VersionRules(Map<?, ?> rules) {
    doubt = number("doubt", rules.get("doubt"));
    albumOfSingle = number("album-of-single", rules.get("album-of-single"));
    fillers = words(rules, "fillers");
    knownPlaces = words(rules, "known-places");
    before = words(rules, "sentence-before");
    behind = words(rules, "sentence-behind");
    Map<?, ?> where = mapping("places", rules.get("places"));
    for (Place place : Place.values()) {
      places.put(place, number("places." + name(place), where.get(name(place))));
    }
    Map<?, ?> what = mapping("signs", rules.get("signs"));
    for (Sign sign : Sign.values()) {
      signs.put(sign, number("signs." + name(sign), what.get(name(sign))));
    }
    mapping("prepositions", rules.get("prepositions"))
        .forEach(
            (word, weight) -> prepositions.put(fold(word), number("prepositions." + word, weight)));
    mapping("words", rules.get("words")).forEach(this::kind);
    phrases
        .values()
        .forEach(
            same ->
                same.sort(
                    Comparator.comparing((Phrase phrase) -> -phrase.words().size())
                        .thenComparing(phrase -> phrase.words().contains("#"))));
  }

  /**
   * @param tree the file's content: mappings, lists and scalars, which may be text
   * @throws Unusable that names the rule
   */
  public static VersionRules of(Object tree) {
    return new VersionRules(mapping("recordings.yaml", tree));
  }

  private void kind(Object name, Object weights) {
    RecordingKind kind = name.equals(CREDIT) ? null : kind(name.toString());
    mapping("words." + name, weights)
        .forEach(
            (text, weight) -> {
              List<String> words = new ArrayList<>();
              for (String word : text.toString().strip().split("\\s+")) {
                words.add(fold(word));
              }
              Phrase phrase =
                  new Phrase(
                      List.copyOf(words), kind, number("words." + name + "." + text, weight));
              phrases.computeIfAbsent(words.get(0), first -> new ArrayList<>()).add(phrase);
            });
  }

  private static RecordingKind kind(String name) {
    for (RecordingKind kind : RecordingKind.values()) {
      if (kind.text().equals(name) && kind != RecordingKind.STUDIO) {
        return kind;
      }
    }
    throw new Unusable("words." + name, "is no kind of recording");
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String fold(Object word) {
    return TitleText.fold(word.toString());
  }

  private static Map<?, ?> mapping(String where, Object value) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      return map;
    }
    throw new Unusable(where, "is no mapping of words to weights");
  }

  private static double number(String where, Object value) {
    try {
      return Double.parseDouble(String.valueOf(value));
    } catch (NumberFormatException e) {
      throw new Unusable(where, value == null ? "is missing" : "'" + value + "' is no number");
    }
  }

  private static Set<String> words(Map<?, ?> rules, String where) {
    if (!(rules.get(where) instanceof List<?> list)) {
      throw new Unusable(where, "is no list of words");
    }
    Set<String> words = new HashSet<>();
    list.forEach(word -> words.add(fold(word)));
    return words;
  }

  double weight(Place place) {
    return places.get(place);
  }

  double weight(Sign sign) {
    return signs.get(sign);
  }

  /** Weight of at, from, in … where a name follows; null for other words. */
  Double preposition(String word) {
    return prepositions.get(word);
  }

  /** The longest phrase that begins with a word of a title; null where none does. */
  Phrase phrase(List<Word> title, int at) {
    for (String first : List.of(title.get(at).text(), title.get(at).isNumber() ? "#" : "")) {
      for (Phrase phrase : phrases.getOrDefault(first, List.of())) {
        if (phrase.matches(title, at)) {
          return phrase;
        }
      }
    }
    return null;
  }
}
