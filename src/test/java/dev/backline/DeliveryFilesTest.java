package dev.backline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files that install and build Backline, read as far as that goes without running them. */
class DeliveryFilesTest {
  private static final ObjectMapper YAML =
      new ObjectMapper(
          new YAMLFactory().configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, true));
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_0-9]+)(?::?[-?][^}]*)?}");
  private static final Pattern LINE = Pattern.compile("(#?)([A-Z][A-Z_0-9]*)=(.*)");

  // --- Dockerfile -------------------------------------------------------------------------------

  /** One instruction of a Dockerfile, its continuation lines joined. */
  private record Instruction(String name, String arguments) {}

  private static List<Instruction> dockerfile() throws IOException {
    List<Instruction> instructions = new ArrayList<>();
    String text =
        text("Dockerfile")
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .collect(Collectors.joining("\n"))
            .replaceAll("\\\\\n\\s*", " ");
    for (String line : text.split("\n")) {
      String[] parts = line.trim().split("\\s+", 2);
      instructions.add(new Instruction(parts[0], parts[1]));
    }
    return instructions;
  }

  private static List<String> all(String instruction) throws IOException {
    return dockerfile().stream()
        .filter(i -> i.name().equals(instruction))
        .map(Instruction::arguments)
        .toList();
  }

  private static boolean pinned(String image) {
    return image.matches("[a-z0-9./-]+:[a-z]*[0-9][A-Za-z0-9._-]*(@sha256:[0-9a-f]{64})?");
  }

  @ParameterizedTest
  @CsvSource({
    "postgres:18, true",
    "maven:3.9.9-eclipse-temurin-17, true",
    "eclipse-temurin:17.0.13_11-jre-jammy, true",
    "postgres, false",
    "postgres:latest, false",
    "eclipse-temurin:jre, false"
  })
  void version_isToldFromAMovingTag(String image, boolean pinned) {
    assertThat(pinned(image)).isEqualTo(pinned);
  }

  @Test
  void images_areOfAVersion() throws IOException {
    List<String> images = all("FROM").stream().map(from -> from.split("\\s+")[0]).toList();
    assertThat(images).hasSize(2).allMatch(DeliveryFilesTest::pinned);
    assertThat(images.get(0)).contains("maven").contains("17");
    assertThat(images.get(1)).contains("17").contains("jre");
  }

  @Test
  void image_endsAsAUserThatIsNotRoot() throws IOException {
    List<Instruction> instructions = dockerfile();
    int user = -1;
    int from = -1;
    for (int i = 0; i < instructions.size(); i++) {
      user = instructions.get(i).name().equals("USER") ? i : user;
      from = instructions.get(i).name().equals("FROM") ? i : from;
    }
    assertThat(user).as("in the last stage").isGreaterThan(from);
    assertThat(instructions.get(user).arguments()).matches("[1-9]\\d{3,}:[1-9]\\d{3,}");
    assertThat(instructions.subList(user, instructions.size()))
        .extracting(Instruction::name)
        .containsExactly("USER", "ENTRYPOINT", "CMD");
  }

  @Test
  void image_runsTheProgramAsItsFirstProcess() throws IOException {
    Matcher options =
        Pattern.compile("^options=\\((.*?)\\)$", Pattern.MULTILINE | Pattern.DOTALL)
            .matcher(text("backline"));
    assertThat(options.find()).as("the options of the launcher").isTrue();
    String launched =
        Arrays.stream(options.group(1).trim().split("\\s+"))
            .map(option -> '"' + option + "\", ")
            .collect(Collectors.joining());
    assertThat(all("ENTRYPOINT"))
        .singleElement()
        .asString()
        .satisfies(
            entry ->
                assertThat(entry.replaceAll("\\s+", " "))
                    .isEqualTo("[\"java\", " + launched + "\"-jar\", \"backline.jar\"]"));
    assertThat(all("CMD")).containsExactly("[\"run\"]");
    assertThat(all("WORKDIR")).last().isEqualTo("/app");
  }

  @Test
  void image_fetchesNothingByItselfAndHoldsNoSecret() throws IOException {
    assertThat(all("ADD")).isEmpty();
    assertThat(all("ENV")).isEmpty();
    assertThat(all("ARG")).isEmpty();
    assertThat(all("RUN"))
        .containsExactly("mvn -B -Dbackline.quick -Dmaven.test.skip=true package")
        .first()
        .asString()
        .as("as the launcher builds it")
        .satisfies(
            run -> {
              String goals = run.substring("mvn -B".length()).trim();
              assertThat(text("backline")).contains(goals);
            });
  }

  @Test
  void whatIsCopied_existsAndIsSentToTheBuild() throws IOException {
    List<String> sent =
        text(".dockerignore")
            .lines()
            .filter(line -> line.startsWith("!"))
            .map(line -> line.substring(1))
            .toList();
    Set<String> copied = new TreeSet<>();
    for (String copy : all("COPY")) {
      if (!copy.startsWith("--from")) {
        String source = copy.split("\\s+")[0].replaceAll("/$", "");
        assertThat(Path.of(source)).exists();
        copied.add(source);
      }
    }
    assertThat(copied).contains("config", "routes", "pom.xml", "src/main");
    assertThat(sent).containsExactlyInAnyOrderElementsOf(copied);
    assertThat(text(".dockerignore").lines().filter(line -> !line.startsWith("#")).findFirst())
        .as("everything else stays out")
        .contains("*");
  }

  // --- docker-compose.yml -----------------------------------------------------------------------

  private static JsonNode compose() throws IOException {
    return YAML.readTree(Path.of("docker-compose.yml").toFile());
  }

  private static Map<String, String> environment(String service) throws IOException {
    Map<String, String> variables = new LinkedHashMap<>();
    JsonNode environment = compose().at("/services/" + service + "/environment");
    environment
        .properties()
        .forEach(
            e -> variables.put(e.getKey(), e.getValue().isNull() ? null : e.getValue().asText()));
    return variables;
  }

  @Test
  void services_areTheDatabaseAndBackline() throws IOException {
    JsonNode services = compose().get("services");
    Map<String, String> profiles = new TreeMap<>();
    services
        .properties()
        .forEach(e -> profiles.put(e.getKey(), e.getValue().at("/profiles/0").asText()));
    assertThat(profiles)
        .isEqualTo(
            Map.of(
                "postgres", "",
                "backline", "",
                "second", "second",
                "prometheus", "metrics",
                "grafana", "metrics"));
    assertThat(services.at("/backline/build").asText()).isEqualTo(".");
    assertThat(services.at("/backline/depends_on/postgres/condition").asText())
        .isEqualTo("service_healthy");
    assertThat(services.at("/postgres/healthcheck/test")).isNotEmpty();
    for (JsonNode service : services) {
      if (!service.has("extends")) {
        assertThat(service.get("restart").asText()).isEqualTo("unless-stopped");
      }
      assertThat(service.has("image") ? pinned(service.get("image").asText()) : true).isTrue();
    }
  }

  @Test
  void nothingButThePublicPortAndTheDashboard_isPublishedAndThatToThisMachineOnly()
      throws IOException {
    JsonNode services = compose().get("services");
    Map<String, String> published = new TreeMap<>();
    services
        .properties()
        .forEach(
            e ->
                e.getValue()
                    .path("ports")
                    .forEach(port -> published.merge(e.getKey(), port.asText(), String::concat)));
    assertThat(published)
        .isEqualTo(
            Map.of(
                "backline",
                "127.0.0.1:${BACKLINE_HTTP_PORT:-%1$s}:%1$s"
                    .formatted(settings().text("backline.http-port")),
                "grafana",
                "127.0.0.1:3000:3000"));
    assertThat(text("docker-compose.yml"))
        .as("a second node takes no port of the first")
        .containsPattern("(?s)  second:.*?extends:\\s+service: backline.*?ports: !reset \\[]");
  }

  @Test
  void prometheus_readsEveryNodeAtItsManagementPortWithTheOperatorsKey() throws IOException {
    JsonNode compose = compose();
    JsonNode scrape =
        YAML.readTree(Path.of("config", "prometheus", "prometheus.yml").toFile())
            .at("/scrape_configs/0");
    assertThat(scrape.get("metrics_path").asText()).isEqualTo("/observe/metrics");
    assertThat(scrape.get("honor_labels").asBoolean()).as("job is a label of ours").isTrue();
    assertThat(scrape.at("/dns_sd_configs/0/port").asInt())
        .isEqualTo(settings().number("backline.management-port"));
    scrape
        .at("/dns_sd_configs/0/names")
        .forEach(name -> assertThat(compose.get("services").has(name.asText())).isTrue());
    assertThat(scrape.at("/dns_sd_configs/0/names")).hasSize(2);
    assertThat(scrape.at("/authorization/credentials_file").asText())
        .isEqualTo("/run/secrets/" + compose.at("/services/prometheus/secrets/0").asText());
    assertThat(compose.at("/secrets/admin_api_key/environment").asText())
        .isEqualTo("ADMIN_API_KEY");
  }

  @ParameterizedTest
  @ValueSource(strings = {"prometheus", "grafana"})
  void whatIsMounted_exists(String service) throws IOException {
    List<String> mounted = new ArrayList<>();
    for (JsonNode volume : compose().at("/services/" + service + "/volumes")) {
      String from = volume.asText().split(":")[0];
      if (from.startsWith("./")) {
        assertThat(Path.of(from)).isDirectory();
        assertThat(volume.asText()).endsWith(":ro");
        mounted.add(from);
      }
    }
    assertThat(mounted).isNotEmpty();
  }

  @Test
  void databaseOfTheService_outlivesItsContainer() throws IOException {
    JsonNode volumes = compose().at("/services/postgres/volumes");
    assertThat(volumes).hasSize(1);
    String[] mount = volumes.get(0).asText().split(":");
    assertThat(compose().get("volumes").has(mount[0])).isTrue();
    assertThat(mount[1]).as("where PostgreSQL 18 keeps its data").isEqualTo("/var/lib/postgresql");
    assertThat(environment("backline").get("DATABASE_URL")).contains("@postgres:5432/");
  }

  @Test
  void backline_mayDoNoMoreThanItNeeds() throws IOException {
    JsonNode backline = compose().at("/services/backline");
    assertThat(backline.get("read_only").asBoolean()).isTrue();
    assertThat(backline.at("/tmpfs/0").asText()).startsWith("/tmp:").contains("exec");
    assertThat(backline.at("/cap_drop/0").asText()).isEqualTo("ALL");
    assertThat(backline.path("privileged").asBoolean()).isFalse();
  }

  @Test
  void aStop_leavesTimeForThePageInFlight() throws IOException {
    int grace =
        Integer.parseInt(
            compose().at("/services/backline/stop_grace_period").asText().replace("s", ""));
    assertThat(grace).isGreaterThan(settings().number("camel.main.shutdownTimeout"));
  }

  @Test
  void noSecret_isWrittenInTheComposeFile() throws IOException {
    for (String service : List.of("postgres", "backline")) {
      environment(service)
          .forEach(
              (name, value) -> {
                if (isSecret(name) && value != null) {
                  assertThat(value.replaceAll(VARIABLE.pattern(), ""))
                      .as(name)
                      .isIn("", "postgresql://backline:@postgres:5432/backline");
                  assertThat(value).as(name).matches("[^$]*\\$\\{[A-Z_]+:\\?[^}]*}.*");
                }
              });
    }
    assertThat(environment("backline")).containsKey("TICKETMASTER_API_KEY");
  }

  private static boolean isSecret(String variable) {
    return variable.equals("POSTGRES_PASSWORD")
        || settings().keys().stream()
            .anyMatch(key -> Settings.secret(key) && Settings.variable(key).equals(variable));
  }

  // --- Variables --------------------------------------------------------------------------------

  private static Settings settings() {
    return Settings.load(Path.of("config", "application.properties"), Map.of());
  }

  /** Whether a variable sets something: a setting, or the PostgreSQL of the compose file. */
  private static boolean known(String variable) {
    return variable.startsWith("POSTGRES_")
        || settings().keys().stream().map(Settings::variable).anyMatch(variable::equals);
  }

  @ParameterizedTest
  @CsvSource({
    "TICKETMASTER_PAGE_SIZE, true",
    "POSTGRES_PASSWORD, true",
    "TICKETMASTER_PAGESIZE, false",
    "PATH, false"
  })
  void variable_isToldFromAMisspelledOne(String variable, boolean known) {
    assertThat(known(variable)).isEqualTo(known);
  }

  @Test
  void everyVariableOfTheComposeFile_isASetting() throws IOException {
    Set<String> variables = new TreeSet<>(environment("backline").keySet());
    Matcher named = VARIABLE.matcher(text("docker-compose.yml"));
    while (named.find()) {
      variables.add(named.group(1));
    }
    assertThat(variables).hasSizeGreaterThan(5).allMatch(DeliveryFilesTest::known);
    assertThat(example().keySet()).as(".env.example").containsAll(variables);
  }

  /** The variables of .env.example with their values, those that are commented out as well. */
  private static Map<String, String> example() throws IOException {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String line : text(".env.example").lines().toList()) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        assertThat(variables.put(matcher.group(2), matcher.group(3))).as(line).isNull();
        assertThat(matcher.group(1).isEmpty())
            .as("%s: only a secret stands without '#', and without a value", line)
            .isEqualTo(isSecret(matcher.group(2)));
      }
    }
    return variables;
  }

  @Test
  void everyVariableOfTheExample_isASettingAndExplained() throws IOException {
    assertThat(example().keySet()).hasSizeGreaterThan(5).allMatch(DeliveryFilesTest::known);
    List<String> lines = text(".env.example").lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (LINE.matcher(lines.get(i)).matches()) {
        assertThat(lines.get(i - 1)).as(lines.get(i)).startsWith("# ");
      }
    }
  }

  @Test
  void everySecret_isInTheExampleWithoutAValue() throws IOException {
    Set<String> secrets = new TreeSet<>(Set.of("POSTGRES_PASSWORD"));
    settings().keys().stream()
        .filter(Settings::secret)
        .map(Settings::variable)
        .forEach(secrets::add);
    assertThat(example().keySet()).containsAll(secrets);
    assertThat(secrets).allMatch(secret -> valueOf(secret).isEmpty());
  }

  private static String valueOf(String variable) {
    try {
      return example().get(variable);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BACKLINE_ENV",
        "BACKLINE_HTTP_PORT",
        "BACKLINE_MANAGEMENT_PORT",
        "LOG_LEVEL",
        "TICKETMASTER_BASE_URL",
        "TICKETMASTER_RATE_LIMIT_PER_SECOND",
        "TICKETMASTER_RATE_LIMIT_PER_DAY",
        "SETLISTFM_BASE_URL",
        "SETLISTFM_RATE_LIMIT_PER_SECOND",
        "SETLISTFM_RATE_LIMIT_PER_DAY",
        "BANDSINTOWN_BASE_URL",
        "BANDSINTOWN_RATE_LIMIT_PER_SECOND",
        "BANDSINTOWN_RATE_LIMIT_PER_DAY",
        "SPOTIFY_BASE_URL",
        "SPOTIFY_TOKEN_URL",
        "SPOTIFY_RATE_LIMIT_PER_SECOND",
        "SPOTIFY_RATE_LIMIT_PER_DAY"
      })
  void valueOfTheExample_isTheDefault(String variable) throws IOException {
    String key =
        settings().keys().stream()
            .filter(k -> Settings.variable(k).equals(variable))
            .findFirst()
            .orElseThrow();
    assertThat(example().get(variable)).isEqualTo(settings().text(key));
  }

  @Test
  void env_isNeverCommitted() throws IOException {
    assertThat(text(".gitignore").lines()).contains(".env");
  }

  // --- Building ---------------------------------------------------------------------------------

  @Test
  void editorconfig_saysHowFilesLook() throws IOException {
    assertThat(text(".editorconfig").lines())
        .contains("root = true", "charset = utf-8", "insert_final_newline = true");
  }

  /** The one Maven command of .ci/run, without the switch that only quiets it. */
  private static List<String> ciCommands() throws IOException {
    return text(".ci/run")
        .lines()
        .filter(line -> line.startsWith("mvn "))
        .map(line -> line.replace(" -B", "").trim())
        .toList();
  }

  @Test
  void ci_runsTheWholeStandard() throws IOException {
    assertThat(Files.isExecutable(Path.of(".ci/run"))).isTrue();
    assertThat(text(".ci/run")).startsWith("#!/usr/bin/env bash").contains("set -euo pipefail");
    assertThat(ciCommands()).containsExactly("mvn verify");
  }

  @Test
  void ci_deploysWithTheProductsOwnCommandAndNowhereUnlessItIsTold()
      throws IOException, InterruptedException {
    Path script = Path.of(".ci/deploy");
    assertThat(Files.isExecutable(script)).isTrue();
    assertThat(text(".ci/deploy")).contains("set -euo pipefail", "exec ./backline deploy");
    ProcessBuilder builder = new ProcessBuilder(script.toString()).redirectErrorStream(true);
    builder.environment().remove("DEPLOY_DIR");
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(said).contains("DEPLOY_DIR is not set; nothing is deployed");
  }

  @Test
  void ci_runsTheTestCommandOfTheReadme() throws IOException {
    assumeTrue(Files.exists(Path.of("README.md")), "there is no README.md");
    assertThat(text("README.md")).contains(ciCommands().get(0));
  }

  private static String text(String file) throws IOException {
    return Files.readString(Path.of(file));
  }
}
