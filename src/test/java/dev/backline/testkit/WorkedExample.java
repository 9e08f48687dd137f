package dev.backline.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fifth source of docs/adding-a-source.md: the fenced blocks of the page and their files. */
public final class WorkedExample {
  /** Where the page puts its files, but for the settings. */
  public static final String FOLDER = "routes/sources/gigguide/";

  public static final String SETTINGS = "config/application.properties";

  private static final Path PAGE = Path.of("docs", "adding-a-source.md");

  /** <code>```language file append</code>; the last two may be missing. */
  private static final Pattern BLOCK =
      Pattern.compile("(?ms)^```(\\w+)(?: ([^ \n]+))?( append)?\n(.*?)^```$");

  /**
   * A fenced block.
   *
   * @param file where its text goes; null: it is no file
   * @param append whether to the end of a file that is there, else it is a new one
   */
  public record Block(String language, String file, boolean append, String text) {}

  private WorkedExample() {}

  /** All blocks in their order. */
  public static List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    Matcher block = BLOCK.matcher(page());
    while (block.find()) {
      blocks.add(new Block(block.group(1), block.group(2), block.group(3) != null, block.group(4)));
    }
    return blocks;
  }

  private static String page() {
    try {
      return Files.readString(PAGE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The blocks that are files. */
  public static List<Block> files() {
    return blocks().stream().filter(block -> block.file() != null).toList();
  }

  /** What stands in a file of the page's folder. */
  public static String text(String name) {
    return files().stream()
        .filter(block -> block.file().equals(FOLDER + name))
        .map(Block::text)
        .findFirst()
        .orElseThrow(() -> new AssertionError(PAGE + " has no block " + FOLDER + name));
  }

  /** The lines that are to be typed, in their order. */
  public static List<String> typed() {
    return blocks().stream()
        .filter(block -> block.language().equals("sh"))
        .flatMap(block -> block.text().lines())
        .toList();
  }

  /** Writes the page's files below a folder, as a reader of the page does. */
  public static void writeTo(Path home) {
    try {
      for (Block block : files()) {
        Path file = home.resolve(block.file());
        Files.createDirectories(file.getParent());
        OpenOption[] how =
            block.append()
                ? new OpenOption[] {StandardOpenOption.APPEND}
                : new OpenOption[] {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};
        Files.writeString(file, block.text(), how);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes one file of the page's folder into another folder, under its own name. */
  public static Path write(String name, Path folder) {
    try {
      return Files.writeString(folder.resolve(name), text(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
