package dev.backline.songs;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Entries of a setlist that are nobody's song: {@code routes/rules/setlists.yaml}. */
public record NotSongs(Set<String> titles) {
  /**
   * @param tree the file's content
   * @throws IllegalArgumentException in one line when it holds no such list
   */
  public static NotSongs of(Object tree) {
    if (tree instanceof Map<?, ?> rules && rules.get("not-songs") instanceof List<?> titles) {
      return new NotSongs(
          titles.stream().map(title -> key(String.valueOf(title))).collect(Collectors.toSet()));
    }
    throw new IllegalArgumentException("not-songs must be a list of titles");
  }

  private static String key(String title) {
    return title.toLowerCase(Locale.ROOT).strip();
  }

  /** Whether a title that a source lists may be a song. */
  public boolean allow(String title) {
    return !titles.contains(key(title));
  }
}
