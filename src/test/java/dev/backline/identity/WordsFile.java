package dev.backline.identity;

import dev.backline.reload.RouteSet;
import java.nio.file.Path;

/** The words that are shipped. */
public final class WordsFile {
  private WordsFile() {}

  public static Words load() {
    return Words.of(RouteSet.read(Path.of("routes")).rules("words"));
  }
}
