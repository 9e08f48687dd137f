package dev.backline.songs;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A title taken apart: its base, and the parts that are set off from it by brackets or a dash, as
 * in {@code base (part) - part}. Which of them belong to the title is not known here.
 */
final class Title {
  private static final String OPENING = "([{（［【";
  private static final String CLOSING = ")]}）］】";
  private static final Pattern DASH = Pattern.compile(" [-–—] ");

  /**
   * What brackets or a dash set off.
   *
   * @param dash after a dash, else in brackets
   * @param from where it begins in the text, brackets or dash included
   * @param to where it ends
   */
  record Part(boolean dash, int from, int to, List<Word> words) {}

  private final String text;
  private final BitSet outside = new BitSet();
  private final List<Part> parts = new ArrayList<>();
  private final List<Word> base;
  private final int baseEnd;

  private Title(String text) {
    this.text = text;
    brackets();
    String plain = outsideOfBrackets();
    List<Integer> starts = new ArrayList<>();
    Matcher dash = DASH.matcher(plain);
    while (dash.find()) {
      if (!plain
          .substring(0, dash.start())
          .isBlank()) { // Else nothing is there to be set off from.
        starts.add(dash.start());
      }
    }
    baseEnd = starts.isEmpty() ? text.length() : starts.get(0);
    base = Word.of(plain, 0, baseEnd);
    starts.add(text.length());
    for (int i = 0; i + 1 < starts.size(); i++) {
      int to = starts.get(i + 1);
      parts.add(new Part(true, starts.get(i), to, Word.of(plain, starts.get(i), to)));
    }
  }

  static Title of(String title) {
    return new Title(TitleText.clean(title));
  }

  /** Notes the outermost brackets as parts; one that is never closed ends with the text. */
  private void brackets() {
    outside.set(0, text.length());
    int depth = 0;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      if (OPENING.indexOf(text.charAt(i)) >= 0) {
        from = depth++ == 0 ? i : from;
      } else if (CLOSING.indexOf(text.charAt(i)) >= 0 && depth > 0 && --depth == 0) {
        bracket(from, i + 1);
      }
    }
    if (depth > 0) {
      bracket(from, text.length());
    }
  }

  private void bracket(int from, int to) {
    parts.add(new Part(false, from, to, Word.of(text, from, to)));
    outside.clear(from, to);
  }

  /** The text with blanks in the place of brackets. */
  private String outsideOfBrackets() {
    StringBuilder plain = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      if (!outside.get(i)) {
        plain.setCharAt(i, ' ');
      }
    }
    return plain.toString();
  }

  String text() {
    return text;
  }

  /** Words that stand in no part. */
  List<Word> base() {
    return base;
  }

  /** Those in brackets, then those after dashes. */
  List<Part> parts() {
    return parts;
  }

  /** The places of a part; brackets that stand within what follows a dash are parts themselves. */
  BitSet placesOf(Part part) {
    return part.dash() ? outsideOfBrackets(part.from(), part.to()) : range(part.from(), part.to());
  }

  /** The places of the base from a word to its end. */
  BitSet placesFrom(Word word) {
    return outsideOfBrackets(word.from(), baseEnd);
  }

  private BitSet outsideOfBrackets(int from, int to) {
    BitSet places = range(from, to);
    places.and(outside);
    return places;
  }

  private static BitSet range(int from, int to) {
    BitSet range = new BitSet();
    range.set(from, to);
    return range;
  }

  /** The text without these places and without the blanks and commas that they leave behind. */
  String without(BitSet dropped) {
    if (dropped.isEmpty()) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      kept.append(dropped.get(i) ? ' ' : text.charAt(i));
    }
    return kept.toString().replaceAll(" +", " ").replaceAll("[ ,;:/-]+$", "").strip();
  }
}
