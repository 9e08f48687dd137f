package dev.backline.sandbox;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is searched for: words anywhere, and words of fields as {@code artist:"a name"}. Case and
 * accents do not count, and a part of a word is enough.
 */
final class SpotifyQuery {
  private static final Pattern FIELD =
      Pattern.compile("\\b(artist|track|album|isrc):(?:\"([^\"]*)\"|(\\S+))");

  private final Map<String, String> fields = new HashMap<>();
  private final List<String> words;

  SpotifyQuery(String text) {
    Matcher field = FIELD.matcher(text);
    while (field.find()) {
      String value = field.group(2) == null ? field.group(3) : field.group(2);
      fields.put(field.group(1), folded(value));
    }
    words = words(folded(field.replaceAll(" ")));
  }

  /** True when artists need no looking at but those of a name. */
  boolean namesArtist() {
    return fields.containsKey("artist");
  }

  boolean artist(String name) {
    return has("artist", name) && (namesArtist() || matches(name));
  }

  /** True when the name has a word of the query, so that a track of it may well be meant. */
  boolean touches(String name) {
    String folded = folded(name);
    return words.stream().anyMatch(folded::contains);
  }

  /** True when the artist is called exactly what is searched for. */
  boolean exactly(String name) {
    String wanted = namesArtist() ? fields.get("artist") : String.join(" ", words);
    return folded(name).equals(wanted);
  }

  boolean album(String artist, String album) {
    return has("artist", artist) && has("album", album) && matches(artist + " " + album);
  }

  boolean track(String artist, String album, Track track) {
    return has("artist", artist)
        && has("album", album)
        && has("track", track.name())
        && has("isrc", track.recording().isrc())
        && matches(artist + " " + album + " " + track.name());
  }

  private boolean has(String field, String text) {
    String value = fields.get(field);
    return value == null || all(words(value), text);
  }

  private boolean matches(String text) {
    return all(words, text);
  }

  private static boolean all(List<String> words, String text) {
    String folded = folded(text);
    return words.stream().allMatch(folded::contains);
  }

  private static List<String> words(String folded) {
    return Arrays.stream(folded.split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }

  private static String folded(String text) {
    if (text.chars().allMatch(c -> c < 0x80)) {
      return text.toLowerCase(Locale.ROOT).strip();
    }
    return Normalizer.normalize(text, Normalizer.Form.NFKD)
        .replaceAll("\\p{M}", "")
        .toLowerCase(Locale.ROOT)
        .strip();
  }
}
