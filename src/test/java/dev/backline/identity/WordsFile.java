package dev.backline.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The words that are shipped. */
public final class WordsFile {
  private WordsFile() {}

  public static Words load() {
    try {
      return Words.parse(Files.readString(Path.of("routes", "rules", "words.yaml")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
