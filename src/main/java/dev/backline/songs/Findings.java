package dev.backline.songs;

import dev.backline.songs.VersionRules.Phrase;
import dev.backline.songs.VersionRules.Place;
import dev.backline.songs.VersionRules.Sign;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Finds version words in a title or the name of a release and weighs them. */
final class Findings {
  private static final int MOST_OTHER_WORDS = 3;

  /**
   * A version word and what speaks for it.
   *
   * @param first the word of the title that it begins with
   * @param weight its own, that of its place and of what stands around it
   */
  record Finding(Phrase phrase, Place place, Word first, double weight) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s (%s) %+.1f",
          String.join(" ", phrase.words()),
          place.name().toLowerCase(Locale.ROOT).replace('_', ' '),
          weight);
    }
  }

  /** A phrase where it stands: words {@code from} to before {@code to}. */
  private record Hit(Phrase phrase, int from, int to) {}

  private final VersionRules rules;
  private final List<Word> words;
  private final List<Hit> hits = new ArrayList<>();
  private final boolean[] covered;

  private Findings(VersionRules rules, List<Word> words, boolean base) {
    this.rules = rules;
    this.words = words;
    this.covered = new boolean[words.size()];
    for (int at = 0; at < words.size(); at++) {
      Phrase phrase = rules.phrase(words, at);
      if (phrase != null && (!phrase.isCredit() || base || at == 0)) {
        int to = at + phrase.words().size();
        hits.add(new Hit(phrase, at, to));
        Arrays.fill(covered, at, to, !phrase.isCredit());
        at = to - 1;
      }
    }
  }

  /** Of a part of a title or of the name of a release. */
  static List<Finding> inPart(VersionRules rules, List<Word> words, Place place) {
    Findings found = new Findings(rules, words, false);
    return found.hits.stream().map(hit -> found.weigh(hit, place)).toList();
  }

  /** Of what stands in no part of a title. */
  static List<Finding> inBase(VersionRules rules, List<Word> words) {
    return inBase(rules, words, Place.START, Place.END, Place.INSIDE);
  }

  /** Of what stands in no part of the name of a release. */
  static List<Finding> inAlbum(VersionRules rules, List<Word> words) {
    return inBase(rules, words, Place.ALBUM_START, Place.ALBUM_END, Place.ALBUM_INSIDE);
  }

  private static List<Finding> inBase(
      VersionRules rules, List<Word> words, Place start, Place end, Place inside) {
    Findings found = new Findings(rules, words, true);
    return found.hits.stream()
        .map(hit -> found.weigh(hit, found.begins(hit) ? start : found.ends(hit) ? end : inside))
        .toList();
  }

  /** Whether nothing of weight stands before it. */
  private boolean begins(Hit hit) {
    for (int i = 0; i < hit.from(); i++) {
      if (!saysNothing(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether only years, places and other version words stand behind it. */
  private boolean ends(Hit hit) {
    if (hit.phrase().isCredit()) {
      return true; // What stands behind it are names.
    }
    for (int i = hit.to(); i < words.size(); i++) {
      if (rules.preposition(words.get(i).text()) != null && i + 1 < words.size()) {
        return true;
      }
      if (!saysNothing(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean saysNothing(int i) {
    return covered[i]
        || words.get(i).isNumber()
        || rules.fillers.contains(words.get(i).text())
        || rules.knownPlaces.contains(words.get(i).text());
  }

  private Finding weigh(Hit hit, Place place) {
    double weight = hit.phrase().weight() + rules.weight(place);
    int otherBefore = 0;
    if (place != Place.END && place != Place.ALBUM_END) {
      for (int i = 0; i < hit.from(); i++) {
        otherBefore += saysNothing(i) ? 0 : 1;
      }
    }
    int otherBehind = 0;
    boolean placed = false;
    for (int i = hit.to(); i < words.size() && !placed; i++) {
      Double preposition = rules.preposition(words.get(i).text());
      if (preposition != null && i + 1 < words.size()) {
        weight += preposition;
        placed = true;
      } else if (!saysNothing(i)) {
        otherBehind++;
      }
    }
    if (hit.phrase().isCredit()) {
      otherBehind = 0; // Names are what it is made of.
    }
    weight += rules.weight(Sign.WORD_BEFORE) * Math.min(otherBefore, MOST_OTHER_WORDS);
    weight += rules.weight(Sign.WORD_BEHIND) * Math.min(otherBehind, MOST_OTHER_WORDS);
    boolean base = place == Place.END || place == Place.START || place == Place.INSIDE;
    if (!base && otherBefore + otherBehind == 0 && !placed) {
      weight += rules.weight(Sign.ALONE);
    }
    if (words.subList(hit.to(), words.size()).stream().anyMatch(Word::isYear)) {
      weight += rules.weight(Sign.YEAR);
    }
    if (words.stream().anyMatch(word -> rules.knownPlaces.contains(word.text()))) {
      weight += rules.weight(Sign.KNOWN_PLACE);
    }
    if (isOfASentence(hit)) {
      weight += rules.weight(Sign.SENTENCE);
    }
    return new Finding(hit.phrase(), place, words.get(hit.from()), weight);
  }

  private boolean isOfASentence(Hit hit) {
    boolean before =
        hit.from() > 0
            && !covered[hit.from() - 1]
            && rules.before.contains(words.get(hit.from() - 1).text());
    for (int i = hit.to(); i < Math.min(hit.to() + 3, words.size()); i++) {
      if (covered[i]) {
        break;
      }
      boolean joined = i == hit.to() && i + 1 < words.size() && covered[i + 1]; // live and acoustic
      boolean near = i == hit.to() || rules.preposition(words.get(hit.to()).text()) != null;
      if (near && !joined && rules.behind.contains(words.get(i).text())) {
        return true;
      }
    }
    return before;
  }
}
