package dev.backline.identity;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A listing as a ticket seller names it.
 *
 * @param offer is it something sold beside a show (VIP, parking, lounge), not a show?
 * @param pass does it let in to several shows?
 * @param name without offer words: the show's; the name as it came where nothing else is left
 */
public record Offers(boolean offer, boolean pass, String name) {

  /**
   * A part of the name ("VIP Parking" of "Foo Fighters - VIP Parking") is an offer where it holds a
   * phrase that says so, or where all its words are of offers: "Gold Lounge" is one, "Tokio Hotel"
   * is none.
   */
  public static Offers of(String listing, Words words) {
    boolean pass = !Words.found(words.passes, TextKeys.name(listing)).isEmpty();
    List<String> offers =
        Parts.of(listing).stream().filter(part -> isOffer(TextKeys.name(part), words)).toList();
    if (offers.isEmpty()) {
      return new Offers(false, pass, listing);
    }
    List<String> whole = offers.stream().filter(part -> isOnlyOffer(part, words)).toList();
    String name = Parts.without(listing, whole);
    for (String part : offers) {
      if (!whole.contains(part)) {
        name = name.replace(part, withoutPhrases(part, words)).strip();
      }
    }
    return new Offers(true, pass, name.isEmpty() ? listing : name);
  }

  private static boolean isOffer(String key, Words words) {
    return !Words.found(words.strongOffers, key).isEmpty() || isOnlyOffer(key, words);
  }

  /** Is nothing but an offer said? */
  private static boolean isOnlyOffer(String part, Words words) {
    String key = TextKeys.name(part);
    Set<String> strong = Words.found(words.strongOffers, key);
    String rest = ' ' + key + ' ';
    for (String phrase : strong) {
      rest = rest.replace(' ' + phrase + ' ', " ");
    }
    boolean offered = !strong.isEmpty();
    for (String token : rest.strip().split(" ")) {
      if (words.offerWords.contains(token)) {
        offered = true;
      } else if (!token.isEmpty() && !words.withOffers.contains(token)) {
        return false;
      }
    }
    return offered;
  }

  private static String withoutPhrases(String part, Words words) {
    String rest = part;
    for (String phrase : Words.found(words.strongOffers, TextKeys.name(part))) {
      String spelled = Pattern.quote(phrase).replace(" ", "\\E[\\s\\p{Punct}]+\\Q");
      rest = Pattern.compile(spelled, FLAGS).matcher(rest).replaceAll("");
    }
    return rest.strip().replaceAll("\\s{2,}", " ");
  }

  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
}
