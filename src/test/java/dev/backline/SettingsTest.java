package dev.backline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How settings are found, and that the file documents what is used and nothing else. */
class SettingsTest {
  private static final Path FILE = Path.of("config", "application.properties");

  /** Read under a name that is put together: what stands for <*> is a source or a job. */
  private static final List<String> PUT_TOGETHER =
      List.of(
          "<*>.raw-days",
          "<*>.derived-days",
          "<*>.api-key",
          "<*>.client-id",
          "<*>.client-secret",
          "<*>.base-url",
          "<*>.rate-limit-per-second",
          "<*>.rate-limit-per-day",
          "<*>.asks-per-hour",
          "<*>.volatile-fields",
          "<*>.stripped-parameters",
          "<*>.venue-records",
          "<*>.artist-records",
          "<*>.show-records",
          "<*>.listing-records",
          "sync.<*>.job",
          "workers.<*>.at-once",
          "workers.<*>.starts-per-minute",
          "jobs.<*>.cron",
          "jobs.<*>.derived",
          "jobs.<*>.priority",
          "<*>.fresh-hours",
          "jobs.<*>.parameters");

  @TempDir Path folder;

  // --- The file ---------------------------------------------------------------------------------

  static List<String> keys() {
    return lines().stream().filter(SettingsTest::isSetting).map(SettingsTest::key).toList();
  }

  @Test
  void file_setsNothingTwice() {
    assertThat(keys())
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(load(Map.of()).keys());
  }

  @ParameterizedTest
  @MethodSource("keys")
  void key_isExplainedAboveItOrItsGroup(String key) {
    assertThat(comment(lines(), key)).as("the comment above %s", key).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"a.one, true", "a.two, true", "b.three, false", "c.four, false"})
  void comment_coversTheLinesThatFollowIt(String key, boolean explained) {
    List<String> lines =
        List.of(
            "# --- A ---",
            "# Says it.",
            "a.one = 1",
            "a.two = 2",
            "",
            "b.three = 3",
            "",
            "# --- C ---",
            "c.four =");
    assertThat(comment(lines, key).isEmpty()).isNotEqualTo(explained);
  }

  /** The comment of the block that holds a key; a headline is none. */
  private static String comment(List<String> lines, String key) {
    int at = 0;
    while (!isSetting(lines.get(at)) || !key(lines.get(at)).equals(key)) {
      at++;
    }
    while (at >= 0 && isSetting(lines.get(at))) {
      at--;
    }
    String line = at < 0 ? "" : lines.get(at);
    return line.startsWith("# ") && !line.startsWith("# ---") ? line.substring(2).trim() : "";
  }

  @Test
  void everySettingThatIsRead_isInTheFile() {
    Set<String> read = new TreeSet<>();
    for (String java : sources()) {
      read.addAll(matches(java, "ettings\\.(?:text|number|find)\\(\"([a-z.-]+)\"\\)"));
    }
    assertThat(read).isSubsetOf(keys()).hasSizeGreaterThan(5);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void key_isUsedSomewhere(String key) {
    assertThat(uses(key)).as("%s is read by nothing", key).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fetch.retrys", "ticketmaster.size", "jobs.cron", "ticketmaster.records"})
  void keyThatNothingReads_isFound(String key) {
    assertThat(uses(key)).isEmpty();
  }

  /** Where a key is read: in Java, in a route or statement, by Camel, in a plan, in the logging. */
  private static List<String> uses(String key) {
    List<String> uses = new ArrayList<>();
    if (key.startsWith("camel.")) {
      uses.add("camel");
    }
    for (String pattern : PUT_TOGETHER) {
      if (key.matches(Pattern.quote(pattern).replace("<*>", "\\E[a-z-]+\\Q"))) {
        uses.add(pattern);
      }
    }
    if (sources().stream().anyMatch(java -> java.contains('"' + key + '"'))) {
      uses.add("java");
    }
    if (texts(Path.of("routes"), ".yaml", ".sql").stream()
        .anyMatch(
            text ->
                text.contains("{{" + key + "}}")
                    || text.contains("${properties:" + key + "}")
                    || text.contains("'" + key + "'"))) {
      uses.add("routes");
    }
    if (text(FILE).contains("{{" + key + "}}")) {
      uses.add("settings");
    }
    if (texts(Path.of("config"), "log4j2.properties").get(0).contains("${sys:" + key)) {
      uses.add("logging");
    }
    String word = key.replaceAll(".*\\.", "");
    if (texts(Path.of("routes", "sources"), ".plan.jq", ".plan.sql", ".follow.jq").stream()
        .anyMatch(
            plan -> plan.matches("(?s).*(\\$j\\.\"?|:\\?)" + word.replace('-', '.') + "\\b.*"))) {
      uses.add("plan");
    }
    int dot = key.indexOf('.');
    Path source = Path.of("routes", "sources", key.substring(0, dot));
    if (Files.isDirectory(source)
        && texts(source, ".plan.jq", ".follow.jq").stream()
            .anyMatch(
                plan ->
                    plan.matches("(?s).*\\$s(\\[\")?\\.?" + key.substring(dot + 1) + "\\b.*"))) {
      uses.add("plan");
    }
    return uses;
  }

  @Test
  void secrets_areNeverInTheFile() {
    Properties file = properties();
    List<String> secrets = keys().stream().filter(Settings::secret).toList();
    assertThat(secrets)
        .contains("database.url", "ticketmaster.api-key", "admin.api-key", "cron.secret");
    assertThat(secrets).allMatch(key -> file.getProperty(key).isBlank());
  }

  private static boolean isSetting(String line) {
    return !line.isBlank() && !line.startsWith("#");
  }

  private static String key(String line) {
    return line.substring(0, line.indexOf('=')).trim();
  }

  private static List<String> lines() {
    return text(FILE).lines().toList();
  }

  private static List<String> sources() {
    return texts(Path.of("src", "main", "java"), ".java");
  }

  private static List<String> texts(Path folder, String... suffixes) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> Stream.of(suffixes).anyMatch(file.toString()::endsWith))
          .map(SettingsTest::text)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Properties properties() {
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(FILE)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }

  private static Set<String> matches(String text, String pattern) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  // --- Which value wins -------------------------------------------------------------------------

  private static Settings load(Map<String, String> environment) {
    return Settings.load(FILE, environment);
  }

  @Test
  void valueOfTheFile_isTheDefault() {
    assertThat(load(Map.of()).number("fetch.retries")).isEqualTo(3);
    assertThat(load(Map.of()).text("ticketmaster.volatile-fields")).isEqualTo("upcomingEvents");
  }

  @Test
  void environment_winsOverTheFile() {
    assertThat(load(Map.of("FETCH_RETRIES", " 7 ")).number("fetch.retries")).isEqualTo(7);
    assertThat(load(Map.of("FETCH.RETRIES", "7")).number("fetch.retries")).isEqualTo(3);
  }

  @Test
  void override_winsOverTheEnvironment() {
    Settings settings = load(Map.of("FETCH_RETRIES", "7"));
    assertThat(settings.with(Map.of("fetch.retries", "9")).number("fetch.retries")).isEqualTo(9);
    assertThat(settings.with(Map.of("fetch.retry-delay", "9")).number("fetch.retries"))
        .isEqualTo(7);
  }

  @Test
  void override_addsToTheOnesBefore() {
    Settings settings =
        load(Map.of()).with(Map.of("fetch.retries", "9")).with(Map.of("fetch.retry-delay", "8"));
    assertThat(settings.number("fetch.retries")).isEqualTo(9);
    assertThat(settings.number("fetch.retry-delay")).isEqualTo(8);
  }

  @Test
  void namedFile_isReadAgainWhenItChanges() throws IOException {
    Path secret = Files.writeString(folder.resolve("key"), "first-key\n");
    Settings settings = load(Map.of("TICKETMASTER_API_KEY_FILE", secret.toString()));
    assertThat(settings.find("ticketmaster.api-key")).contains("first-key");
    Files.writeString(secret, "second-key");
    assertThat(settings.find("ticketmaster.api-key")).contains("second-key");
  }

  @Test
  void namedFileThatIsEmpty_isAMistakeExceptOfASecret() throws IOException {
    String empty = Files.writeString(folder.resolve("empty"), "\n").toString();
    Settings settings = load(Map.of("FETCH_RETRIES_FILE", empty, "ADMIN_API_KEY_FILE", empty));
    assertThatThrownBy(() -> settings.number("fetch.retries"))
        .isInstanceOf(Settings.Invalid.class)
        .hasMessage(
            "FETCH_RETRIES_FILE names " + empty + ", which is empty; write the value into it");
    assertThat(settings.find("admin.api-key")).isEmpty();
  }

  @Test
  void namedFile_winsOverTheFileAndLosesToTheVariable() throws IOException {
    Path named = Files.writeString(folder.resolve("retries"), "5");
    Map<String, String> file = Map.of("FETCH_RETRIES_FILE", named.toString());
    assertThat(load(file).number("fetch.retries")).isEqualTo(5);
    Map<String, String> both = Map.of("FETCH_RETRIES_FILE", named.toString(), "FETCH_RETRIES", "6");
    assertThat(load(both).number("fetch.retries")).isEqualTo(6);
    assertThat(load(both).unreadFiles()).containsExactly("FETCH_RETRIES");
    assertThat(load(file).unreadFiles()).isEmpty();
    assertThat(load(file).givenBy("fetch.retries")).isEqualTo("FETCH_RETRIES_FILE");
    assertThat(load(both).givenBy("fetch.retries")).isEqualTo("FETCH_RETRIES");
  }

  @Test
  void namedFileThatIsMissing_isNamedWithItsVariable() {
    Settings settings = load(Map.of("TICKETMASTER_API_KEY_FILE", "/nowhere/key"));
    assertThatThrownBy(() -> settings.find("ticketmaster.api-key"))
        .isInstanceOf(Settings.Invalid.class)
        .hasMessageContainingAll("TICKETMASTER_API_KEY_FILE", "/nowhere/key");
  }

  @ParameterizedTest
  @CsvSource({
    "ticketmaster.page-size,       TICKETMASTER_PAGE_SIZE",
    "database.url,                 DATABASE_URL",
    "backline.data-dir,            BACKLINE_DATA_DIR",
    "jobs.upcoming-shows.cron,     JOBS_UPCOMING_SHOWS_CRON"
  })
  void variable_isTheKeyInCapitals(String key, String variable) {
    assertThat(Settings.variable(key)).isEqualTo(variable);
  }

  // --- Values that cannot be used ---------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"many", "-1", "1.5", "99999999999", "0x10"})
  void numberThatIsNone_namesSettingVariableAndValue(String value) {
    Settings settings = load(Map.of("FETCH_RETRIES", value));
    assertThatThrownBy(() -> settings.number("fetch.retries"))
        .isInstanceOf(Settings.Invalid.class)
        .hasMessageContainingAll("fetch.retries", "FETCH_RETRIES", "'" + value + "'");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "2147483647, 2147483647"})
  void numberInRange_isTaken(String value, int number) {
    assertThat(load(Map.of("FETCH_RETRIES", value)).number("fetch.retries")).isEqualTo(number);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void wholeNumber_isKnownByItsName(String key) {
    boolean number = properties().getProperty(key).matches("[0-9]+");
    assertThat(SettingRules.number(key)).as(key).isEqualTo(number);
  }

  @Test
  void valuesOfTheFile_areGood() {
    assertThat(SettingRules.problems(load(Map.of()))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "fetch.retries,             0,                      true",
    "fetch.retries,             -1,                     false",
    "database.pool-size,        1,                      true",
    "database.pool-size,        0,                      false",
    "ticketmaster.page-size,    0,                      false",
    "ticketmaster.base-url,     http://127.0.0.1:8090/, true",
    "ticketmaster.base-url,     ftp://host/,            false",
    "spotify.token-url,         accounts.example,       false",
    "jobs.artist-songs.lookups, none,                   false",
    "ticketmaster.events-from,  2026-02-28,             true",
    "ticketmaster.events-from,  2026-02-30,             false",
    "ticketmaster.countries,    'DE, AT',               true",
    "ticketmaster.countries,    'de',                   false",
    "jobs.upcoming-shows.cron,  0 0 4 * * ?,            true",
    "jobs.upcoming-shows.cron,  0 4 * * *,              false",
    "backline.env,              staging,                true",
    "backline.env,              Staging,                false",
    "log.level,                 DEBUG,                  true",
    "log.level,                 loud,                   false"
  })
  void value_isToldFromOneThatCannotBeUsed(String key, String value, boolean good) {
    List<String> problems = SettingRules.problems(load(Map.of(Settings.variable(key), value)));
    assertThat(problems).hasSize(good ? 0 : 1);
    assertThat(problems)
        .allSatisfy(
            line ->
                assertThat(line)
                    .contains(key, value, "environment variable " + Settings.variable(key)));
  }

  @Test
  void aBadSecretFile_isAProblemThatDoesNotShowWhatIsInIt() {
    assertThat(SettingRules.problems(load(Map.of("TICKETMASTER_API_KEY_FILE", "/nowhere/key"))))
        .singleElement()
        .asString()
        .contains("TICKETMASTER_API_KEY_FILE");
  }

  @Test
  void origin_isTheLineOfTheFileOrTheVariableThatWins() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("application.properties"), "# One.\na.one = 1\n\na.one-more: 2\n");
    Settings settings = Settings.load(file, Map.of("A_ONE_MORE", "3", "A_TWO_FILE", "x"));
    assertThat(settings.origin("a.one")).isEqualTo(file + " line 2");
    assertThat(settings.origin("a.one-more")).isEqualTo("environment variable A_ONE_MORE");
    assertThat(settings.origin("a.two")).isEqualTo("the file that A_TWO_FILE names");
    assertThat(settings.with(Map.of("a.one", "5")).origin("a.one"))
        .isEqualTo("set by this command");
    assertThat(Settings.load(file, Map.of()).origin("a.one-more")).isEqualTo(file + " line 4");
  }

  @Test
  void textThatIsMissing_namesSettingAndVariable() {
    assertThatThrownBy(() -> load(Map.of()).text("database.url"))
        .isInstanceOf(Settings.Invalid.class)
        .hasMessageContainingAll("database.url", "DATABASE_URL");
  }

  @Test
  void settingsFileThatIsMissing_isNamed() {
    Path missing = folder.resolve("application.properties");
    assertThatThrownBy(() -> Settings.load(missing, Map.of()))
        .isInstanceOf(Settings.Invalid.class)
        .hasMessageContaining(missing.toString());
  }

  // --- Sources and secrets ----------------------------------------------------------------------

  @Test
  void source_isDisabledWithoutItsKey() {
    assertThat(load(Map.of()).sources()).contains("ticketmaster");
    assertThat(load(Map.of()).enabled("ticketmaster")).isFalse();
    assertThat(load(Map.of("TICKETMASTER_API_KEY", "k")).enabled("ticketmaster")).isTrue();
    assertThat(load(Map.of()).enabled("needs-none")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ticketmaster | TICKETMASTER_API_KEY",
        "setlistfm    | SETLISTFM_API_KEY",
        "bandsintown  | BANDSINTOWN_APP_ID",
        "spotify      | SPOTIFY_CLIENT_ID and SPOTIFY_CLIENT_SECRET",
        "needs-none   | ''"
      })
  void disabledSource_saysWhatItWants(String source, String variables) {
    assertThat(load(Map.of()).missing(source)).isEqualTo(variables);
  }

  @Test
  void sourceWithSomeOfItsKeys_isDisabledAndWantsTheOthers() {
    Settings settings = load(Map.of("SPOTIFY_CLIENT_ID", "id"));
    assertThat(settings.enabled("spotify")).isFalse();
    assertThat(settings.missing("spotify")).isEqualTo("SPOTIFY_CLIENT_SECRET");
    assertThat(
            load(Map.of("SPOTIFY_CLIENT_ID", "id", "SPOTIFY_CLIENT_SECRET", "s"))
                .enabled("spotify"))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "ticketmaster.api-key,      true",
    "spotify.client-secret,     true",
    "bandsintown.app-id,        true",
    "database.url,              true",
    "cron-secret,               true",
    "spotify.client-id,         false",
    "ticketmaster.base-url,     false",
    "ticketmaster.page-size,    false"
  })
  void secret_isToldByItsName(String key, boolean secret) {
    assertThat(Settings.secret(key)).isEqualTo(secret);
  }

  @Test
  void redact_hidesEverySecretAndNothingElse() {
    Settings settings =
        load(
            Map.of(
                "TICKETMASTER_API_KEY", "abcdef123456",
                "DATABASE_URL", "postgresql://u:p@h/d",
                "TICKETMASTER_PAGE_SIZE", "abcd"));
    assertThat(settings.redact("GET /?apikey=abcdef123456&size=abcd on postgresql://u:p@h/d"))
        .isEqualTo("GET /?apikey=***&size=abcd on ***");
    assertThat(settings.redact(null)).isNull();
  }

  @Test
  void redact_hidesASecretThatIsPartOfAnother() {
    Settings settings =
        load(Map.of("TICKETMASTER_API_KEY", "abcdef", "DATABASE_URL", "abcdef-and-more"));
    assertThat(settings.redact("abcdef-and-more, abcdef")).isEqualTo("***, ***");
  }

  @Test
  void redact_knowsASecretFromAFileAndAnOverride() throws IOException {
    Path secret = Files.writeString(folder.resolve("key"), "from-the-file\n");
    Settings settings = load(Map.of("TICKETMASTER_API_KEY_FILE", secret.toString()));
    assertThat(settings.redact("key from-the-file")).isEqualTo("key ***");
    assertThat(settings.with(Map.of("ticketmaster.api-key", "overridden")).redact("overridden!"))
        .isEqualTo("***!");
  }

  @Test
  void propertiesForCamel_holdEverySettingButNoSecret() {
    Settings settings =
        load(Map.of("TICKETMASTER_API_KEY", "secret-1", "DATABASE_URL", "secret-2"))
            .with(Map.of("ticketmaster.api-key", "secret-3", "fetch.retries", "9"));
    Properties camel = settings.forCamel();
    assertThat(camel.values()).doesNotContain("secret-1", "secret-2", "secret-3");
    assertThat(camel.getProperty("fetch.retries")).isEqualTo("9");
    Set<String> expected = new TreeSet<>(keys());
    expected.removeIf(Settings::secret);
    assertThat(camel.stringPropertyNames()).isEqualTo(expected);
  }
}
