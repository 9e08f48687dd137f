package dev.backline.songs;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Entries of a setlist that are nobody's song: {@code routes/rules/setlists.yaml}. */
public record NotSongs(Set<String> titles) {
  /**
   * @throws IllegalArgumentException in one line when the text is no such list
   */
  public static NotSongs parse(String yaml) {
    try {
      Object loaded = new Load(LoadSettings.builder().build()).loadFromString(yaml);
      if (loaded instanceof Map<?, ?> rules && rules.get("not-songs") instanceof List<?> titles) {
        return new NotSongs(
            titles.stream().map(title -> key(String.valueOf(title))).collect(Collectors.toSet()));
      }
      throw new IllegalArgumentException("not-songs must be a list of titles");
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException(e.getMessage().lines().findFirst().orElse(""), e);
    }
  }

  private static String key(String title) {
    return title.toLowerCase(Locale.ROOT).strip();
  }

  /** Whether a title that a source lists may be a song. */
  public boolean allow(String title) {
    return !titles.contains(key(title));
  }
}
