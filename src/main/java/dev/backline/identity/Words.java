package dev.backline.identity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What words mean in the names of artists, venues and shows: {@code routes/rules/words.yaml}. A
 * list of phrases is looked for in name keys, where words are parted by one space.
 */
public final class Words {
  private static final double FILLER = 0;
  private static final double SHORTEST = 0.2;
  private static final double COMMON = 0.3;
  private static final double SHORT = 0.6;
  private static final double RARE = 1;

  private final Map<?, ?> rules;
  private final Set<String> fillers;
  private final Set<String> common;
  private final Map<String, String> same;
  private final Map<String, String> cities;
  private final Map<String, String> streets;
  private final Map<String, String> countries;
  private final Map<String, Map<String, String>> states = new TreeMap<>();
  private final Map<String, Integer> renamed = new HashMap<>();

  final Set<String> bracketedLabels;
  final Set<String> bareLabels;
  final Set<String> strongOffers;
  final Set<String> offerWords;
  final Set<String> withOffers;
  final Set<String> passes;
  final Map<String, Set<String>> sessions;
  final Set<String> mainRooms;
  final Set<String> otherRooms;
  final Set<String> numberedRooms;
  final Set<String> tributes;
  final Set<String> venueTypes;
  final Set<String> notVenues;
  final Set<String> sponsors;
  final Set<String> presented;

  private Words(Map<?, ?> rules) {
    this.rules = rules;
    fillers = phrases("fillers");
    common = phrases("common");
    same = map("same");
    cities = map("cities");
    streets = map("streets");
    countries = isoCountries();
    countries.putAll(map("countries"));
    bracketedLabels = phrases("labels", "bracketed");
    bareLabels = phrases("labels", "bare");
    strongOffers = phrases("offers", "strong");
    offerWords = phrases("offers", "words");
    withOffers = phrases("offers", "with");
    passes = phrases("offers", "passes");
    sessions = Map.of("early", phrases("sessions", "early"), "late", phrases("sessions", "late"));
    mainRooms = phrases("rooms", "main");
    otherRooms = phrases("rooms", "other");
    numberedRooms = phrases("rooms", "numbered");
    tributes = phrases("tributes");
    venueTypes = phrases("venue types");
    notVenues = phrases("not venues");
    sponsors = phrases("sponsors");
    presented = phrases("presented");
    ((Map<?, ?>) at("states")).keySet().forEach(c -> states.put((String) c, map("states", c)));
    int house = 0;
    for (Object names : (List<?>) at("renamed")) {
      house++;
      for (Object name : (List<?>) names) {
        renamed.put((String) name, house);
      }
    }
  }

  /**
   * @param tree the file's content: mappings, lists and scalars
   * @throws IllegalArgumentException when a list is missing or is none
   */
  public static Words of(Object tree) {
    try {
      return new Words((Map<?, ?>) tree);
    } catch (ClassCastException | NullPointerException e) {
      throw new IllegalArgumentException("the words are not laid out as expected", e);
    }
  }

  private Object at(Object... path) {
    Object value = rules;
    for (Object name : path) {
      value = ((Map<?, ?>) value).get(name);
      if (value == null) {
        throw new IllegalArgumentException("there is no list '" + name + "' among the words");
      }
    }
    return value;
  }

  private Set<String> phrases(Object... path) {
    return ((List<?>) at(path))
        .stream().map(String::valueOf).collect(Collectors.toUnmodifiableSet());
  }

  private Map<String, String> map(Object... path) {
    Map<String, String> map = new HashMap<>();
    ((Map<?, ?>) at(path)).forEach((k, v) -> map.put(String.valueOf(k), String.valueOf(v)));
    return map;
  }

  private static Map<String, String> isoCountries() {
    Map<String, String> codes = new HashMap<>();
    for (String code : Locale.getISOCountries()) {
      codes.put(TextKeys.name(new Locale("", code).getDisplayCountry(Locale.ENGLISH)), code);
      codes.put(code.toLowerCase(Locale.ROOT), code);
    }
    return codes;
  }

  // --- Looking up -------------------------------------------------------------------------------

  /** How much a word says about who is meant: 0 (the, band) to 1. */
  double weight(String token) {
    if (fillers.contains(token)) {
      return FILLER;
    }
    if (common.contains(token) || venueTypes.contains(token)) {
      return COMMON;
    }
    int letters = isIdeographic(token) ? 3 * token.length() : token.length();
    return letters < 3 ? SHORTEST : letters < 5 ? SHORT : RARE;
  }

  private static boolean isIdeographic(String token) {
    return token.codePoints().anyMatch(c -> c >= 0x2E80 && Character.isLetter(c));
  }

  /** The words of a key, each in the one spelling that stands for all. */
  List<String> tokens(String key) {
    List<String> tokens = new ArrayList<>();
    for (String token : key.split(" ")) {
      tokens.add(same.getOrDefault(token, token));
    }
    return tokens;
  }

  /** The phrases that stand in a key as whole words. */
  static Set<String> found(Set<String> phrases, String key) {
    Set<String> found = new TreeSet<>();
    String[] tokens = key.split(" ");
    for (int from = 0; from < tokens.length; from++) {
      StringBuilder phrase = new StringBuilder();
      for (int to = from; to < Math.min(tokens.length, from + LONGEST); to++) {
        phrase.append(to == from ? "" : " ").append(tokens[to]);
        if (phrases.contains(phrase.toString())) {
          found.add(phrase.toString());
        }
      }
    }
    return found;
  }

  private static final int LONGEST = 5;

  /** ISO 3166 code of a country, by its code or name; null where it is not known. */
  String country(String code, String name) {
    if (code != null) {
      return code;
    }
    return name == null ? null : countries.get(TextKeys.name(name));
  }

  /** Code of a state or province, by its code or name; null where it is not known. */
  String state(String country, String code, String name) {
    for (String text : new String[] {code, name}) {
      if (text != null) {
        Map<String, String> codes = states.getOrDefault(String.valueOf(country), Map.of());
        String capitals = text.toUpperCase(Locale.ROOT);
        String found = codes.containsValue(capitals) ? capitals : codes.get(TextKeys.name(text));
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  /** Key of a city: its Latin name, "Saint" written out, without another language's name. */
  String city(String name) {
    String key = TextKeys.name(name);
    String known = cities.get(key);
    if (known != null) {
      return known;
    }
    String plain = String.join(" ", tokens(TextKeys.latin(name, key)));
    return cities.getOrDefault(plain, plain);
  }

  /** Words of a street, written out, without floors and suites. */
  List<String> street(String address) {
    List<String> words = new ArrayList<>();
    for (String token : TextKeys.latin(address, TextKeys.name(address)).split(" ")) {
      String word = streets.getOrDefault(token, token);
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return words;
  }

  /** Do both names belong to one house that was renamed? */
  boolean renamed(String a, String b) {
    Integer house = renamed.get(a);
    return house != null && house.equals(renamed.get(b));
  }
}
