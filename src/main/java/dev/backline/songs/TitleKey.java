package dev.backline.songs;

import java.util.Locale;

/** Stands in until the real one is merged. */
public final class TitleKey {
  private TitleKey() {}

  public static String of(String title) {
    String key = title.toLowerCase(Locale.ROOT).strip();
    return key.isEmpty() ? title : key;
  }

  public static boolean isSong(String title) {
    return !title.isBlank();
  }
}
