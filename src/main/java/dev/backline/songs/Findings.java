package dev.backline.songs;

import dev.backline.songs.VersionRules.Phrase;
import dev.backline.songs.VersionRules.Place;
import dev.backline.songs.VersionRules.Sign;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds version words among words that stand together, and weighs each where it stands. */
final class Findings {
  private static final int MOST_OTHER_WORDS = 3;

  /** How far behind at, from, in … the word stands that says whether a place is meant. */
  private static final int NAME_BEGINS_WITHIN = 2;

  /**
   * A version word and what speaks for it.
   *
   * @param first the word of the title that it begins with
   * @param weight its own, that of its place and of what stands around it
   */
  record Finding(Phrase phrase, Place place, Word first, double weight) {
    @Override
    public String toString() {
      String where = place.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      return String.format(
          Locale.ROOT, "%s (%s) %+.1f", String.join(" ", phrase.words()), where, weight);
    }
  }

  /** A phrase where it stands: words {@code from} to before {@code to}. */
  private record Hit(Phrase phrase, int from, int to) {}

  private final VersionRules rules;
  private final List<Word> words;
  private final List<Hit> hits = new ArrayList<>();

  /** Words that are part of a hit; names of guests are not. */
  private final BitSet covered = new BitSet();

  private Findings(VersionRules rules, List<Word> words) {
    this.rules = rules;
    this.words = words;
    for (int at = 0; at < words.size(); at++) {
      Phrase phrase = rules.phrase(words, at);
      if (phrase != null) {
        Hit hit = new Hit(phrase, at, at + phrase.words().size());
        hits.add(hit);
        covered.set(hit.from(), hit.to(), !phrase.isCredit());
        at = hit.to() - 1;
      }
    }
  }

  /** Of a part of a title, or of the name of a release. */
  static List<Finding> inPart(VersionRules rules, List<Word> words, Place place) {
    Findings found = new Findings(rules, words);
    return found.hits.stream()
        .filter(hit -> !hit.phrase().isCredit() || hit.from() == 0)
        .map(hit -> found.weigh(hit, place))
        .toList();
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
    Findings found = new Findings(rules, words);
    return found.hits.stream()
        .map(hit -> found.weigh(hit, found.begins(hit) ? start : found.ends(hit) ? end : inside))
        .toList();
  }

  /** Whether nothing of weight stands before it. */
  private boolean begins(Hit hit) {
    return others(0, hit.from()) == 0;
  }

  /**
   * Whether nothing of weight stands behind it but the place of a concert or the names of guests.
   */
  private boolean ends(Hit hit) {
    int end = preposition(hit);
    return hit.phrase().isCredit() || others(hit.to(), end < 0 ? words.size() : end) == 0;
  }

  private Finding weigh(Hit hit, Place place) {
    boolean base = place == Place.START || place == Place.END || place == Place.INSIDE;
    boolean titleBefore = place == Place.END || place == Place.ALBUM_END;
    int preposition = preposition(hit);
    int before = titleBefore ? 0 : others(0, hit.from());
    int behind =
        hit.phrase().isCredit()
            ? 0
            : others(hit.to(), preposition < 0 ? words.size() : preposition);
    double weight = hit.phrase().weight() + rules.weight(place);
    weight += rules.weight(Sign.WORD_BEFORE) * Math.min(before, MOST_OTHER_WORDS);
    weight += rules.weight(Sign.WORD_BEHIND) * Math.min(behind, MOST_OTHER_WORDS);
    if (preposition >= 0) {
      weight += rules.preposition(words.get(preposition).text());
    } else if (!base && before + behind == 0) {
      weight += rules.weight(Sign.ALONE);
    }
    if (words.subList(hit.to(), words.size()).stream().anyMatch(Word::isYear)) {
      weight += rules.weight(Sign.YEAR);
    }
    if (words.stream().anyMatch(word -> rules.knownPlaces.contains(word.text()))) {
      weight += rules.weight(Sign.KNOWN_PLACE);
    }
    if (isOfASentence(hit, preposition)) {
      weight += rules.weight(Sign.SENTENCE);
    }
    return new Finding(hit.phrase(), place, words.get(hit.from()), weight);
  }

  /**
   * The first at, from, in … behind a hit that has a name behind it; below 0 where there is none.
   */
  private int preposition(Hit hit) {
    for (int i = hit.to(); i + 1 < words.size(); i++) {
      if (rules.preposition(words.get(i).text()) != null) {
        return i;
      }
    }
    return -1;
  }

  /** How many words say something that is no version, year or place. */
  private int others(int from, int to) {
    int others = 0;
    for (int i = from; i < to; i++) {
      Word word = words.get(i);
      boolean saysNothing =
          covered.get(i)
              || word.isNumber()
              || rules.fillers.contains(word.text())
              || rules.knownPlaces.contains(word.text());
      others += saysNothing ? 0 : 1;
    }
    return others;
  }

  /** To live, live your life, live in the moment. */
  private boolean isOfASentence(Hit hit, int preposition) {
    boolean led = is(rules.sentenceBefore, hit.from() - 1);
    boolean joined = covered.get(hit.to() + 1); // live and acoustic
    boolean followed = !joined && is(rules.sentenceBehind, hit.to());
    boolean nowhere = false;
    for (int i = 1; preposition == hit.to() && i <= NAME_BEGINS_WITHIN; i++) {
      nowhere |= is(rules.noPlaces, preposition + i);
    }
    return led || followed || nowhere;
  }

  private boolean is(Set<String> list, int i) {
    return i >= 0 && i < words.size() && !covered.get(i) && list.contains(words.get(i).text());
  }
}
