package dev.backline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tracker docs/requirements.md: every row once, and for each met row a test that exists. */
class RequirementsTest {
  private static final Path TRACKER = Path.of("docs", "requirements.md");
  private static final Path TESTS = Path.of("src", "test", "java");
  private static final int ROWS = 160;
  private static final Set<String> STATES = Set.of("met", "partly", "open");

  /** A test as the tracker names it: a class, or a class and one of its methods. */
  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*(?:Test|IT))(?:#(\\w+))?`");

  private static final Pattern MARKED = Pattern.compile("@(?:Test|ParameterizedTest|Property)\\b");

  private record Row(
      String id, String requirement, String priority, String state, String depends, String shown) {
    List<String> dependencies() {
      return depends.equals("-") ? List.of() : List.of(depends.split(",\\s*"));
    }
  }

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (String line : read(TRACKER).lines().toList()) {
      if (line.matches("\\|\\s*S\\d.*")) {
        String[] cells = line.substring(1, line.lastIndexOf('|')).split("\\|", -1);
        assertThat(cells).as(line).hasSize(6);
        for (int i = 0; i < cells.length; i++) {
          cells[i] = cells[i].trim();
        }
        rows.add(new Row(cells[0], cells[1], cells[2], cells[3], cells[4], cells[5]));
      }
    }
    return rows;
  }

  @Test
  void everyRequirement_isThereOnceAndInItsOrder() {
    assertThat(rows().stream().map(Row::id))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, ROWS).mapToObj(n -> "S" + n).toList());
  }

  @Test
  void row_isCompleteAndItsValuesAreKnown() {
    assertThat(rows())
        .allSatisfy(
            row -> {
              assertThat(row.requirement()).as(row.id()).isNotBlank();
              assertThat(row.priority()).as(row.id()).matches("[123]");
              assertThat(row.state()).as(row.id()).isIn(STATES);
              assertThat(row.shown()).as(row.id()).isNotBlank();
            });
  }

  @Test
  void dependencies_existAndDoNotGoInACircle() {
    List<Row> rows = rows();
    assertThat(rows.stream().flatMap(row -> row.dependencies().stream()))
        .isSubsetOf(rows.stream().map(Row::id).toList());
    List<Row> left = new ArrayList<>(rows);
    while (left.removeIf(
        row -> left.stream().noneMatch(other -> row.dependencies().contains(other.id())))) {
      // Each round takes away what depends on nothing that is left.
    }
    assertThat(left.stream().map(Row::id)).as("rows that wait for each other").isEmpty();
  }

  @Test
  void rowThatIsMet_namesATestAndRestsOnNothingOpen() {
    List<String> open = rows().stream().filter(r -> r.state().equals("open")).map(Row::id).toList();
    assertThat(rows().stream().filter(row -> row.state().equals("met")))
        .isNotEmpty()
        .allSatisfy(
            row -> {
              assertThat(NAMED.matcher(row.shown()).find()).as(row.id()).isTrue();
              assertThat(row.dependencies()).as(row.id()).noneMatch(open::contains);
            });
  }

  @Test
  void rowThatIsOpen_namesNoTest() {
    assertThat(rows().stream().filter(row -> row.state().equals("open")))
        .allSatisfy(row -> assertThat(NAMED.matcher(row.shown()).find()).as(row.id()).isFalse());
  }

  @Test
  void rowThatIsPartlyMet_saysWhatWorks() {
    assertThat(rows().stream().filter(row -> row.state().equals("partly")))
        .allSatisfy(row -> assertThat(row.shown()).as(row.id()).hasSizeGreaterThan(10));
  }

  @Test
  void everyTestThatIsNamed_exists() {
    List<String> missing = new ArrayList<>();
    for (Row row : rows()) {
      Matcher named = NAMED.matcher(row.shown());
      while (named.find()) {
        if (!exists(named.group(1), named.group(2))) {
          missing.add(row.id() + " " + named.group());
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "RequirementsTest, ,                                       true",
    "RequirementsTest, rowThatIsOpen_namesNoTest,              true",
    "RequirementsTest, existence_isToldFromAName,              true",
    "RequirementsTest, rows,                                   false",
    "RequirementsTest, everyTestThatIsNamed_isMade,            false",
    "NobodyTest, ,                                             false"
  })
  void existence_isToldFromAName(String test, String method, boolean exists) {
    assertThat(exists(test, method)).isEqualTo(exists);
  }

  /** Whether a class with tests, or one method marked as a test, is in the sources. */
  private static boolean exists(String test, String method) {
    Optional<String> source = source(test);
    if (method == null) {
      return source.filter(text -> MARKED.matcher(text).find()).isPresent();
    }
    Pattern declared =
        Pattern.compile(
            MARKED.pattern() + "(?:(?!\\bvoid\\b).)*?\\bvoid " + method + "\\(", Pattern.DOTALL);
    return source.filter(text -> declared.matcher(text).find()).isPresent();
  }

  private static Optional<String> source(String test) {
    try (Stream<Path> files = Files.walk(TESTS)) {
      return files
          .filter(file -> file.getFileName().toString().equals(test + ".java"))
          .map(RequirementsTest::read)
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
