package dev.backline.identity;

import java.util.Map;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * How like two names are.
 *
 * @param line says so to a person
 */
record Likeness(Kind kind, String line) {
  enum Kind {
    /** One name, written in two ways. */
    EQUAL,
    /** A letter or a word that says little is different. */
    NEAR,
    /** All that one name says is in the other, which says more. */
    PART,
    DIFFERENT
  }

  /**
   * Names as like as this are near. "Ryman Hall" and "Ryman Auditorium" reach 0.80, a wrong letter
   * in a word of seven 0.86, "Queen" and "Queens" 0.83, "Yes" and "Yesterday" 0.33.
   */
  static final double NEAR = 0.85;

  private static final int FUZZY_LENGTH = 6;
  private static final double FUZZY = 0.9;
  private static final LevenshteinDistance ONE_LETTER = new LevenshteinDistance(1);
  private static final LevenshteinDistance LETTERS = LevenshteinDistance.getDefaultInstance();

  static Likeness of(Name a, Name b) {
    if (a.key().equals(b.key())) {
      return new Likeness(
          Kind.EQUAL, a.text().equals(b.text()) ? "names equal" : "names equal but for spelling");
    }
    if (a.tokens().equals(b.tokens())) {
      return new Likeness(Kind.EQUAL, "names equal in plain letters");
    }
    if (a.sorted().equals(b.sorted())) {
      return new Likeness(Kind.EQUAL, "same words in another order");
    }
    if (a.squashed().equals(b.squashed())) {
      return new Likeness(Kind.EQUAL, "names equal without spaces");
    }
    if (!a.numbers().equals(b.numbers())) {
      return new Likeness(Kind.DIFFERENT, "numbers in the names differ");
    }
    double similarity = similarity(a, b);
    if (similarity >= NEAR) {
      return new Likeness(Kind.NEAR, "names alike");
    }
    double shared = shared(a, b);
    if (shared > 0 && shared >= Math.min(a.weight(), b.weight()) - 1e-9) {
      return new Likeness(Kind.PART, "one name is part of the other");
    }
    return new Likeness(Kind.DIFFERENT, "names differ");
  }

  /** The better of two views: shared words by what they say (Dice), and letters (Levenshtein). */
  static double similarity(Name a, Name b) {
    double all = a.weight() + b.weight();
    double byWords = all == 0 ? 0 : 2 * shared(a, b) / all;
    int longer = Math.max(a.squashed().length(), b.squashed().length());
    int shorter = Math.min(a.squashed().length(), b.squashed().length());
    if (longer == 0 || byWords >= NEAR || shorter < longer * NEAR) {
      return byWords;
    }
    double byLetters = 1 - LETTERS.apply(a.squashed(), b.squashed()) / (double) longer;
    return Math.max(byWords, byLetters);
  }

  /** Weight of the words that both names have; one wrong letter in a long word costs a tenth. */
  private static double shared(Name a, Name b) {
    double shared = 0;
    for (Map.Entry<String, Double> word : a.weights().entrySet()) {
      if (word.getValue() == 0) {
        continue;
      }
      if (b.weights().containsKey(word.getKey())) {
        shared += word.getValue();
      } else if (word.getKey().length() >= FUZZY_LENGTH && hasAlmost(b, a, word.getKey())) {
        shared += FUZZY * word.getValue();
      }
    }
    return shared;
  }

  private static boolean hasAlmost(Name name, Name other, String word) {
    for (String candidate : name.weights().keySet()) {
      if (Math.abs(candidate.length() - word.length()) <= 1
          && candidate.length() >= FUZZY_LENGTH
          && !other.weights().containsKey(candidate)
          && ONE_LETTER.apply(candidate, word) >= 0) {
        return true;
      }
    }
    return false;
  }
}
