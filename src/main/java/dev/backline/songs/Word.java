package dev.backline.songs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A word of a title.
 *
 * @param text folded
 * @param from where it begins in the title
 */
record Word(String text, int from) {
  private static final Pattern WORD =
      Pattern.compile("@|[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N}]++|['’‘](?=\\p{L}))*+");
  private static final Pattern NUMBER = Pattern.compile("\\p{Nd}+");
  private static final Pattern YEAR = Pattern.compile("(?:19|20)?\\d\\d");

  /** The words between two places of a text; {@code @} is one. */
  static List<Word> of(String text, int from, int to) {
    List<Word> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(text).region(from, to);
    while (matcher.find()) {
      words.add(new Word(TitleText.fold(matcher.group()), matcher.start()));
    }
    return words;
  }

  boolean isNumber() {
    return NUMBER.matcher(text).matches();
  }

  /** 1994, or 94 as in Live '94. */
  boolean isYear() {
    return YEAR.matcher(text).matches();
  }
}
