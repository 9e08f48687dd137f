package dev.backline.identity;

import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.Transliterator;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.apache.commons.text.StringEscapeUtils;

/**
 * The keys under which two spellings of a name are found to be the same. Names are compared by key
 * and shown as they came.
 *
 * @see <a href="https://www.unicode.org/reports/tr31/#NFKC_Modifications">UAX 31, NFKC_Casefold</a>
 */
public final class TextKeys {
  /** NFKC, full case folding, and no zero-width or direction marks, in one step. */
  private static final Normalizer2 FOLD = Normalizer2.getNFKCCasefoldInstance();

  private static final Transliterator LATIN =
      Transliterator.getInstance("Any-Latin; Latin-ASCII; Lower");

  private static final Pattern APOSTROPHES = Pattern.compile("['’‘‛ʼʻ´`′＇]");

  /** R.E.M., P.O.D.: points between single letters are no spaces. */
  private static final Pattern INITIALS = Pattern.compile("(?<=\\b\\p{L})\\.(?=\\p{L}(?:\\.|\\b))");

  private static final Pattern AND = Pattern.compile("[&+]");
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
  private static final Pattern TRAILING_THE = Pattern.compile(",\\s*the\\s*$");

  private TextKeys() {}

  /**
   * Two names with this key in common are written alike but for case, accents' encoding, marks,
   * punctuation, "&amp;" and a leading "The".
   *
   * @return the key; the text itself in NFC where fewer than two letters or digits are left of it,
   *     so that "!!!" and "+/-" stay two names
   */
  public static String name(String text) {
    String folded = FOLD.normalize(StringEscapeUtils.unescapeHtml4(text));
    String key = words(folded);
    return lettersIn(key) < 2 ? raw(text) : key;
  }

  /**
   * A second key in plain Latin letters: "Beyoncé" and "Beyonce", "Кино" and "Kino", "P!nk" and
   * "Pink". It never replaces the first.
   *
   * @return null where it would say the same as {@link #name}, or nothing
   */
  public static String transliterated(String text) {
    String key = name(text);
    String latin = latin(text, key);
    return latin.equals(key) ? null : latin;
  }

  /** Like {@link #transliterated}, but the name key where there is nothing to change. */
  static String latin(String text, String key) {
    if (key.equals(raw(text)) && lettersIn(key) < 2) {
      return key;
    }
    if (isPlain(text)) {
      return key;
    }
    String spelled =
        signsAsLetters(LATIN.transliterate(FOLD.normalize(StringEscapeUtils.unescapeHtml4(text))));
    String latin = words(spelled);
    return lettersIn(latin) < 2 ? key : latin;
  }

  /** The words of a name key in order of the alphabet: "Simone, Nina" is "Nina Simone". */
  public static String sortedTokens(String text) {
    String[] tokens = name(text).split(" ");
    Arrays.sort(tokens);
    return String.join(" ", tokens);
  }

  private static String words(String folded) {
    if (lettersIn(folded) < 2) {
      return "";
    }
    String text = TRAILING_THE.matcher(folded).replaceFirst("");
    text = APOSTROPHES.matcher(text).replaceAll("");
    text = INITIALS.matcher(text).replaceAll("");
    text = AND.matcher(text).replaceAll(" and ");
    text = NO_WORD.matcher(text).replaceAll(" ").strip();
    return text.startsWith("the ") && lettersIn(text) > 4 ? text.substring(4) : text;
  }

  private static boolean isPlain(String text) {
    return text.chars().allMatch(c -> c < 128 && c != '!' && c != '$' && c != '&');
  }

  /** Signs that stand for letters inside a word: Ke$ha, A$AP, P!nk. */
  private static String signsAsLetters(String text) {
    return text.replaceAll("(?<=\\p{L})!(?=\\p{L})", "i").replaceAll("(?<=\\p{L})\\$", "s");
  }

  private static String raw(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC).strip();
  }

  private static long lettersIn(String text) {
    return text.codePoints().filter(Character::isLetterOrDigit).limit(5).count();
  }
}
