package dev.backline;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every setting, from {@code config/application.properties} and the environment, which wins.
 *
 * <p>A secret may also come from a file named by {@code NAME_FILE}; it is read again whenever it is
 * asked for, so that a key is changed without a restart.
 */
public final class Settings {
  /** A setting that is missing or cannot be read; the message says which and what to do. */
  public static final class Invalid extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Invalid(String message) {
      super(message);
    }
  }

  private final Path path;
  private final Properties file;
  private final Map<String, String> environment;
  private final Map<String, String> overrides;

  private Settings(
      Path path, Properties file, Map<String, String> environment, Map<String, String> overrides) {
    this.path = path;
    this.file = file;
    this.environment = environment;
    this.overrides = overrides;
  }

  /** Reads the file; the environment is looked up at each call of {@link #find}. */
  public static Settings load(Path file, Map<String, String> environment) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new Invalid(
          "cannot read the settings file " + file + ": " + e + "; start Backline from its folder");
    }
    return new Settings(file, properties, environment, Map.of());
  }

  /** The same settings with some values replaced; a replaced value wins over the environment. */
  public Settings with(Map<String, String> values) {
    Map<String, String> all = new HashMap<>(overrides);
    all.putAll(values);
    return new Settings(path, file, environment, Map.copyOf(all));
  }

  /**
   * The same with no secret set: no configured database, source or receiver of alarms is reached.
   */
  public Settings withoutSecrets() {
    return with(
        file.stringPropertyNames().stream()
            .filter(Settings::secret)
            .collect(Collectors.toMap(key -> key, key -> "")));
  }

  /** The environment variable that sets {@code key}: upper case, dots and dashes as underscores. */
  public static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /**
   * The variable that gives a setting its value, or would: with {@code _FILE} where a file does.
   */
  public String givenBy(String key) {
    String name = variable(key);
    boolean plain = overrides.containsKey(key) || !environment.getOrDefault(name, "").isBlank();
    return plain || environment.getOrDefault(name + "_FILE", "").isBlank() ? name : name + "_FILE";
  }

  /** The value, trimmed; empty where it is not set. */
  public Optional<String> find(String key) {
    String value = overrides.get(key);
    if (value == null) {
      value = environment.get(variable(key));
    }
    if (value == null || value.isBlank()) {
      String named = environment.get(variable(key) + "_FILE");
      if (named != null && !named.isBlank() && !overrides.containsKey(key)) {
        value = named(key, named);
      }
    }
    if ((value == null || value.isBlank()) && !overrides.containsKey(key)) {
      value = file.getProperty(key); // An empty variable is none: compose passes those.
    }
    return value == null || value.isBlank() ? Optional.empty() : Optional.of(value.trim());
  }

  private static String named(String key, String name) {
    try {
      String value = Files.readString(Path.of(name)).trim();
      if (value.isEmpty() && !secret(key)) { // an empty secret is none, as an empty variable
        throw new Invalid(
            variable(key) + "_FILE names " + name + ", which is empty; write the value into it");
      }
      return value;
    } catch (IOException e) {
      throw new Invalid(
          variable(key)
              + "_FILE names "
              + name
              + ", which cannot be read; mend the path or unset it");
    }
  }

  public String text(String key) {
    return find(key)
        .orElseThrow(
            () ->
                new Invalid(
                    "setting "
                        + key
                        + " is not set; set it in config/application.properties or as "
                        + variable(key)));
  }

  public int number(String key) {
    String value = text(key);
    try {
      int number = Integer.parseInt(value);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new Invalid(
        "setting "
            + key
            + " must be a whole number from 0, not '"
            + value
            + "' ("
            + origin(key)
            + ")");
  }

  /** A source's calls a day; none where the setting is no number, since then no call leaves. */
  public int callsPerDay(String source) {
    try {
      return number(source + ".rate-limit-per-day");
    } catch (Invalid unreadable) {
      return 0;
    }
  }

  /** The variables that are set beside their own {@code _FILE}, which is not read then. */
  public List<String> unreadFiles() {
    return keys().stream()
        .map(Settings::variable)
        .filter(name -> !environment.getOrDefault(name, "").isBlank())
        .filter(name -> !environment.getOrDefault(name + "_FILE", "").isBlank())
        .sorted()
        .toList();
  }

  /** Where the value of a setting stands, in words: the variable, or file and line. */
  public String origin(String key) {
    String variable = variable(key);
    if (overrides.containsKey(key)) {
      return "set by this command";
    }
    if (!environment.getOrDefault(variable, "").isBlank()) {
      return "environment variable " + variable;
    }
    if (!environment.getOrDefault(variable + "_FILE", "").isBlank()) {
      return "the file that " + variable + "_FILE names";
    }
    int line = line(key);
    return line == 0 ? "set " + variable : path + " line " + line;
  }

  /** The line of the file that sets a key, from 1; the last one where there are two; else 0. */
  private int line(String key) {
    int found = 0;
    try {
      List<String> lines = Files.readAllLines(path);
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i).strip();
        if (line.startsWith(key)
            && (line.length() == key.length() || "=: \t".indexOf(line.charAt(key.length())) >= 0)) {
          found = i + 1;
        }
      }
    } catch (IOException e) {
      // The file could be read before; where it stands in it is only a help.
    }
    return found;
  }

  /** Keys of the settings file, in no order. */
  public Set<String> keys() {
    return file.stringPropertyNames();
  }

  /** Every source that has settings, by name. */
  public List<String> sources() {
    return keys().stream()
        .filter(key -> key.endsWith(".base-url"))
        .map(key -> key.substring(0, key.length() - ".base-url".length()))
        .sorted()
        .toList();
  }

  /** What a source needs to be called: its keys, by their names; none where it needs none. */
  public List<String> credentials(String source) {
    return keys().stream()
        .filter(key -> key.startsWith(source + "."))
        .filter(key -> secret(key) || key.endsWith(".client-id"))
        .sorted()
        .toList();
  }

  /** A source without all of its keys is disabled. */
  public boolean enabled(String source) {
    return credentials(source).stream().allMatch(key -> find(key).isPresent());
  }

  /** The environment variables that a disabled source wants, in words. */
  public String missing(String source) {
    return credentials(source).stream()
        .filter(key -> find(key).isEmpty())
        .map(Settings::variable)
        .collect(Collectors.joining(" and "));
  }

  /** All of it for Camel's placeholders; secrets are left out, they are asked for when used. */
  public Properties forCamel() {
    Properties all = new Properties();
    for (String key : file.stringPropertyNames()) {
      if (!secret(key)) {
        all.setProperty(key, find(key).orElse(""));
      }
    }
    overrides.forEach(
        (key, value) -> {
          if (!secret(key)) {
            all.setProperty(key, value);
          }
        });
    return all;
  }

  /** Whether a setting holds a secret, by its name. */
  public static boolean secret(String key) {
    return key.endsWith("-key")
        || key.endsWith("-secret")
        || key.endsWith(".secret")
        || key.endsWith("app-id")
        || key.endsWith(".webhook-url")
        || key.equals("database.url")
        || key.equals("database.read-url");
  }

  /** Replaces every secret value in a text, so that it may be stored or logged. */
  public String redact(String text) {
    if (text == null) {
      return null;
    }
    String clean = text;
    List<String> secrets =
        file.stringPropertyNames().stream()
            .filter(Settings::secret)
            .map(key -> find(key).orElse(""))
            .filter(value -> value.length() >= 4)
            .sorted(Comparator.comparing(String::length).reversed())
            .toList();
    for (String secret : secrets) {
      clean = clean.replace(secret, "***");
    }
    return clean;
  }
}
