package dev.backline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.backline.cli.Cli;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The documents against the code (S28): docs/reference.md names every command, setting, route, job
 * and table and nothing else, and what README.md and docs/architecture.md name exists.
 */
class DocsTest {
  private static final Path REFERENCE = Path.of("docs", "reference.md");
  private static final Path MIGRATIONS = Path.of("src", "main", "resources", "db", "migration");
  private static final Set<String> EVERY_COMMAND_HAS = Set.of("--help", "--version", "--debug");

  // --- What there is ----------------------------------------------------------------------------

  /** Every command by its name, such as {@code jobs pause}. */
  private static Map<String, CommandLine> commands() {
    Map<String, CommandLine> commands = new TreeMap<>();
    collect("", Cli.commands(), commands);
    return commands;
  }

  private static void collect(String prefix, CommandLine from, Map<String, CommandLine> into) {
    from.getSubcommands()
        .forEach(
            (name, command) -> {
              into.put(prefix + name, command);
              collect(prefix + name + " ", command, into);
            });
  }

  private static Settings settings() {
    return Settings.load(Path.of("config", "application.properties"), Map.of());
  }

  /** Every route by its id: file and description. */
  private static Map<String, List<String>> routes() {
    Map<String, List<String>> routes = new TreeMap<>();
    ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
    for (Path file : files(Path.of("routes"), ".camel.yaml")) {
      try {
        for (JsonNode element : yaml.readTree(file.toFile())) {
          JsonNode route = element.path("route");
          if (!route.isMissingNode()) {
            routes.put(
                route.get("id").asText(),
                List.of("`" + slashes(file) + "`", route.get("description").asText()));
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return routes;
  }

  private static List<String> jobs() {
    return settings().keys().stream()
        .map(Pattern.compile("jobs\\.(.+)\\.cron")::matcher)
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1))
        .sorted()
        .toList();
  }

  private static Set<String> tables() {
    return matches(migrations(), "(?m)^create table (\\w+)");
  }

  private static String migrations() {
    StringBuilder all = new StringBuilder();
    files(MIGRATIONS, ".sql").forEach(file -> all.append(read(file)).append('\n'));
    return all.toString();
  }

  // --- docs/reference.md ------------------------------------------------------------------------

  /** The tables of a section: their rows without the header, cells trimmed. */
  private static List<List<List<String>>> section(String title) {
    List<List<List<String>>> tables = new ArrayList<>();
    boolean inside = false;
    boolean inTable = false;
    for (String line : read(REFERENCE).lines().toList()) {
      if (line.startsWith("## ")) {
        inside = line.equals("## " + title);
      }
      boolean row = inside && line.startsWith("|");
      if (row && !inTable) {
        tables.add(new ArrayList<>());
      }
      if (row) {
        String[] cells = line.substring(1, line.lastIndexOf('|')).split("(?<!\\\\)\\|");
        tables.get(tables.size() - 1).add(Stream.of(cells).map(String::trim).toList());
      }
      inTable = row;
    }
    assertThat(tables).as("tables under " + title).isNotEmpty();
    return tables.stream().map(rows -> rows.subList(2, rows.size())).toList();
  }

  /** A cell without its backticks. */
  private static String bare(String cell) {
    return cell.replaceAll("^`(.*)`$", "$1");
  }

  private static List<String> firstColumn(List<List<String>> rows) {
    rows.forEach(row -> assertThat(row).as(row.toString()).noneMatch(String::isBlank));
    return rows.stream().map(row -> bare(row.get(0))).toList();
  }

  @Test
  void reference_namesEveryCommand() {
    assertThat(firstColumn(section("Commands").get(0)))
        .containsExactlyInAnyOrderElementsOf(commands().keySet());
  }

  @Test
  void reference_namesEveryOptionWithItsDefault() {
    Map<String, String> expected = new TreeMap<>();
    commands()
        .forEach(
            (name, command) -> {
              for (OptionSpec option : command.getCommandSpec().options()) {
                if (!EVERY_COMMAND_HAS.contains(option.longestName())) {
                  String value = option.defaultValue();
                  expected.put(
                      name + " " + option.longestName(),
                      value == null || value.isEmpty() ? "-" : value);
                }
              }
            });
    Map<String, String> documented = new TreeMap<>();
    for (List<String> row : section("Commands").get(1)) {
      String option = bare(row.get(0)) + " " + bare(row.get(1));
      assertThat(documented.put(option, row.get(3))).as(option).isNull();
      assertThat(row.get(2)).as(option).isNotBlank();
    }
    assertThat(documented).isEqualTo(expected);
  }

  @Test
  void reference_namesEverySettingWithItsDefault() {
    Settings settings = settings();
    Map<String, String> expected = new TreeMap<>();
    settings.keys().forEach(key -> expected.put(key, settings.find(key).orElse("-")));
    Map<String, String> documented = new TreeMap<>();
    for (List<String> row : section("Settings").get(0)) {
      assertThat(documented.put(bare(row.get(0)), bare(row.get(2)))).as(row.get(0)).isNull();
      assertThat(row.get(1)).as(row.get(0)).isNotBlank();
    }
    assertThat(documented).isEqualTo(expected);
  }

  @Test
  void reference_namesEveryRouteWithItsFileAndDescription() {
    Map<String, List<String>> documented = new TreeMap<>();
    for (List<String> row : section("Routes").get(0)) {
      assertThat(documented.put(bare(row.get(0)), row.subList(1, 3))).as(row.get(0)).isNull();
    }
    assertThat(documented).isEqualTo(routes());
  }

  @Test
  void reference_namesEveryPathWithWhoMayCallIt() {
    Map<String, String> table = new TreeMap<>();
    for (String line : read(Path.of("config", "access.conf")).lines().toList()) {
      String[] words = line.replaceFirst("#.*", "").trim().split("\\s+");
      if (words.length == 3) {
        table.put((words[1].equals("GET") ? "" : words[1] + " ") + words[2], words[0]);
      }
    }
    Map<String, String> documented = new TreeMap<>();
    for (List<String> row : section("HTTP").get(0)) {
      documented.put(bare(row.get(0)), row.get(1));
    }
    assertThat(documented).isEqualTo(table).hasSizeGreaterThan(5);
  }

  @Test
  void reference_namesEveryJobWithItsCadenceAndParameters() {
    Map<String, List<String>> expected = new LinkedHashMap<>();
    for (String job : jobs()) {
      expected.put(
          job,
          List.of(
              settings().text("jobs." + job + ".cron"),
              settings().find("jobs." + job + ".parameters").orElse("-")));
    }
    Map<String, List<String>> documented = new LinkedHashMap<>();
    for (List<String> row : section("Jobs").get(0)) {
      documented.put(bare(row.get(0)), List.of(bare(row.get(1)), bare(row.get(2))));
    }
    assertThat(documented).isEqualTo(expected);
    assertThat(routes()).containsKeys(documented.keySet().toArray(String[]::new));
  }

  @Test
  void livingDocuments_areThere() {
    for (String page : List.of("vision", "architecture", "reference", "operations")) {
      assertThat(read(Path.of("docs", page + ".md"))).as(page).hasSizeGreaterThan(1000);
      assertThat(read(Path.of("README.md"))).contains("docs/" + page + ".md");
    }
  }

  @Test
  void reference_namesEveryTable() {
    assertThat(firstColumn(section("Tables").get(0))).containsExactlyInAnyOrderElementsOf(tables());
  }

  @Test
  void filesOfASource_areThoseThatSourcesHave() throws IOException {
    Set<String> patterns = new TreeSet<>(firstColumn(section("Files of a source").get(0)));
    Set<String> used = new TreeSet<>();
    try (Stream<Path> folders = Files.list(Path.of("routes", "sources"))) {
      for (Path folder : folders.filter(Files::isDirectory).toList()) {
        String source = folder.getFileName().toString();
        for (Path file : files(folder, "")) {
          String name = file.getFileName().toString();
          String pattern = patternOf(name, source);
          assertThat(patterns).as(name).contains(pattern);
          used.add(pattern);
        }
      }
    }
    assertThat(used).isEqualTo(patterns);
  }

  @ParameterizedTest
  @CsvSource({
    "ticketmaster.camel.yaml,      <source>.camel.yaml",
    "event.jq,                     <kind>.jq",
    "event.sample.json,            <kind>.sample.json",
    "upcoming-shows.plan.jq,       <job>.plan.jq",
    "upcoming-shows.plan.sql,      <job>.plan.sql",
    "seed-venues.plan.jq,          <job>.plan.jq",
    "other-shows.plan.sql,         other-shows.plan.sql",
    "popular-tours.follow.jq,      <name>.follow.jq",
    "other.camel.yaml,             other.camel.yaml",
    "notes.txt,                    notes.txt"
  })
  void file_isToldByItsName(String name, String pattern) {
    assertThat(patternOf(name, "ticketmaster")).isEqualTo(pattern);
  }

  /** Whether there is such a job, with a schedule or without. */
  private static boolean declared(String job) {
    return jobs().contains(job) || settings().keys().contains("jobs." + job + ".parameters");
  }

  private static String patternOf(String name, String source) {
    if (name.equals(source + ".camel.yaml")) {
      return "<source>.camel.yaml";
    }
    if (name.endsWith(".plan.jq") && declared(name.replace(".plan.jq", ""))) {
      return "<job>.plan.jq";
    }
    if (name.endsWith(".plan.sql") && declared(name.replace(".plan.sql", ""))) {
      return "<job>.plan.sql";
    }
    if (name.matches("[a-z-]+\\.follow\\.(jq|sql)")) {
      return "<name>" + name.substring(name.indexOf('.'));
    }
    return name.replaceFirst("^[a-z-]+(\\.jq|\\.sample\\.json|\\.expected\\.json)$", "<kind>$1");
  }

  // --- What README.md, docs/architecture.md and docs/reference.md name ---------------------------

  /**
   * The documents that speak of the program as it is; a plan or a decision may name what is not.
   */
  static List<Path> documents() {
    return Stream.of(Path.of("README.md"), Path.of("docs", "architecture.md"), REFERENCE)
        .filter(Files::exists)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void whatADocumentNames_exists(Path document) {
    List<String> wrong = new ArrayList<>();
    for (String name : matches(read(document), "`([^`\n]+)`")) {
      if (!exists(name)) {
        wrong.add(name);
      }
    }
    for (String command : matches(read(document), "\\./backline ([a-z]+(?:-[a-z]+)*)")) {
      if (!commands().containsKey(command)) {
        wrong.add("./backline " + command);
      }
    }
    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "apply-pages,                            true",
    "apply-papers,                           false",
    "upcoming-shows,                         true",
    "source_records,                         true",
    "source_recrods,                         false",
    "source_quota.blocked_until,             true",
    "source_quota.blocked_till,              false",
    "backline_source_parked,                 true",
    "backline_source_parcked,                false",
    "ticketmaster.page-size,                 true",
    "ticketmaster.pagesize,                  false",
    "TICKETMASTER_API_KEY,                   true",
    "TICKETMASTER_API_KEY_FILE,              true",
    "TICKETMASTER_APIKEY,                    false",
    "BACKLINE_JAVA_OPTIONS,                  true",
    "routes/flow/apply.camel.yaml,           true",
    "routes/flow/applies.camel.yaml,         false",
    "routes/sources/<source>/<kind>.jq,      true",
    "./backline sync upcoming-shows,         true",
    "./backline synch upcoming-shows,        false",
    "./backline dead-letters list,           true",
    "./backline dead-letter list,            false",
    "any words,                              true"
  })
  void name_isToldFromAMisspelledOne(String name, boolean exists) {
    assertThat(exists(name)).isEqualTo(exists);
  }

  /** False for what looks like a name of this program and is none; other text is not judged. */
  private static boolean exists(String name) {
    if (name.startsWith("./backline ")) {
      String command = name.split("\\s+")[1];
      return commands().containsKey(command) || command.matches("-.*|[A-Z]+");
    }
    if (name.matches("(routes|config|src|docs)/[\\w./-]+")) {
      return Files.exists(Path.of(name));
    }
    if (name.matches("[A-Z]+(_[A-Z]+)+")) {
      return variable(name.replaceFirst("_FILE$", "")) || readByScripts(name);
    }
    String prefix = name.contains(".") ? name.substring(0, name.indexOf('.') + 1) : "";
    if (name.matches("[a-z]+\\.[A-Za-z.-]+")
        && settings().keys().stream().anyMatch(key -> key.startsWith(prefix))
        && !name.matches(".*\\.(jq|json|yaml|sql|java|md|jar|properties)")) {
      return settings().keys().contains(name);
    }
    if (name.startsWith("backline_")) {
      return read(REFERENCE).contains("| `" + name + "` |"); // which MetricsTest holds
    }
    if (name.matches("[a-z]+(_[a-z]+)+(\\.[a-z_]+)?")) {
      return settings().keys().stream()
              .anyMatch(key -> settings().find(key).orElse("").equals(name))
          || Stream.of(name.split("\\."))
              .allMatch(word -> Pattern.compile("\\b" + word + "\\b").matcher(migrations()).find());
    }
    if (name.matches("[a-z]+(-[a-z]+)+")) {
      return routes().containsKey(name)
          || commands().containsKey(name)
          || declared(name)
          || namedInPom(name)
          || policies().contains(name);
    }
    return true;
  }

  /** The ids of error policies. */
  private static Set<String> policies() {
    return matches(
        read(Path.of("routes", "flow", "errors.camel.yaml")),
        "- routeConfiguration:\n\\s+id: (\\S+)");
  }

  private static boolean variable(String name) {
    return settings().keys().stream().map(Settings::variable).anyMatch(name::equals)
        || read(Path.of(".env.example")).contains(name + "=");
  }

  /** Variables of the launcher and of the logging configuration. */
  private static boolean readByScripts(String name) {
    Pattern use = Pattern.compile("\\b" + name + "\\b");
    return use.matcher(read(Path.of("backline"))).find()
        || use.matcher(read(Path.of("config", "log4j2.properties"))).find();
  }

  private static boolean namedInPom(String name) {
    return read(Path.of("pom.xml")).contains(">" + name + "<");
  }

  // ----------------------------------------------------------------------------------------------

  private static Set<String> matches(String text, String pattern) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  private static List<Path> files(Path folder, String suffix) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> Files.isRegularFile(file) && file.toString().endsWith(suffix))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String slashes(Path file) {
    return file.toString().replace('\\', '/');
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
