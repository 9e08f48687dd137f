package dev.backline.reload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * Everything under {@code routes/} as it was at one moment: file names with slashes, such as {@code
 * routes/flow/land.camel.yaml}, and what they hold. A node runs on one of these and never on the
 * folder itself, so that a file that is half written or was refused is used by nobody.
 */
public final class RouteSet {
  /** Endings of what editors write beside a file. */
  private static final List<String> UNFINISHED = List.of("~", ".swp", ".tmp", ".bak");

  private static final String MODULES = "sources/";

  private final String root;
  private final SortedMap<String, String> files;
  private final Map<String, String> modules;

  private RouteSet(String root, SortedMap<String, String> files) {
    this.root = root;
    this.files = Collections.unmodifiableSortedMap(files);
    Map<String, String> below = new TreeMap<>();
    String prefix = root + "/" + MODULES;
    files.forEach(
        (name, text) -> {
          if (name.startsWith(prefix) && name.matches(".*\\.(jq|json)")) {
            below.put(name.substring(prefix.length()), text);
          }
        });
    this.modules = Collections.unmodifiableMap(below);
  }

  /**
   * Reads the folder; files that editors leave beside the real ones are no part of it.
   *
   * @throws UncheckedIOException when a file cannot be read, or went away meanwhile
   */
  public static RouteSet read(Path folder) {
    String root = folder.getFileName().toString();
    SortedMap<String, String> files = new TreeMap<>();
    for (Path file : list(folder)) {
      try {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        files.put(root + "/" + folder.relativize(file).toString().replace('\\', '/'), text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new RouteSet(root, files);
  }

  /** The files of the folder that count, in order; none where there is no folder. */
  static List<Path> list(Path folder) {
    List<Path> files = new ArrayList<>();
    visit(folder, (file, attributes) -> files.add(file));
    Collections.sort(files);
    return files;
  }

  /** The same in any order, each with its attributes: asked for once, for who looks often. */
  static void visit(Path folder, BiConsumer<Path, BasicFileAttributes> seen) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              if (counts(folder.relativize(file))
                  && (attributes.isRegularFile() || Files.isRegularFile(file))) {
                seen.accept(
                    file,
                    attributes.isSymbolicLink()
                        ? Files.readAttributes(file, BasicFileAttributes.class)
                        : attributes);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean counts(Path below) {
    for (Path part : below) {
      String name = part.toString();
      if (name.startsWith(".")
          || name.startsWith("#")
          || UNFINISHED.stream().anyMatch(name::endsWith)) {
        return false;
      }
    }
    return true;
  }

  /** The folder's own name. */
  String root() {
    return root;
  }

  public Set<String> names() {
    return files.keySet();
  }

  /** What a file holds; null where there is none of that name. */
  public String text(String name) {
    return files.get(name);
  }

  /**
   * What a YAML file means, as maps, lists and text: comments and layout do not count.
   *
   * @param name of a file that is there and is YAML, as {@link RouteChecks} knows
   */
  public Object tree(String name) {
    return Yaml.parse(text(name)).meaning();
  }

  /** The files below a folder of this one, such as {@code entities}, whose names end so. */
  public SortedMap<String, String> below(String folder, String suffix) {
    SortedMap<String, String> found = new TreeMap<>();
    String prefix = folder.isEmpty() ? root + "/" : root + "/" + folder + "/";
    files.forEach(
        (name, text) -> {
          if (name.startsWith(prefix) && name.endsWith(suffix)) {
            found.put(name, text);
          }
        });
    return found;
  }

  /** The content of {@code rules/<name>.yaml}: mappings, lists and text. */
  public Object rules(String name) {
    return Yaml.parse(text(root + "/rules/" + name + ".yaml")).meaning();
  }

  /** What jq's {@code include} finds, by file name below the sources; always the same map. */
  public Map<String, String> modules() {
    return modules;
  }

  /** The file that a module's name stands for. */
  String module(String name) {
    return root + "/" + MODULES + name + ".jq";
  }

  /** The route files. */
  public SortedMap<String, String> routes() {
    return below("", ".camel.yaml");
  }

  /** Names of the files that differ from those of another set, are new or are gone. */
  Set<String> changedSince(RouteSet former) {
    Set<String> all = new TreeSet<>(files.keySet());
    all.addAll(former.files.keySet());
    all.removeIf(name -> java.util.Objects.equals(files.get(name), former.files.get(name)));
    return all;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RouteSet set && set.files.equals(files);
  }

  @Override
  public int hashCode() {
    return files.hashCode();
  }
}
