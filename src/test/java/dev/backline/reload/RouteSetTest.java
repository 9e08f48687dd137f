package dev.backline.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backline.Settings;
import dev.backline.apply.JqScope;
import dev.backline.plan.Planner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sets of files, what a change of one means for each route, and what is read from them at use. */
class RouteSetTest {
  private static final String ROUTES =
      """
      - route:
          id: one
          from:
            uri: direct:one
            steps:
              - setBody: {expression: {jq: {expression: "resource:file:routes/sources/x/a.jq"}}}
      - route:
          id: two
          routeConfigurationId: caller-decides
          from:
            uri: direct:two
            steps:
              - to: {uri: "sql:file:routes/sql/s.sql"}
      """;
  private static final String POLICIES =
      """
      - routeConfiguration:
          description: Default.
      - routeConfiguration:
          id: caller-decides
          errorHandler: {noErrorHandler: {}}
      """;

  @TempDir Path folder;

  private RouteSet set() throws IOException {
    write("flow/routes.camel.yaml", ROUTES);
    write("flow/errors.camel.yaml", POLICIES);
    write("sources/x/a.jq", "include \"m\";\n.");
    write("sources/m.jq", "include \"n\";\ndef m: 1;");
    write("sources/n.jq", "def n: 1;");
    write("sources/other.jq", "def o: 1;");
    write("sql/s.sql", "select 1");
    return read();
  }

  private RouteSet read() {
    return RouteSet.read(folder.resolve("routes"));
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve("routes").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void filesOfEditors_areNoPartOfASet() throws IOException {
    RouteSet set = set();
    write("flow/.routes.camel.yaml.swp", "x");
    write("flow/routes.camel.yaml~", "x");
    write("flow/#routes.camel.yaml#", "x");
    write(".git/config.camel.yaml", "x");
    assertThat(read()).isEqualTo(set);
    write("flow/more.camel.yaml", "x");
    assertThat(read().changedSince(set)).containsExactly("routes/flow/more.camel.yaml");
  }

  @Test
  void aFolderThatIsGone_isAnEmptySet() {
    assertThat(RouteSet.read(folder.resolve("nothing")).names()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sources/x/a.jq         | include \"m\"; 1                     | true  | false",
        "sources/m.jq           | def m: 2;                            | true  | false",
        "sources/n.jq           | def n: 2;                            | true  | false",
        "sources/other.jq       | def o: 2;                            | false | false",
        "sql/s.sql              | select 2                             | false | true",
        "flow/errors.camel.yaml | - routeConfiguration: {id: caller-decides, errorHandler: {noErrorHandler: {}}} | true | false",
        "flow/errors.camel.yaml | - routeConfiguration: {description: Default.} | false | true",
      })
  void aChangedFile_changesTheRoutesThatAreMadeFromIt(
      String file, String text, boolean one, boolean two) throws IOException {
    RouteSet former = set();
    write(file, text);
    RouteSet now = read();
    assertThat(changed(former, now, "one")).as("one").isEqualTo(one);
    assertThat(changed(former, now, "two")).as("two").isEqualTo(two);
  }

  @Test
  void aCommentOrAnotherLayout_changesNoRoute() throws IOException {
    RouteSet former = set();
    write("flow/routes.camel.yaml", "# A comment.\n" + ROUTES.replace("{uri: ", "{ uri:  "));
    RouteSet now = read();
    assertThat(now).isNotEqualTo(former);
    assertThat(changed(former, now, "one")).isFalse();
    assertThat(changed(former, now, "two")).isFalse();
  }

  private static boolean changed(RouteSet former, RouteSet now, String id) {
    List<Definition> before = Definition.of(former);
    List<Definition> after = Definition.of(now);
    return !Definition.routes(former)
        .get(id)
        .meaning(former, before)
        .equals(Definition.routes(now).get(id).meaning(now, after));
  }

  @Test
  void aPlanOfTheNextSet_isUsedByTheNextRun() throws IOException {
    String plan = "sources/ticketmaster/upcoming-shows.plan.jq";
    write(plan, "include \"m\";\n[{kind: \"event\", path: m, query: {}}]");
    write("sources/m.jq", "def m: \"one\";");
    RunningSet running = new RunningSet(read());
    Settings settings =
        Settings.load(
            Path.of("config", "application.properties"), Map.of("TICKETMASTER_API_KEY", "k"));
    Planner planner =
        new Planner(
            settings,
            JqScope.create(() -> running.get().modules()),
            () -> running.get().below("sources", ".plan.jq").keySet(),
            file -> running.get().text(file),
            (statement, with) -> "[]",
            Clock.systemUTC());
    assertThat(requests(planner)).contains("\"path\":\"one\"");

    write("sources/m.jq", "def m: \"two\";");
    assertThat(requests(planner)).as("the folder is not read").contains("\"path\":\"one\"");
    running.use(read());
    assertThat(requests(planner)).contains("\"path\":\"two\"");

    write(plan, "[{kind: \"event\", path: \"three\", query: {}}]");
    running.use(read());
    assertThat(requests(planner)).contains("\"path\":\"three\"");
  }

  private static String requests(Planner planner) throws IOException {
    return (String) planner.plan("upcoming-shows", Map.of(), null).get("requests");
  }

  // --- YAML with lines --------------------------------------------------------------------------

  @Test
  void aValue_knowsItsLineAndItsMeaning() {
    Yaml yaml = Yaml.parse("# comment\n- a: 1\n  b:\n    - x\n    - {c: y}\n");
    Yaml entry = yaml.items().get(0);
    assertThat(entry.line()).isEqualTo(2);
    assertThat(entry.get("b").items().get(1).get("c").line()).isEqualTo(5);
    assertThat(yaml.meaning()).isEqualTo(Yaml.parse("[{a: 1, b: [x, {c: y}]}]").meaning());
    assertThat(yaml.meaning()).isNotEqualTo(Yaml.parse("[{a: 1, b: [x, {c: z}]}]").meaning());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"2 | a: 1;b: [1, 2;c: 3", "3 | a: 1;b: 2;a: 3", "2 | a: 1;\tb: 2"})
  void aTextThatIsNoYaml_isToldWithItsLine(int line, String text) {
    assertThatThrownBy(() -> Yaml.parse(text.replace(";", "\n")))
        .isInstanceOfSatisfying(
            Yaml.Unreadable.class, e -> assertThat(e.line()).isBetween(line, line + 1));
  }
}
