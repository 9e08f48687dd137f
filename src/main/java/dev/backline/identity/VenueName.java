package dev.backline.identity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The name of a venue, taken apart.
 *
 * @param full all of it but room and house numbers
 * @param core without city, state, sponsor and who presents it
 * @param kinds words that say what the house is, such as theatre
 * @param house one name for a house that was renamed, else null
 * @param rooms the room in the house; empty for the house itself and its main room
 * @param noVenue words of what is sold like a venue and is none, such as parking
 * @param parted does a dash set off a part that is neither a known room nor the place?
 * @param inside key of the house that it stands in ("Hulu Theater at Madison Square Garden"), or
 *     null
 */
record VenueName(
    Name full,
    Name core,
    Set<String> kinds,
    String house,
    Set<String> rooms,
    Set<String> noVenue,
    boolean parted,
    String inside) {
  private static final double KIND = 0.25;
  private static final double PLACE = 0;
  private static final double OWN = 1;

  /** A seller's own number of a house: "Madison Live (734)". */
  private static final Pattern HOUSE_NUMBER = Pattern.compile("[(\\[]\\s*#?\\d{2,}\\s*[)\\]]");

  private static final Pattern DASH = Pattern.compile("\\s[-–—]\\s");
  private static final String MAIN = "main room";

  static VenueName of(String text, Set<String> places, Words words) {
    Set<String> placeTokens = new HashSet<>();
    places.forEach(place -> placeTokens.addAll(Arrays.asList(place.split(" "))));
    String name = HOUSE_NUMBER.matcher(text).replaceAll(" ");
    String allKey = key(name, words);
    Set<String> rooms = new TreeSet<>();
    List<String> kept = new ArrayList<>();
    for (String part : Parts.of(name)) {
      String key = key(part, words);
      String room = room(key, words);
      if (room != null && !places.contains(key)) {
        rooms.add(room);
      } else if (!places.contains(key) || kept.isEmpty()) {
        kept.add(key);
      }
    }
    if (kept.isEmpty()) {
      kept.add(allKey);
      rooms.clear();
    }
    String joined = cutPresented(String.join(" ", kept), words);
    String inside = null;
    int at = joined.indexOf(" at ");
    if (at > 0) {
      String head = joined.substring(0, at);
      String tail = withoutThe(joined.substring(at + " at ".length()));
      String room = room(head, words);
      if (room != null) {
        rooms.add(room);
        joined = tail;
      } else {
        inside = tail;
        joined = isKind(head, words, placeTokens) ? head + ' ' + tail : head;
      }
    }
    String placeless = withoutTrailingPlace(joined, places); // "Satellite Lounge-WA"
    String roomless = takeTrailingRoom(placeless, rooms, words);
    joined = roomless.equals(placeless) ? joined : roomless;
    rooms.remove(MAIN);
    List<String> full = tokens(String.join(" ", kept));
    List<String> core = core(tokens(joined), places, words, placeTokens);
    Set<String> kinds = new TreeSet<>(core);
    kinds.retainAll(words.houses);
    return new VenueName(
        Name.of(text, allKey, full, token -> weigh(token, words, placeTokens)),
        Name.of(text, joined, core, token -> weigh(token, words, placeTokens)),
        kinds,
        words.house(String.join(" ", full)),
        rooms,
        Words.found(words.notVenues, allKey),
        kept.size() > 1 && DASH.matcher(name).find(),
        inside);
  }

  private static String key(String text, Words words) {
    return String.join(" ", words.tokens(TextKeys.latin(text, TextKeys.name(text))));
  }

  private static List<String> tokens(String key) {
    return List.of(key.split(" "));
  }

  private static String withoutTrailingPlace(String key, Set<String> places) {
    return places.stream()
        .filter(place -> key.endsWith(' ' + place))
        .findFirst()
        .map(place -> key.substring(0, key.length() - place.length() - 1))
        .orElse(key);
  }

  private static String withoutThe(String key) {
    return key.startsWith("the ") ? key.substring("the ".length()) : key;
  }

  /** The room that a part names as a whole; null where it names none. */
  private static String room(String key, Words words) {
    if (words.mainRooms.contains(key)) {
      return MAIN;
    }
    if (words.otherRooms.contains(key)) {
      return key;
    }
    int space = key.lastIndexOf(' ');
    boolean numbered =
        space > 0
            && words.numberedRooms.contains(key.substring(0, space))
            && key.substring(space + 1).matches("\\d|i{1,3}|[a-d]|one|two|three");
    return numbered ? key : null;
  }

  /** "Garage Upstairs": the last one or two words, where a name is left before them. */
  private static String takeTrailingRoom(String key, Set<String> rooms, Words words) {
    for (int size = 2; size >= 1; size--) {
      List<String> tokens = tokens(key);
      int from = tokens.size() - size;
      if (from < 1) {
        continue;
      }
      String room = room(String.join(" ", tokens.subList(from, tokens.size())), words);
      String rest = String.join(" ", tokens.subList(0, from));
      if (room != null && !words.venueTypes.containsAll(tokens(rest))) {
        rooms.add(room);
        return rest;
      }
    }
    return key;
  }

  private static String cutPresented(String key, Words words) {
    int end = key.length();
    for (String phrase : words.presented) {
      int from = key.indexOf(' ' + phrase);
      end = from > 0 ? Math.min(end, from) : end;
    }
    return key.substring(0, end);
  }

  private static List<String> core(
      List<String> tokens, Set<String> places, Words words, Set<String> placeTokens) {
    List<String> core = new ArrayList<>(tokens);
    for (String sponsor : Words.found(words.sponsors, String.join(" ", tokens))) {
      String without = (' ' + String.join(" ", core) + ' ').replace(' ' + sponsor + ' ', " ");
      keepIfItSays(core, without, words, placeTokens);
    }
    for (String place : places) {
      String joined = String.join(" ", core);
      if (joined.endsWith(' ' + place)) {
        keepIfItSays(
            core, joined.substring(0, joined.length() - place.length()), words, placeTokens);
      } else if (joined.startsWith(place + ' ')) {
        keepIfItSays(core, joined.substring(place.length()), words, placeTokens);
      }
    }
    return core;
  }

  /** Leaves words out only where the rest still says which house it is. */
  private static void keepIfItSays(
      List<String> core, String rest, Words words, Set<String> placeTokens) {
    List<String> tokens = rest.isBlank() ? List.of() : tokens(rest.strip());
    if (tokens.stream().mapToDouble(token -> weigh(token, words, placeTokens)).sum() >= OWN) {
      core.clear();
      core.addAll(tokens);
    }
  }

  private static boolean isKind(String key, Words words, Set<String> placeTokens) {
    return tokens(key).stream().allMatch(token -> weigh(token, words, placeTokens) < OWN);
  }

  private static double weigh(String token, Words words, Set<String> placeTokens) {
    if (placeTokens.contains(token)) {
      return PLACE;
    }
    return words.venueTypes.contains(token) ? KIND : words.weight(token) == 0 ? 0 : OWN;
  }

  /** Do its one or two words say only what kind of house it is, such as "Music Hall"? */
  boolean isGeneric() {
    return full.weights().size() < 3
        && full.weights().values().stream().allMatch(weight -> weight == KIND);
  }

  /** Does the other name go on after the kind of this house with another kind of house? */
  boolean isHouseOf(VenueName hall) {
    List<String> mine = core.tokens();
    List<String> theirs = hall.core.tokens();
    return theirs.size() > mine.size()
        && theirs.subList(0, mine.size()).equals(mine)
        && kinds.contains(mine.get(mine.size() - 1))
        && theirs.subList(mine.size(), theirs.size()).stream().anyMatch(hall.kinds::contains);
  }
}
