package dev.backline;

import java.net.URI;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.quartz.CronExpression;

/** What the values of settings must look like, by the names of the settings. */
public final class SettingRules {
  private static final Pattern NUMBER =
      Pattern.compile(
          ".*[.-](delay|timeout|shutdownTimeout|size|seconds|retries|wait|ms|attempts|pause|kb|mb|port|pages|batches"
              + "|after|second|day|days|transaction|reachable|counted|popularity|artists|shows|past|per-artist|per-page|per-call|limit|years|lookups|venues|radius|percent|hours|hour|minute|streams|at-once|priority|answers)|(apply\\.sweep|guard\\.sample)-records");
  private static final Pattern COUNT =
      Pattern.compile(
          ".*[.-](size|attempts|pages|batches|second|days|transaction|reachable|counted|kb|mb|per-artist|per-page|per-call|hours|at-once|answers)|apply\\.sweep-records"
              + "|fetch\\.lease-seconds|nodes\\.silent-seconds|database\\.read-check-seconds|shows\\.gone-after|database\\.pool-timeout");

  /** Where 0 says: for as long as it is needed. */
  private static final Pattern FOR_GOOD = Pattern.compile(".*\\.(raw|derived)-days");

  /** What a node can be for, see {@link Role}. */
  static final String ROLES = "schedule, fetch, apply, web";

  private static final Pattern COUNTRIES = Pattern.compile("[A-Z]{2}(\\s*,\\s*[A-Z]{2})*");

  private SettingRules() {}

  /** One line for each setting whose value cannot be used, with the place where it is set. */
  public static List<String> problems(Settings settings) {
    List<String> problems = new ArrayList<>();
    for (String key : new TreeSet<>(settings.keys())) {
      try {
        Optional<String> value = settings.find(key);
        if (value.isPresent()) {
          Optional<String> wanted = wanted(key, value.get());
          wanted.ifPresent(
              rule ->
                  problems.add(
                      "setting "
                          + key
                          + " must be "
                          + rule
                          + (Settings.secret(key) ? "" : ", not '" + value.get() + "'")
                          + " ("
                          + settings.origin(key)
                          + ")"));
        }
      } catch (Settings.Invalid e) {
        problems.add(e.getMessage());
      }
    }
    return problems;
  }

  /** Whether a setting is a whole number. */
  public static boolean number(String key) {
    return NUMBER.matcher(key).matches();
  }

  /** What a value should be; empty where it is. */
  private static Optional<String> wanted(String key, String value) {
    if (number(key)) {
      int least = COUNT.matcher(key).matches() && !FOR_GOOD.matcher(key).matches() ? 1 : 0;
      return when(!wholeNumber(value, least), "a whole number from " + least);
    }
    if (key.endsWith(".base-url") || key.endsWith(".token-url") || key.endsWith(".endpoint")) {
      return when(!url(value), "a URL such as https://host/path/");
    }
    if (key.startsWith("jobs.") && key.endsWith(".cron")) {
      return when(
          !CronExpression.isValidExpression(value),
          "a Quartz cron expression of six fields (second minute hour day month weekday)");
    }
    if (key.endsWith(".events-from") || key.endsWith(".events-to")) {
      return when(!date(value), "a date, YYYY-MM-DD");
    }
    if (key.endsWith(".countries")) {
      return when(
          !COUNTRIES.matcher(value).matches(), "ISO country codes in capitals, comma separated");
    }
    if (key.endsWith(".priority")) {
      return oneOf(value, "1", "2", "3");
    }
    return switch (key) {
      case "backline.env" -> oneOf(value, "development", "staging", "production");
      case "log.level" -> oneOf(value, "TRACE", "DEBUG", "INFO", "WARN", "ERROR");
      case "alarms.webhook-url" -> when(!url(value), "a URL such as https://host/path");
      case "auto.start-workers", "backline.reload" -> oneOf(value, "true", "false");
      case "backline.roles" ->
          when(
              !List.of(ROLES.split(", ")).containsAll(List.of(value.split("\\s*,\\s*"))),
              "some of " + ROLES + ", comma separated");
      case "log.format" -> oneOf(value, "text", "json");
      default -> Optional.empty();
    };
  }

  private static Optional<String> when(boolean wrong, String rule) {
    return wrong ? Optional.of(rule) : Optional.empty();
  }

  private static Optional<String> oneOf(String value, String... words) {
    return when(!List.of(words).contains(value), "one of " + String.join(", ", words));
  }

  private static boolean wholeNumber(String value, int least) {
    try {
      return Integer.parseInt(value) >= least;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean url(String text) {
    try {
      URI uri = URI.create(text);
      return uri.getHost() != null
          && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean date(String text) {
    try {
      LocalDate.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
