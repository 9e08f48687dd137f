package dev.backline.reload;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PostgreSQL reads every statement, and runs none. */
final class StatementChecks {
  private static final Logger log = LoggerFactory.getLogger("backline.reload");

  /** A parameter as the SQL component knows it. */
  private static final Pattern PARAMETER = Pattern.compile(":\\?(?:\\w+|\\$\\{[^}]+})");

  /** A parameter whose type only its value shows: no mistake. */
  private static final Set<String> ONLY_AT_RUN_TIME = Set.of("42P18");

  private StatementChecks() {}

  static List<Problem> problems(RouteSet set, DataSource database) {
    List<Problem> problems = new ArrayList<>();
    try (Connection connection = database.getConnection()) {
      for (Map.Entry<String, String> file : set.below("", ".sql").entrySet()) {
        String sql = withoutComments(file.getValue());
        String plain = PARAMETER.matcher(sql).replaceAll("?");
        try (PreparedStatement statement = connection.prepareStatement(plain)) {
          statement.getParameterMetaData(); // Makes the server read it, and only that.
        } catch (SQLException e) {
          String state = String.valueOf(e.getSQLState());
          boolean ofTheText = state.startsWith("42") || state.startsWith("0A");
          boolean mistake = ofTheText && !ONLY_AT_RUN_TIME.contains(state);
          if (mistake || state.startsWith("22")) {
            problems.add(
                new Problem(
                    file.getKey(),
                    line(sql, e),
                    "PostgreSQL does not take this: " + message(e),
                    "mend the statement"));
          } else if (!ofTheText) {
            throw e;
          }
        }
      }
    } catch (SQLException e) {
      // The routes wait for the database as well; what they say then is not about this edit.
      log.warn("the statements under {} were not checked: {}", set.root(), message(e));
    }
    return problems;
  }

  /** Comment lines may hold what looks like a parameter; empty ones keep the lines' numbers. */
  private static String withoutComments(String text) {
    return text.replaceAll("(?m)^\\s*--.*$", "");
  }

  private static String message(SQLException e) {
    return String.valueOf(e.getMessage())
        .lines()
        .findFirst()
        .orElse("")
        .replaceFirst("^ERROR: ", "");
  }

  /** The line that the server points at; it counts in the text with {@code $1} for parameters. */
  private static int line(String sql, SQLException e) {
    ServerErrorMessage said = e instanceof PSQLException p ? p.getServerErrorMessage() : null;
    if (said == null || said.getPosition() < 1) {
      return 1;
    }
    StringBuilder sent = new StringBuilder();
    Matcher parameter = PARAMETER.matcher(sql);
    for (int n = 1; parameter.find(); n++) {
      parameter.appendReplacement(sent, Matcher.quoteReplacement("$" + n));
    }
    parameter.appendTail(sent);
    int end = Math.min(said.getPosition() - 1, sent.length());
    return (int) sent.substring(0, end).chars().filter(c -> c == '\n').count() + 1;
  }
}
