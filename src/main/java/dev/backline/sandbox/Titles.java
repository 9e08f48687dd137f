package dev.backline.sandbox;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Makes up titles of songs. */
final class Titles {
  /**
   * Titles that mislead: words of versions that belong to the title, words that merely contain one,
   * brackets, numbers, other scripts. The titles of one entry come together, as they must stay
   * apart.
   */
  static final List<List<String>> HARD =
      List.of(
          List.of("Live Forever"),
          List.of("Live and Let Die"),
          List.of("Alive"),
          List.of("Long Live"),
          List.of("Obsession"),
          List.of("Heat Waves"),
          List.of("Delivery"),
          List.of("Remix to Combustion"),
          List.of("東京", "大阪"),
          List.of("Echo (Part 1)", "Echo (Part 2)"),
          List.of("Станция", "Полночный поезд"),
          List.of("(I Can't Get No) Something"),
          List.of("Don't Look Down"),
          List.of("1979½"),
          List.of("22"),
          List.of("99 Days"),
          List.of("Salt & Sugar"),
          List.of("Bread and Butter"),
          List.of("Where We Live"),
          List.of("Live Wire"),
          List.of("Demolition"),
          List.of("Demo Derby"),
          List.of("Acoustic Mirror"),
          List.of("Radio Silence"),
          List.of("Radio Edit of My Life"),
          List.of("Version of You"),
          List.of("Monologue"),
          List.of("Instrumental Error"),
          List.of("Karaoke Nights"),
          List.of("Edit the Sky"),
          List.of("Single File"),
          List.of("Clean Hands"),
          List.of("It's Alright (Don't Worry)"),
          List.of("What's the Frequency?"),
          List.of("Stop! (In the Name of Nothing)"),
          List.of("Déjà Vu", "Deja Blue"),
          List.of("Live at Nine"),
          List.of("Remastering Me"),
          List.of("M.A.D."),
          List.of("夜に歩く"));

  private static final Pattern MARKS = Pattern.compile("[^\\p{L}\\p{N}]");
  private static final List<String> ADJECTIVES =
      List.of(
          "Hollow",
          "Silver",
          "Crooked",
          "Slow",
          "Borrowed",
          "Blue",
          "Distant",
          "Paper",
          "Quiet",
          "Golden",
          "Reckless",
          "Empty",
          "Burning",
          "Second",
          "Lonesome",
          "Electric",
          "Violet",
          "Tender",
          "Broken",
          "Bright",
          "Winter",
          "Wasted",
          "Gentle",
          "Strange");
  private static final List<String> NOUNS =
      List.of(
          "Highway",
          "Summer",
          "Letter",
          "Stranger",
          "Morning",
          "Mirror",
          "Garden",
          "Fever",
          "Machine",
          "Ocean",
          "Promise",
          "Tuesday",
          "Shadow",
          "Telephone",
          "Weather",
          "Parade",
          "Secret",
          "Kitchen",
          "Hurricane",
          "Window",
          "Satellite",
          "Avenue",
          "Hunter",
          "River");
  private static final List<String> VERBS =
      List.of(
          "Run", "Dance", "Wait", "Drive", "Fall", "Sing", "Stay", "Dream", "Burn", "Walk",
          "Breathe", "Wander", "Swim", "Talk", "Hide", "Shine");

  /** How many titles {@link #plain} can make before they repeat. */
  static final int PLAIN = 8 * 24 * 24;

  private Titles() {}

  /** An everyday English title; {@code number} from 0 to {@link #PLAIN}. */
  static String plain(int number) {
    String noun = NOUNS.get(number % 24);
    String adjective = ADJECTIVES.get(number / 24 % 24);
    String verb = VERBS.get(number / 24 % 16);
    return switch (number / 576) {
      case 0 -> adjective + " " + noun;
      case 1 -> verb + " Like a " + noun;
      case 2 -> "The " + noun + " Song";
      case 3 -> verb + " with Me, " + noun;
      case 4 -> noun + "'s " + adjective + " Heart";
      case 5 -> "Don't " + verb + " (" + noun + ")";
      case 6 -> noun;
      default -> verb + " Me to the " + noun;
    };
  }

  /** Equal for titles that no two songs of an artist may have. */
  static String key(String title) {
    String lower =
        Normalizer.normalize(title, Normalizer.Form.NFKD)
            .replace("&", "and")
            .toLowerCase(Locale.ROOT);
    return MARKS.matcher(lower).replaceAll("");
  }
}
