package dev.backline.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backline.SettingRules;
import dev.backline.Settings;
import dev.backline.land.Page;
import dev.backline.land.SourceRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a job into the requests of its run. Which calls a source needs for a job is written in
 * {@code routes/sources/<source>/<job>.plan.jq}: in go parameters, settings, today and the rows
 * that {@code <job>.plan.sql} beside it finds, out comes an array of {@code {kind, path, query,
 * window: {from, to}}}; {@code limit} asks for the first so many records only, {@code follow} names
 * what its pages lead to. Bean {@code planner} of {@code plan.camel.yaml}.
 */
public final class Planner {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Logger log = LoggerFactory.getLogger(Planner.class);
  private static final String BUDGET = "routes/sql/source-budget.sql";
  private static final int BACKFILL = 3;
  private static final Pattern PARAMETER = Pattern.compile(":\\?(\\w+)");

  private final Settings settings;
  private final Scope scope;
  private final UnaryOperator<String> texts;
  private final Supplier<Set<String>> names;
  private final Rows rows;
  private final Clock clock;

  /** Reads the catalogue for a plan. */
  public interface Rows {
    /** The rows of a statement as a JSON array; its parameters are written {@code :?name}. */
    String json(String statement, Map<String, String> parameters);
  }

  /**
   * @param scope jq functions, see {@link dev.backline.apply.JqScope}
   * @param sources {@code routes/sources}
   */
  public Planner(Settings settings, Scope scope, Path sources, Clock clock) {
    this(settings, scope, () -> names(sources), Planner::read, (statement, with) -> "[]", clock);
  }

  /**
   * @param scope jq functions, see {@link dev.backline.apply.JqScope}
   * @param names the files there are, such as {@code routes/sources/<source>/<job>.plan.jq}
   * @param texts what a file holds
   * @param rows what a statement finds
   */
  public Planner(
      Settings settings,
      Scope scope,
      Supplier<Set<String>> names,
      UnaryOperator<String> texts,
      Rows rows,
      Clock clock) {
    this.settings = settings;
    this.scope = scope;
    this.names = names;
    this.texts = texts;
    this.rows = rows;
    this.clock = clock;
  }

  private static Set<String> names(Path sources) {
    try (Stream<Path> files = Files.walk(sources, 2)) {
      return files.filter(Files::isRegularFile).map(Path::toString).collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every job that is declared, by name. */
  public static List<String> jobs(Settings settings) {
    return settings.keys().stream()
        .filter(key -> key.startsWith("jobs.") && key.endsWith(".cron"))
        .map(key -> key.substring("jobs.".length(), key.length() - ".cron".length()))
        .sorted()
        .toList();
  }

  /** Whether a job works on the catalogue alone and asks no source. */
  private static boolean derived(Settings settings, String job) {
    return settings.find("jobs." + job + ".derived").isPresent();
  }

  /** Whether there is such a job; one without a schedule is declared by its parameters alone. */
  private static boolean declared(Settings settings, String job) {
    return jobs(settings).contains(job) || settings.keys().contains("jobs." + job + ".parameters");
  }

  /** The jobs that ask no source, and those that a source which is not disabled has a plan for. */
  public static List<String> jobs(Settings settings, Path sources) {
    Set<Path> plans = names(sources).stream().map(Path::of).collect(Collectors.toSet());
    return jobs(settings).stream()
        .filter(
            job ->
                derived(settings, job)
                    || settings.sources().stream()
                        .filter(settings::enabled)
                        .anyMatch(
                            source ->
                                plans.contains(sources.resolve(source).resolve(job + ".plan.jq"))))
        .toList();
  }

  /** The jobs with a schedule that ask sources, as far as one of these is enabled. */
  public List<String> scheduled() {
    return jobs(settings).stream()
        .filter(job -> !derived(settings, job))
        .filter(
            job ->
                plans(job).stream()
                    .map(file -> Path.of(file).getParent().getFileName().toString())
                    .anyMatch(settings::enabled))
        .toList();
  }

  /**
   * Parameters of {@code insert-run.sql} for a new run.
   *
   * @throws UnknownJob for a job or parameter that does not exist, when no source can serve it, or
   *     when a plan refuses it: its result is {@code {refused: "why"}} instead of an array
   */
  public Map<String, Object> plan(
      @ExchangeProperty("job") String job,
      @ExchangeProperty("parameters") Map<String, String> parameters,
      @ExchangeProperty("run") String run)
      throws IOException {
    Map<String, String> given = parameters == null ? Map.of() : parameters;
    check(settings, job, given);
    ArrayNode requests = JSON.createArrayNode();
    boolean any = derived(settings, job);
    List<String> disabled = new ArrayList<>();
    for (String file : plans(job)) {
      String source = Path.of(file).getParent().getFileName().toString();
      if (!settings.enabled(source)) {
        disabled.add(source + " (set " + settings.missing(source) + ")");
        continue;
      }
      any = true;
      ObjectNode input = input(source, job, given);
      input.set("rows", rows(file, source, job, given));
      JsonNode planned = evaluate(file, input);
      if (planned.hasNonNull("refused")) {
        throw new UnknownJob(planned.get("refused").asText());
      }
      if (!planned.isArray()) {
        throw new UnknownJob(file + " must give one array of requests");
      }
      for (JsonNode request : planned) {
        checkWindow(file, request);
        requests
            .addObject()
            .put("n", requests.size() - 1)
            .put("source", source)
            .put("kind", request.path("kind").asText())
            .set("request", request);
      }
    }
    boolean idle =
        requests.isEmpty() && !given.isEmpty() && !disabled.isEmpty(); // Who asks is told.
    if (!any || idle) {
      throw new UnknownJob(
          disabled.isEmpty()
              ? "no source has a plan for job "
                  + job
                  + " (routes/sources/<source>/"
                  + job
                  + ".plan.jq)"
              : "job "
                  + job
                  + " has no source to ask: disabled for want of a key: "
                  + String.join(", ", disabled));
    }
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("run", run == null ? UUID.randomUUID().toString() : run);
    row.put("job", job);
    int priority = priority(settings, job);
    row.put("priority", priority);
    row.put("parameters", parameters(given));
    row.put("requests", JSON.writeValueAsString(fit(job, priority, !given.isEmpty(), requests)));
    return row;
  }

  /** 1 is on demand, 2 usual, 3 a backfill, which takes what the others leave. */
  public static int priority(Settings settings, String job) {
    return settings.find("jobs." + job + ".priority").map(Integer::valueOf).orElse(2);
  }

  /**
   * Fits a backfill into what is left of each source's day: those that need it most, which a plan
   * names first. What somebody asked for is not cut but refused.
   *
   * <p>Where nothing is left today it is planned for a day of its own: its requests wait.
   *
   * @throws UnknownJob where somebody asked for what does not fit
   */
  private ArrayNode fit(String job, int priority, boolean asked, ArrayNode requests)
      throws IOException {
    if (priority < BACKFILL) {
      return requests;
    }
    Map<String, Integer> wanted = new TreeMap<>();
    requests.forEach(request -> wanted.merge(request.get("source").asText(), 1, Integer::sum));
    Map<String, Long> left = new TreeMap<>();
    for (var source : wanted.entrySet()) {
      long calls = left(source.getKey());
      if (source.getValue() <= calls) {
        continue;
      }
      String line =
          "job "
              + job
              + " asks for "
              + source.getValue()
              + " calls of "
              + source.getKey()
              + ", of which "
              + calls
              + " are left today beside the reserve and what is planned";
      if (asked) {
        throw new UnknownJob(
            line
                + "; ask for less, wait for the next day, or raise "
                + source.getKey()
                + ".rate-limit-per-day");
      }
      long fits = calls > 0 ? calls : usual(settings, source.getKey());
      log.warn(
          "{}: it takes the {} that need it most{}", line, fits, calls > 0 ? "" : ", the next day");
      left.put(source.getKey(), fits);
    }
    ArrayNode fitting = JSON.createArrayNode();
    for (JsonNode request : requests) {
      String source = request.get("source").asText();
      long calls = left.getOrDefault(source, Long.MAX_VALUE);
      if (calls > 0) {
        left.put(source, calls - 1);
        fitting.add(((ObjectNode) request).put("n", fitting.size()));
      }
    }
    return fitting;
  }

  private long left(String source) throws IOException {
    Map<String, String> values =
        Map.of(
            "source", source,
            "limit", String.valueOf(settings.number(source + ".rate-limit-per-day")),
            "reserve", settings.text("quota.reserve-percent"));
    JsonNode found = JSON.readTree(rows.json(texts.apply(BUDGET), values));
    return found.isEmpty() ? usual(settings, source) : found.get(0).get("left").asLong();
  }

  /** Calls of a source's day beside the reserve for what is asked for on demand. */
  public static long usual(Settings settings, String source) {
    return (long) settings.callsPerDay(source)
        * (100 - settings.number("quota.reserve-percent"))
        / 100;
  }

  /** The parameters as the JSON that a run is stored with. */
  public String parameters(@ExchangeProperty("parameters") Map<String, String> parameters)
      throws IOException {
    return JSON.writeValueAsString(parameters == null ? Map.of() : new TreeMap<>(parameters));
  }

  /** Checks a job's name and parameters without planning it. */
  public static void check(Settings settings, String job, Map<String, String> parameters) {
    if (!declared(settings, job)) {
      throw new UnknownJob(
          "there is no job '" + job + "'; the jobs are " + String.join(", ", jobs(settings)));
    }
    List<String> known =
        List.of(settings.find("jobs." + job + ".parameters").orElse("").split(","));
    for (var parameter : parameters.entrySet()) {
      if (!known.contains(parameter.getKey())) {
        throw new UnknownJob(
            "job "
                + job
                + " takes "
                + (known.equals(List.of("")) ? "no parameters" : String.join(", ", known))
                + ", not '"
                + parameter.getKey()
                + "'");
      }
      if (List.of("from", "to").contains(parameter.getKey())) {
        date(parameter.getKey(), parameter.getValue());
      }
      if (SettingRules.number("jobs." + job + "." + parameter.getKey())
          && !parameter.getValue().matches("[0-9]{1,9}")) {
        throw new UnknownJob(
            parameter.getKey() + "=" + parameter.getValue() + " is not a whole number");
      }
    }
    if (known.contains("near")) {
      PlaceParameters.check(parameters);
    }
    LocalDate from = parameters.containsKey("from") ? date("from", parameters.get("from")) : null;
    LocalDate to = parameters.containsKey("to") ? date("to", parameters.get("to")) : null;
    if (from != null && to != null && to.isBefore(from)) {
      throw new UnknownJob("to=" + to + " lies before from=" + from);
    }
  }

  private static LocalDate date(String name, String value) {
    try {
      return LocalDate.parse(value);
    } catch (DateTimeException e) {
      throw new UnknownJob(name + "=" + value + " is not a date; write YYYY-MM-DD");
    }
  }

  /** From and to may come from parameters, settings and defaults: only here they stand together. */
  private static void checkWindow(String file, JsonNode request) {
    JsonNode window = request.path("window");
    if (window.isObject()) {
      String from = window.path("from").asText();
      String to = window.path("to").asText();
      try {
        if (Instant.parse(to).isBefore(Instant.parse(from))) {
          throw new UnknownJob("the last day, " + to + ", lies before the first, " + from);
        }
      } catch (DateTimeException e) {
        throw new UnknownJob(
            file + " asks from '" + from + "' to '" + to + "'; write days as YYYY-MM-DD");
      }
    }
  }

  private List<String> plans(String job) {
    return names.get().stream()
        .filter(name -> Path.of(name).endsWith(job + ".plan.jq"))
        .sorted()
        .toList();
  }

  /**
   * What a page leads to, where its request names a {@code follow}: further requests of the run,
   * and records that are kept but not applied. Written in {@code
   * routes/sources/<source>/<follow>.follow.jq}: in go the page's records, the request and the
   * settings, and the rows that {@code <follow>.follow.sql} finds for the page's {@code :?ids}; out
   * comes {@code {requests: [...], skip: {id: filter}}}, with {@code end: true} where no page after
   * this one is wanted, and {@code redirects: {old: new}} where the answer tells that an MBID leads
   * to another. Sets the properties {@code children} (a JSON array), {@code skip} (filter by id)
   * and {@code redirects} (a JSON object).
   */
  public void follow(@ExchangeProperty("page") Page page, Exchange exchange) throws IOException {
    JsonNode request = JSON.readTree(exchange.getProperty("request", String.class));
    if (!request.hasNonNull("follow")) {
      return;
    }
    String source = exchange.getProperty("source", String.class);
    String follow = request.get("follow").asText();
    ObjectNode input = input(source, follow, Map.of());
    input.set("request", request);
    ArrayNode records = input.putArray("records");
    for (SourceRecord record : page.records()) {
      if (record.kind().equals(exchange.getProperty("kind"))) {
        records.add(JSON.readTree(record.raw()));
      }
    }
    String file =
        names.get().stream()
            .filter(name -> Path.of(name).endsWith(Path.of(source, follow + ".follow.jq")))
            .findFirst()
            .orElseThrow(
                () ->
                    new UnknownJob(
                        "there is no " + follow + ".follow.jq among the files of " + source));
    input.set(
        "rows",
        rows(file, source, follow, Map.of("ids", JSON.writeValueAsString(ids(page, exchange)))));
    JsonNode result = evaluate(file, input);
    if (result.path("end").asBoolean()) {
      exchange.setProperty("next", null);
    }
    Map<String, String> skip = new TreeMap<>();
    result.path("skip").properties().forEach(e -> skip.put(e.getKey(), e.getValue().asText()));
    exchange.setProperty("skip", skip);
    if (!result.path("redirects").isEmpty()) {
      exchange.setProperty("redirects", JSON.writeValueAsString(result.get("redirects")));
    }
    if (!result.path("requests").isEmpty()) {
      result.get("requests").forEach(child -> checkWindow(file, child));
      exchange.setProperty("children", JSON.writeValueAsString(result.get("requests")));
    }
  }

  private static List<String> ids(Page page, Exchange exchange) {
    return page.records().stream()
        .filter(record -> record.kind().equals(exchange.getProperty("kind")))
        .map(SourceRecord::id)
        .toList();
  }

  /** What the statement beside a plan or follow finds; an empty array where there is none. */
  private JsonNode rows(String file, String source, String job, Map<String, String> given)
      throws IOException {
    String beside = file.replaceFirst("\\.jq$", ".sql");
    if (!names.get().contains(beside)) {
      return JSON.createArrayNode();
    }
    String statement = texts.apply(beside);
    Map<String, String> values = new HashMap<>();
    Matcher parameter = PARAMETER.matcher(statement);
    while (parameter.find()) {
      String name = parameter.group(1);
      values.put(name, given.getOrDefault(name, setting(name, source, job)));
    }
    return JSON.readTree(rows.json(statement, values));
  }

  /** A setting of the job, else of the source, by its last word; secrets are none. */
  private String setting(String name, String source, String job) {
    String word = name.replace('_', '-');
    return Stream.of("jobs." + job + "." + word, source + "." + word)
        .filter(key -> !Settings.secret(key))
        .map(settings::find)
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(null);
  }

  private ObjectNode input(String source, String job, Map<String, String> parameters) {
    LocalDate today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
    ObjectNode input = JSON.createObjectNode();
    ObjectNode given = input.putObject("parameters");
    parameters.forEach(given::put);
    ObjectNode mine = input.putObject("settings");
    put(mine, source + ".");
    put(input.putObject("job"), "jobs." + job + ".");
    input.put("today", today.toString());
    input.put("horizon", today.plusYears(2).toString());
    return input;
  }

  private void put(ObjectNode into, String prefix) {
    for (String key : new TreeSet<>(settings.keys())) {
      if (key.startsWith(prefix) && !Settings.secret(key)) {
        into.put(key.substring(prefix.length()), settings.find(key).orElse(null));
      }
    }
  }

  private JsonNode evaluate(String file, JsonNode input) throws IOException {
    try {
      List<JsonNode> results = new ArrayList<>();
      JsonQuery.compile(texts.apply(file), Versions.JQ_1_7)
          .apply(Scope.newChildScope(scope), input, results::add);
      if (results.size() == 1) {
        return results.get(0);
      }
      throw new UnknownJob(file + " must give one result, not " + results.size());
    } catch (JsonQueryException e) {
      throw new UnknownJob(file + " failed: " + e.getMessage());
    }
  }
}
