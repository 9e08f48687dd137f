package dev.backline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No secret is in the sources, in their history or in config/ (S24). */
class SecretsTest {
  private static final Path TESTS = Path.of("src", "test");
  private static final Set<String> NOT_OURS = Set.of(".git", "target", "data", ".idea", ".vscode");

  /** Passwords of throw-away databases, and words that stand for a password. */
  private static final Set<String> HARMLESS = Set.of("", "p", "pw", "password", "postgres");

  private static final Pattern PRIVATE_KEY = Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----");
  private static final Pattern ASSIGNED =
      Pattern.compile(
          "(?i)(?:api_?-?key|app_?-?id|client_?-?secret|secret|token|password)[\"']?\\s*(?:=|:)\\s*[\"']?([A-Za-z0-9_+/-]{20,})");
  private static final Pattern IN_AN_ADDRESS =
      Pattern.compile("postgres(?:ql)?://[^:/@\\s\"]*:([^@\\s\"/${}]*)@");

  /** Values that say themselves that they are none; a real key is made of random characters. */
  private static final Pattern INVENTED = Pattern.compile("(?i)secret|canary|example|test");

  /**
   * @param test whether the line stands in a test, where addresses of databases are made up
   */
  private static List<String> secrets(String line, boolean test) {
    List<String> found = new ArrayList<>();
    if (PRIVATE_KEY.matcher(line).find()) {
      found.add("a private key");
    }
    Matcher assigned = ASSIGNED.matcher(line);
    while (assigned.find()) {
      String value = assigned.group(1);
      if (value.matches(".*[0-9].*")
          && value.matches(".*[A-Za-z].*")
          && !INVENTED.matcher(value).find()) {
        found.add(value);
      }
    }
    Matcher address = IN_AN_ADDRESS.matcher(line);
    while (!test && address.find()) {
      if (!HARMLESS.contains(address.group(1))) {
        found.add(address.group());
      }
    }
    return found;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "apikey=#aB3dE5gH7jK9mN1pQ3sT5vW7 | true",
        "TICKETMASTER_API_KEY=#aB3dE5gH7jK9mN1pQ3sT5vW7 | true",
        "\"client_secret\": \"#0123456789abcdef0123456789abcdef\" | true",
        "app-id: '#0123456789abcdef0123456789abcdef' | true",
        "-----BEGIN #RSA PRIVATE KEY----- | true",
        "postgresql:#//backline:hunter2@db/backline | true",
        "apikey=a-canary-of-the-tests-0123 | false",
        "TICKETMASTER_API_KEY= | false",
        "ticketmaster.api-key = | false",
        "apikey=${bean:calls?method=secret('ticketmaster.api-key')} | false",
        "postgresql://postgres:@127.0.0.1:5432/test | false",
        "postgresql://user:password@host:port/db | false",
        "secret = settings.text(\"a-long-name-without-digits\") | false"
      })
  void aSecret_isToldFromWhatIsNone(String line, boolean secret) {
    // The '#' keeps the examples themselves from being found.
    assertThat(secrets(line.replace("#", ""), false).isEmpty()).isNotEqualTo(secret);
  }

  @Test
  void files_holdNoSecret() throws IOException {
    List<String> found = new ArrayList<>();
    int files = 0;
    for (Path file : files(Path.of(""))) {
      files++;
      String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      boolean test = file.startsWith(TESTS);
      text.lines().forEach(line -> secrets(line, test).forEach(s -> found.add(file + ": " + s)));
    }
    assertThat(files).isGreaterThan(100);
    assertThat(found).isEmpty();
  }

  private static List<Path> files(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.toList()) {
        if (Files.isDirectory(entry)) {
          if (!NOT_OURS.contains(entry.getFileName().toString())) {
            files.addAll(files(entry));
          }
        } else if (!ignored(entry.getFileName().toString())) {
          files.add(entry);
        }
      }
    }
    return files;
  }

  /** What .gitignore keeps out of the repository: logs, and the keys of whoever works here. */
  private static boolean ignored(String name) {
    return name.endsWith(".log") || name.equals(".env");
  }

  @Test
  void history_holdsNoSecret() throws IOException, InterruptedException {
    assumeTrue(Files.exists(Path.of(".git")), "not a clone");
    Process git =
        new ProcessBuilder("git", "log", "--all", "--no-color", "-p", "--unified=0")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> found = new ArrayList<>();
    long lines = 0;
    boolean test = false;
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(git.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines++;
        if (line.startsWith("+++ ")) {
          test = line.startsWith("+++ b/src/test/");
        } else if (line.startsWith("+")) {
          found.addAll(secrets(line, test));
        }
      }
    }
    assertThat(git.waitFor()).isZero();
    assertThat(lines).isPositive();
    assertThat(found).isEmpty();
  }

  @Test
  void settingsThatAreSecrets_haveNoValueInConfig() throws IOException {
    List<String> secrets = new ArrayList<>();
    for (Path file : files(Path.of("config"))) {
      Properties settings = new Properties();
      try (var reader = Files.newBufferedReader(file)) {
        settings.load(reader);
      }
      for (String key : settings.stringPropertyNames()) {
        if (Settings.secret(key)) {
          secrets.add(key);
          assertThat(settings.getProperty(key)).as(file + ": " + key).isBlank();
        }
      }
    }
    assertThat(secrets).contains("ticketmaster.api-key", "database.url");
  }
}
