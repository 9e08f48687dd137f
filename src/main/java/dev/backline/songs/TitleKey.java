package dev.backline.songs;

import dev.backline.songs.Findings.Finding;
import dev.backline.songs.VersionRules.Place;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * By which key the titles of one song are the same: what says which version it is, who is a guest
 * and how it is written does not count, what belongs to the title does. "Yellow - 2011 Remaster"
 * and "YELLOW (Live)" are {@code yellow}; "(Part 1)" and "Pt. II" stay {@code part 1} and {@code
 * part 2}; every script keeps its letters; "!!!" is its own key.
 */
public final class TitleKey {
  /** What stands in a unique index cannot be of any length. */
  private static final int LONGEST = 500;

  private static final Pattern ACRONYM_DOT = Pattern.compile("(?U)\\b(\\p{L})\\.(?=\\p{L}\\b)");
  private static final Pattern SPECIAL = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
  private static final Pattern SAYS_SOMETHING = Pattern.compile("[\\p{L}\\p{N}]");
  private static final Pattern ROCK_N_ROLL = Pattern.compile("(?<=\\S) n (?=\\S)");
  private static final Pattern PART = Pattern.compile("\\b(?:pts?|parts?)\\b");
  private static final Map<String, String> NUMERALS =
      Map.ofEntries(
          Map.entry("i", "1"),
          Map.entry("ii", "2"),
          Map.entry("iii", "3"),
          Map.entry("iv", "4"),
          Map.entry("v", "5"),
          Map.entry("vi", "6"),
          Map.entry("vii", "7"),
          Map.entry("viii", "8"),
          Map.entry("ix", "9"),
          Map.entry("x", "10"),
          Map.entry("one", "1"),
          Map.entry("two", "2"),
          Map.entry("three", "3"),
          Map.entry("four", "4"),
          Map.entry("five", "5"));

  private final VersionRules rules;

  public TitleKey(VersionRules rules) {
    this.rules = rules;
  }

  /** The key of a title, 1 to 500 characters. */
  public String of(String title) {
    String song = song(title);
    String key = SAYS_SOMETHING.matcher(song).find() ? normalise(song) : song;
    return shorten(key);
  }

  /**
   * The title of the song that a recording's title names: "Yellow - 2011 Remaster" is "Yellow".
   * Never empty.
   */
  public String song(String title) {
    Title parsed = Title.of(title);
    if (parsed.text().isEmpty()) {
      return title; // Nothing but what nobody sees.
    }
    BitSet dropped = new BitSet();
    boolean versionsBegan = false;
    for (Title.Part part : parsed.parts()) {
      Place place = part.dash() ? Place.DASH : Place.BRACKET;
      boolean version = counts(Findings.inPart(rules, part.words(), place));
      versionsBegan |=
          version && part.dash(); // "- Live - Wembley 1986": what follows goes with it.
      if (version || (part.dash() && versionsBegan)) {
        dropped.or(parsed.placesOf(part));
      }
    }
    Findings.inBase(rules, parsed.base()).stream()
        .filter(finding -> finding.place() == Place.END && finding.weight() > rules.doubt)
        .findFirst()
        .ifPresent(finding -> dropped.or(parsed.placesFrom(finding.first())));
    String song = parsed.without(dropped);
    return shorten(song.isEmpty() ? parsed.text() : song);
  }

  private boolean counts(List<Finding> findings) {
    return findings.stream().anyMatch(finding -> finding.weight() > rules.doubt);
  }

  private static String normalise(String song) {
    String spelled = TitleText.fold(song).replaceAll("[&+＆]", " and ");
    String plain = ACRONYM_DOT.matcher(spelled).replaceAll("$1");
    String spaced = SPECIAL.matcher(plain).replaceAll(" ").strip();
    return numberParts(ROCK_N_ROLL.matcher(spaced).replaceAll(" and "));
  }

  /** "pt ii" as "part 2"; a range, "parts i v", as "part 1 5". */
  private static String numberParts(String text) {
    if (!PART.matcher(text).find()) {
      return text;
    }
    String[] words = text.split(" ");
    boolean numbering = false;
    for (int i = 0; i < words.length; i++) {
      if (PART.matcher(words[i]).matches()) {
        words[i] = "part";
        numbering = true;
      } else {
        numbering = numbering && (NUMERALS.containsKey(words[i]) || words[i].matches("\\d+"));
        words[i] = numbering ? NUMERALS.getOrDefault(words[i], words[i]) : words[i];
      }
    }
    return String.join(" ", words);
  }

  private static String shorten(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end).strip();
  }
}
