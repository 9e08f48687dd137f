package dev.backline;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The import map: which part of the program may use which, and which may touch the outside. */
class ArchitectureTest {
  /**
   * Part → parts it uses. Kept in the order of the layers, so that a part uses only what stands
   * above it; a part is a package, and the top package is three: settings, node (the routes and
   * what they are wired to) and start.
   */
  private static final String MAP =
      """
      settings   :
      identity   :
      songs      :
      setlists   :
      pages      :
      sandbox    :
      fetch      : settings
      store      : settings
      land       : settings
      web        : settings store pages land
      observe    : settings
      plan       : settings fetch land
      apply      : settings identity songs land
      alarms     : settings plan
      reload     : identity songs apply pages
      node       : settings identity songs setlists pages fetch store land web observe plan apply alarms reload
      jobs       : settings plan node
      selftest   : settings sandbox store
      bench      : settings store land node jobs selftest
      cli        : settings sandbox store land web plan apply reload node jobs selftest bench
      start      : settings cli
      """;

  private static final Map<String, String> TOP_PACKAGE =
      Map.of(
          "Settings", "settings",
          "SettingRules", "settings",
          "Node", "node",
          "Role", "settings",
          "Wiring", "node",
          "StartFailed", "node",
          "App", "start");

  /** Classes that routes call, or that start them: elsewhere nothing knows of Camel. */
  private static final Set<String> KNOW_CAMEL =
      Set.of(
          "Node",
          "Wiring",
          "fetch.AccessTokens",
          "fetch.AnswerCache",
          "fetch.BackOff",
          "fetch.BodyLimit",
          "fetch.Calls",
          "fetch.Pacing",
          "fetch.Trouble",
          "land.Landing",
          "land.Relanding",
          "observe.Gauges",
          "observe.LogContext",
          "observe.StatementTimes",
          "observe.Tracing",
          "plan.Due",
          "plan.Planner",
          "plan.Replays",
          "plan.Requests",
          "plan.Schedules",
          "plan.Tasks",
          "plan.Workers",
          "store.JobTicks",
          "store.Withdrawal",
          "apply.Batches",
          "apply.Failures",
          "apply.Origins",
          "apply.Remapping",
          "apply.Resolution",
          "apply.Translation",
          "reload.Beans",
          "reload.Draft",
          "reload.GatedDirect",
          "reload.KeptSeda",
          "reload.Reload",
          "reload.RouteBuilding",
          "reload.RouteHealth",
          "reload.RouteSwap",
          "reload.SetResources",
          "reload.YamlChecks",
          "setlists.Setlists",
          "web.Answers",
          "web.Orders",
          "web.Pages",
          "web.Reviews",
          "web.RouteControl",
          "web.Sessions",
          "web.Upstream",
          "web.Visits",
          "web.AlarmsHealth",
          "web.DatabaseHealth",
          "web.Headers",
          "web.Ports",
          "web.Problems",
          "web.Query");

  /** Outside the store: those who hand a pool on, read a row's value or tell a database's error. */
  private static final Set<String> KNOW_JDBC =
      Set.of(
          "bench.Bench",
          "bench.Floor",
          "bench.RowLoop",
          "bench.SmallHeap",
          "bench.Server",
          "bench.Written",
          "selftest.Checker",
          "selftest.Score",
          "selftest.Soak",
          "Node",
          "Wiring",
          "apply.Failures",
          "apply.Resolution",
          "cli.Json",
          "cli.Session",
          "cli.Table",
          "fetch.Calls",
          "reload.RouteChecks",
          "reload.StatementChecks",
          "setlists.Setlists",
          "web.AlarmsHealth",
          "web.DatabaseHealth",
          "web.EventStreams",
          "web.Ports",
          "web.Problems");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.backline");

  private static final JavaClasses FORBIDDEN =
      new ClassFileImporter().importClasses(Forbidden.class);

  /** Does everything that is forbidden everywhere: shows that the guards see it. */
  @SuppressWarnings("unused")
  private static final class Forbidden {
    void print() {
      System.out.println();
    }

    Object read(java.io.InputStream in) throws java.io.IOException, ClassNotFoundException {
      try (java.io.ObjectInputStream objects = new java.io.ObjectInputStream(in)) {
        return objects.readObject();
      }
    }

    void type(com.fasterxml.jackson.databind.ObjectMapper json) {
      json.activateDefaultTyping(json.getPolymorphicTypeValidator());
    }

    java.sql.Connection connection() {
      return null;
    }
  }

  // --- The map ----------------------------------------------------------------------------------

  @Test
  void parts_useWhatTheMapSaysAndNothingElse() {
    Map<String, Set<String>> used = new TreeMap<>();
    CLASSES.forEach(c -> used.computeIfAbsent(part(c), p -> new TreeSet<>()));
    for (JavaClass from : CLASSES) {
      for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
        JavaClass to = dependency.getTargetClass().getBaseComponentType();
        if (to.getPackageName().startsWith("dev.backline") && !part(to).equals(part(from))) {
          used.get(part(from)).add(part(to));
        }
      }
    }
    assertThat(used).isEqualTo(new TreeMap<>(map()));
  }

  @Test
  void map_hasNoCycle() {
    Set<String> above = new TreeSet<>();
    map()
        .forEach(
            (part, uses) -> {
              assertThat(above).as("%s may use", part).containsAll(uses);
              above.add(part);
            });
  }

  private static Map<String, Set<String>> map() {
    Map<String, Set<String>> map = new LinkedHashMap<>();
    MAP.lines()
        .forEach(
            line -> {
              String[] sides = line.split(":", 2);
              map.put(
                  sides[0].trim(),
                  Arrays.stream(sides[1].trim().split("\\s+"))
                      .filter(part -> !part.isEmpty())
                      .collect(Collectors.toCollection(TreeSet::new)));
            });
    return map;
  }

  private static String part(JavaClass c) {
    String name = name(c);
    return name.contains(".")
        ? name.substring(0, name.indexOf('.'))
        : TOP_PACKAGE.getOrDefault(name, "a part of its own: " + name);
  }

  /** Name below dev.backline, of the outermost class. */
  private static String name(JavaClass c) {
    return c.getName().substring("dev.backline.".length()).replaceFirst("\\$.*", "");
  }

  // --- Who may touch what -----------------------------------------------------------------------

  @Test
  void camel_isKnownOnlyToWhatRoutesCall() {
    assertThat(users(CLASSES, "org.apache.camel")).isEqualTo(new TreeSet<>(KNOW_CAMEL));
  }

  @Test
  void jdbc_isKnownOnlyToTheStoreAndTheseFew() {
    Set<String> users =
        users(CLASSES, "java.sql", "javax.sql", "org.springframework", "org.postgresql");
    users.removeIf(name -> name.startsWith("store."));
    assertThat(users).isEqualTo(new TreeSet<>(KNOW_JDBC));
  }

  @ParameterizedTest
  @CsvSource({
    "com.sun.net.httpserver, sandbox",
    "com.zaxxer.hikari,      store",
    "org.flywaydb,           store",
    "io.zonky,               store",
    "com.github.luben,       land",
    "com.dynatrace,          land",
    "io.micrometer,          observe",
    "io.opentelemetry,       observe",
    "com.networknt,          apply",
    "io.vertx,               web",
    "freemarker,             pages|web|reload",
    "org.snakeyaml,          reload",
    "picocli,                cli",
    "me.tongfei,             cli"
  })
  void library_isKnownToTheseParts(String library, String part) {
    assertThat(users(CLASSES, library))
        .isNotEmpty()
        .allMatch(name -> Set.of(part.split("\\|")).contains(name.split("\\.")[0]));
  }

  @Test
  void cache_isKnownToWhatRepeatsItself() {
    assertThat(users(CLASSES, "com.github.benmanes"))
        .containsExactlyInAnyOrder(
            "fetch.AnswerCache", "land.Landing", "web.Sessions", "web.Totals", "web.Visitors");
  }

  @ParameterizedTest
  @ValueSource(strings = {"java.io.ObjectInputStream", "java.io.ObjectOutputStream", "lombok"})
  void type_isNeverUsed(String type) {
    assertThat(users(CLASSES, type)).isEmpty();
  }

  @Test
  void guards_seeTheUseOfATypeAndNotOfItsNeighbour() {
    assertThat(users(FORBIDDEN, "java.io.ObjectInputStream")).isNotEmpty();
    assertThat(users(FORBIDDEN, "java.sql", "javax.sql")).isNotEmpty();
    assertThat(users(FORBIDDEN, "java.io.ObjectInput")).isEmpty();
  }

  /** Names of the classes that use a package, one below it, or a type. */
  private static Set<String> users(JavaClasses classes, String... names) {
    Set<String> users = new TreeSet<>();
    for (JavaClass from : classes) {
      for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
        String to = dependency.getTargetClass().getBaseComponentType().getName();
        for (String name : names) {
          if (to.equals(name) || to.startsWith(name + ".") || to.startsWith(name + "$")) {
            users.add(name(from));
          }
        }
      }
    }
    return users;
  }

  @Test
  void onlyCommands_writeToTheTerminal() {
    Set<String> writers = calls(CLASSES, ArchitectureTest::isTerminal);
    assertThat(writers).isNotEmpty().allMatch(name -> name.startsWith("cli."));
    assertThat(calls(FORBIDDEN, ArchitectureTest::isTerminal)).isNotEmpty();
  }

  private static boolean isTerminal(JavaAccess<?> access) {
    return access.getTargetOwner().isEquivalentTo(System.class)
            && Set.of("out", "err").contains(access.getTarget().getName())
        || access.getTargetOwner().isEquivalentTo(Throwable.class)
            && access.getTarget().getFullName().endsWith("printStackTrace()");
  }

  @Test
  void json_neverNamesAJavaType() {
    assertThat(calls(CLASSES, ArchitectureTest::isDefaultTyping)).isEmpty();
    assertThat(users(CLASSES, "com.fasterxml.jackson.annotation.JsonTypeInfo")).isEmpty();
    assertThat(calls(FORBIDDEN, ArchitectureTest::isDefaultTyping)).isNotEmpty();
  }

  private static boolean isDefaultTyping(JavaAccess<?> access) {
    return access.getTargetOwner().getPackageName().startsWith("com.fasterxml.jackson")
        && access.getTarget().getName().contains("DefaultTyping");
  }

  private static Set<String> calls(JavaClasses classes, Predicate<JavaAccess<?>> wanted) {
    return classes.stream()
        .filter(c -> c.getAccessesFromSelf().stream().anyMatch(wanted))
        .map(ArchitectureTest::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  // --- Names ------------------------------------------------------------------------------------

  @Test
  void class_isNamedAfterWhatItOwns() {
    assertThat(CLASSES.stream().map(JavaClass::getSimpleName).filter(ArchitectureTest::isVague))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "RouteUtil, true",
    "RouteUtils, true",
    "JobManager, true",
    "JobHelper, true",
    "PlannerImpl, true",
    "CommandBase, true",
    "Database, false",
    "Planner, false"
  })
  void vagueName_isToldFromAName(String name, boolean vague) {
    assertThat(isVague(name)).isEqualTo(vague);
  }

  private static boolean isVague(String name) {
    return name.matches(".*(Util|Helper|Manager|Impl|Base|Common)s?") && !name.equals("Database");
  }

  @Test
  void class_isFinalOrNeverExtended() {
    Set<String> open =
        CLASSES.stream()
            .filter(c -> c.getRawSuperclass().isPresent())
            .map(c -> c.getRawSuperclass().get())
            .filter(parent -> parent.getPackageName().startsWith("dev.backline"))
            .map(JavaClass::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(open).as("classes of ours that are extended").isEmpty();
  }
}
