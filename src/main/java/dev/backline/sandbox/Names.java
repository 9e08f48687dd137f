package dev.backline.sandbox;

import java.util.List;
import java.util.Locale;

/** Makes up names of artists and venues. */
final class Names {
  private static final List<String> SYLLABLES =
      List.of(
          "ka", "lo", "ven", "mir", "tos", "ru", "zel", "bra", "nix", "dor", "fi", "sha", "um",
          "pel", "gri", "no", "vas", "ti", "lum", "er", "do", "qui", "han", "je");
  private static final List<String> ADJECTIVES =
      List.of(
          "Velvet",
          "Broken",
          "Silver",
          "Quiet",
          "Burning",
          "Paper",
          "Electric",
          "Distant",
          "Hollow",
          "Golden",
          "Midnight",
          "Wild",
          "Frozen",
          "Crooked",
          "Neon",
          "Lonesome",
          "Static",
          "Second",
          "Pale",
          "Northern");
  private static final List<String> NOUNS =
      List.of(
          "Harbor",
          "Lantern",
          "Otter",
          "Engine",
          "Orchard",
          "Satellite",
          "River",
          "Cathedral",
          "Heron",
          "Machine",
          "Garden",
          "Parade",
          "Mirror",
          "Signal",
          "Sparrow",
          "Avenue",
          "Comet",
          "Winter",
          "Ghost",
          "Tiger",
          "Canyon",
          "Radio",
          "Ember",
          "Compass");
  private static final List<String> FIRST =
      List.of(
          "Ada", "Bruno", "Carla", "Dmitri", "Elena", "Femi", "Greta", "Hugo", "Ines", "Jonas",
          "Kaya", "Leo", "Mina", "Nils", "Olga", "Pablo", "Rosa", "Sven", "Tara", "Yusuf");
  private static final List<String> HALLS =
      List.of(
          "Arena",
          "Theatre",
          "Hall",
          "Ballroom",
          "Club",
          "Music Hall",
          "Stadium",
          "Pavilion",
          "Amphitheater",
          "Lounge",
          "Opera House",
          "Warehouse");
  private static final List<String> PUNCTUATION =
      List.of("!!!", "+/-", "?", "...", "***", "&&&", "#", "-", "(*)", "//", "!?");
  private static final List<String> CYRILLIC =
      List.of("Северный", "Ветер", "Чайник", "Громкая", "Тишина", "Полночь", "Река", "Ёлка");
  private static final List<String> JAPANESE =
      List.of("夜の", "電車", "猫", "東", "楽団", "青い", "森", "バンド", "ガール");
  private static final List<String> ARABIC =
      List.of("ليل", "نجوم", "صوت", "الريح", "المدينة", "قمر");
  private static final List<String> HEBREW = List.of("לילה", "כוכב", "רוח", "העיר", "ים");
  private static final List<String> TROUBLE =
      List.of("'; drop table artists; --", "=SUM(A1:A9)", "${7*7}", "\"quoted\\", "{{x}}", "NULL");

  /** How many kinds of hard names there are. */
  static final int HARD_KINDS = 12;

  private final Dice dice;

  Names(Dice dice) {
    this.dice = dice;
  }

  String artist(int index) {
    String adjective = pick(ADJECTIVES, Trait.ARTIST_NAME, index * 3L);
    String noun = pick(NOUNS, Trait.ARTIST_NAME, index * 3L + 1);
    String coined = coined(Trait.ARTIST_WORD, index);
    return switch (dice.below(8, Trait.ARTIST_SHAPE, index)) {
      case 0 -> "The " + adjective + " " + coined + "s";
      case 1 -> pick(FIRST, Trait.ARTIST_NAME, index * 3L + 2) + " " + coined;
      case 2 -> coined;
      case 3 -> coined + " & the " + noun + "s";
      case 4 -> adjective + " " + coined;
      case 5 -> noun + " of " + coined;
      case 6 -> coined + " " + noun;
      default -> adjective + " " + noun + " " + (dice.below(90, Trait.ARTIST_NAME, -index) + 10);
    };
  }

  /** A name that breaks careless programs: other scripts, marks, markup, code. */
  String hard(int kind, int index) {
    String coined = coined(Trait.ARTIST_WORD, index);
    return switch (kind) {
      case 0 -> pick(PUNCTUATION, Trait.ARTIST_NAME, index);
      case 1 -> pair(CYRILLIC, " ", index);
      case 2 -> pair(JAPANESE, "", index);
      case 3 -> pair(ARABIC, " ", index);
      case 4 -> pair(HEBREW, " ", index);
      case 5 -> "<script>alert('" + coined + "')</script>";
      case 6 -> coined + " \uD83C\uDFB8\uD83D\uDD25";
      case 7 -> "\u200F" + pair(ARABIC, " ", index) + "\u200E " + coined + "\u200B";
      case 8 -> "Salt &amp; " + coined;
      case 9 -> "Bjørn Ümläut " + coined + "é";
      case 10 -> "Noe\u0308l " + coined;
      default -> pick(TROUBLE, Trait.ARTIST_NAME, index);
    };
  }

  /** Another spelling of the same artist's name. */
  String variant(String name, int index) {
    return switch (dice.below(5, Trait.ARTIST_SHAPE, index)) {
      case 0 -> name.startsWith("The ") ? name.substring(4) : "The " + name;
      case 1 -> name.toUpperCase(Locale.ROOT);
      case 2 -> name + " (Band)";
      case 3 -> name.contains(" & ") ? name.replace(" & ", " and ") : name + " Official";
      default -> name + ".";
    };
  }

  /** As a catalogue sorts it: "Lantern, The" and "Kalo, Ada". */
  static String sortName(String name) {
    if (name.startsWith("The ")) {
      return name.substring(4) + ", The";
    }
    int space = name.indexOf(' ');
    boolean person = space > 0 && FIRST.contains(name.substring(0, space));
    return person ? name.substring(space + 1) + ", " + name.substring(0, space) : name;
  }

  String other(Segment segment, int index) {
    String coined = coined(Trait.ARTIST_WORD, index);
    String noun = pick(NOUNS, Trait.ARTIST_NAME, index);
    return segment == Segment.SPORTS ? coined + " " + noun + "s" : "The " + coined + " Ballet";
  }

  String venue(int index) {
    String hall = pick(HALLS, Trait.VENUE_NAME, index * 2L);
    String coined = coined(Trait.VENUE_WORD, index);
    return switch (dice.below(4, Trait.VENUE_NAME, index * 2L + 1)) {
      case 0 -> "The " + coined;
      case 1 -> pick(NOUNS, Trait.VENUE_WORD, -index) + " " + hall;
      case 2 -> "The " + coined + " " + hall;
      default -> coined + " " + hall;
    };
  }

  String tour(int index) {
    return pick(ADJECTIVES, Trait.EVENT_TOUR, index * 2L)
        + " "
        + pick(NOUNS, Trait.EVENT_TOUR, index * 2L + 1);
  }

  String coined(Trait trait, long index) {
    StringBuilder word = new StringBuilder();
    long bits = dice.roll(trait, index);
    int syllables = 3 + (int) (bits >>> 63);
    for (int i = 0; i < syllables; i++) {
      bits = Dice.mix(bits + i + 1);
      word.append(SYLLABLES.get((int) ((bits >>> 33) % SYLLABLES.size())));
    }
    word.setCharAt(0, Character.toUpperCase(word.charAt(0)));
    return word.toString();
  }

  /** Stray white space as the API has it: in front, behind, or doubled inside. */
  static String spaced(String name, int kind) {
    return switch (kind) {
      case 0 -> " " + name;
      case 1 -> name + " ";
      case 2 -> name + "\t";
      default -> name.contains(" ") ? name.replaceFirst(" ", "  ") : name + "  ";
    };
  }

  private String pair(List<String> words, String between, int index) {
    return pick(words, Trait.ARTIST_NAME, index * 3L)
        + between
        + pick(words, Trait.ARTIST_NAME, index * 3L + 1);
  }

  private String pick(List<String> words, Trait trait, long index) {
    return words.get(dice.below(words.size(), trait, index));
  }
}
