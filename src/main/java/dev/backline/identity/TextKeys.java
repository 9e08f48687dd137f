package dev.backline.identity;

import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.Transliterator;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
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

  /** Made with the first name that is not plain: its tables take a third of a second. */
  private static final class Latin {
    static final Transliterator RULES = Transliterator.getInstance("Any-Latin; Latin-ASCII; Lower");

    private Latin() {}
  }

  private static final Pattern APOSTROPHES = Pattern.compile("['’‘‛ʼʻ´`′＇]");

  /** R.E.M., P.O.D.: points between single letters are no spaces. */
  private static final Pattern INITIALS = Pattern.compile("(?<=\\b\\p{L})\\.(?=\\p{L}(?:\\.|\\b))");

  private static final Pattern AND = Pattern.compile("[&+]");
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
  private static final Pattern TRAILING_THE = Pattern.compile(",\\s*the\\s*$");

  private static final int THE = "the ".length();

  private TextKeys() {}

  /**
   * Two names with this key in common are written alike but for case, accents' encoding, marks,
   * punctuation, "&amp;" and a leading "The".
   *
   * @return the key; the text itself in NFC where fewer than two letters or digits are left of it,
   *     so that "!!!" and "+/-" stay two names
   */
  public static String name(String text) {
    String key = words(fold(text));
    String raw = raw(text);
    if (key.equals("the") && raw.regionMatches(true, 0, "the ", 0, THE)) {
      String bare = raw.substring(THE).strip();
      return lettersIn(bare) < 2 ? bare : key; // "The !!!" is "!!!", "The The" is not "The".
    }
    return lettersIn(key) < 2 ? raw : key;
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
    if (lettersIn(key) < 2 || isPlain(text)) {
      return key;
    }
    String spelled = signsAsLetters(Latin.RULES.transliterate(fold(text)));
    String latin = words(spelled);
    return lettersIn(latin) < 2 ? key : latin;
  }

  /** The words of a name key in order of the alphabet: "Simone, Nina" is "Nina Simone". */
  public static String sortedTokens(String text) {
    String[] tokens = name(text).split(" ");
    Arrays.sort(tokens);
    return String.join(" ", tokens);
  }

  private static String fold(String text) {
    String unescaped = text.indexOf('&') < 0 ? text : StringEscapeUtils.unescapeHtml4(text);
    return isAscii(unescaped) ? unescaped.toLowerCase(Locale.ROOT) : FOLD.normalize(unescaped);
  }

  private static String words(String folded) {
    if (lettersIn(folded) < 2) {
      return "";
    }
    String text = folded.indexOf(',') < 0 ? folded : TRAILING_THE.matcher(folded).replaceFirst("");
    if (text.indexOf('.') < 0 && isAscii(text)) {
      text = asciiWords(text);
    } else {
      text = APOSTROPHES.matcher(text).replaceAll("");
      text = INITIALS.matcher(text).replaceAll("");
      text = AND.matcher(text).replaceAll(" and ");
      text = NO_WORD.matcher(text).replaceAll(" ").strip();
    }
    return text.startsWith("the ") && lettersIn(text) > 4 ? text.substring(4) : text;
  }

  /** What the patterns do, for the letters that most names have: a tenth of the time. */
  private static String asciiWords(String text) {
    StringBuilder words = new StringBuilder(text.length() + 8);
    boolean space = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean and = c == '&' || c == '+';
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (letter || and) {
        words.append((space || and) && !words.isEmpty() ? " " : "");
        words.append(and ? "and" : c);
        space = and;
      } else if (c != '\'' && c != '`') {
        space = true;
      }
    }
    return words.toString();
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 127) {
        return false;
      }
    }
    return true;
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

  /** At most five. */
  private static int lettersIn(String text) {
    int letters = 0;
    for (int i = 0;
        i < text.length() && letters < 5;
        i += Character.charCount(text.codePointAt(i))) {
      letters += Character.isLetterOrDigit(text.codePointAt(i)) ? 1 : 0;
    }
    return letters;
  }
}
