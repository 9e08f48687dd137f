package dev.backline.land;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Query parameters of the addresses in an answer. */
final class Parameters {
  private static final String BEFORE = "[?&]|%3F|%26|\\\\u0026|\\\\u003[fF]|&amp;";
  private static final String AFTER = "&amp;|&|%26|\\\\u0026";

  private Parameters() {}

  /** The bytes without the named parameters, also where an address is written inside another. */
  static byte[] without(byte[] body, List<String> names) {
    // Latin-1 gives each byte a character of its own, so that all other bytes stay as they are.
    String text = new String(body, StandardCharsets.ISO_8859_1);
    String any = names.stream().map(Pattern::quote).collect(Collectors.joining("|"));
    Pattern parameter =
        Pattern.compile(
            "("
                + BEFORE
                + ")(?:"
                + any
                + ")(?:=|%3D|\\\\u003[dD])(?:(?!%26)[^&\"#\\\\\\s<>])*("
                + AFTER
                + ")?",
            Pattern.CASE_INSENSITIVE);
    String clean = text;
    String former;
    do { // Two in a row share the sign between them.
      former = clean;
      clean = parameter.matcher(former).replaceAll(Parameters::rest);
    } while (!clean.equals(former));
    return clean.equals(text) ? body : clean.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** What comes before stays where another parameter follows. */
  private static String rest(MatchResult found) {
    return found.group(2) == null ? "" : Matcher.quoteReplacement(found.group(1));
  }
}
