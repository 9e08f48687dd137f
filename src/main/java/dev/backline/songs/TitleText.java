package dev.backline.songs;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How titles are written alike: what every comparison of titles begins with. */
final class TitleText {
  private static final Map<String, String> ENTITIES =
      Map.of("amp", "&", "quot", "\"", "apos", "'", "lt", "<", "gt", ">", "nbsp", " ");
  private static final Pattern ENTITY =
      Pattern.compile("&(?:#(\\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(amp|quot|apos|lt|gt|nbsp));");

  /** Zero-width characters, soft hyphens and marks that only change the direction of writing. */
  private static final Pattern INVISIBLE =
      Pattern.compile("[\\u00ad\\u061c\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff]");

  private static final Pattern SPACES = Pattern.compile("(?U)\\s+");
  private static final Pattern LATIN_WITH_MARKS = Pattern.compile("(\\p{IsLatin})\\p{Mn}+");
  private static final Pattern APOSTROPHES = Pattern.compile("['’‘ʼ`´′]");

  private TitleText() {}

  /** The title as a reader sees it: no HTML, nothing invisible, single spaces, NFC. */
  static String clean(String title) {
    String visible = INVISIBLE.matcher(unescape(title)).replaceAll("");
    String spaced = SPACES.matcher(visible).replaceAll(" ").strip();
    return Normalizer.normalize(spaced, Normalizer.Form.NFC);
  }

  private static String unescape(String text) {
    return ENTITY
        .matcher(text)
        .replaceAll(
            entity -> {
              String named = entity.group(3);
              int point =
                  entity.group(1) != null
                      ? Integer.parseInt(entity.group(1))
                      : named == null ? Integer.parseInt(entity.group(2), 16) : 0;
              boolean character =
                  Character.isValidCodePoint(point)
                      && point != 0
                      && Character.getType(point) != Character.SURROGATE;
              String plain =
                  named != null
                      ? ENTITIES.get(named)
                      : character ? Character.toString(point) : entity.group();
              return Matcher.quoteReplacement(plain);
            });
  }

  /**
   * Compatible forms and cases made one (NFKC), marks taken from Latin letters and no others (が
   * stays が), no apostrophes.
   */
  static String fold(String text) {
    String compatible = Normalizer.normalize(text, Normalizer.Form.NFKC);
    String folded = compatible.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).replace('ς', 'σ');
    String apart = Normalizer.normalize(folded, Normalizer.Form.NFD);
    String plain = LATIN_WITH_MARKS.matcher(apart).replaceAll("$1");
    return APOSTROPHES.matcher(Normalizer.normalize(plain, Normalizer.Form.NFKC)).replaceAll("");
  }
}
