package dev.backline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Routes of the running instance, through its management port. */
@Command(
    name = "routes",
    description =
        "Lists the routes of the running instance with their state and statistics; starts, "
            + "stops, suspends and resumes one of them, on this node only.",
    mixinStandardHelpOptions = true)
final class RoutesCommand implements Callable<Integer> {
  private static final Pattern STATEMENT =
      Pattern.compile(
          "(?m)^backline_statement_seconds_(count|sum|max)\\{file=\"([^\"]+)\"} (\\S+)$");

  @Option(
      names = "--statements",
      description = "Instead: the statement files, the slowest in all first.")
  private boolean statements;

  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (statements) {
      return statements(new Jolokia(Session.settings()));
    }
    List<Map<String, Object>> routes = routes(new Jolokia(Session.settings()));
    if (json) {
      Json.print(routes);
      return Cli.OK;
    }
    Table table = new Table("ROUTE", "STATE", "TOTAL", "FAILED", "IN FLIGHT", "MEAN MS");
    routes.forEach(route -> table.row(route.values().toArray()));
    table.print(System.out);
    return Cli.OK;
  }

  private int statements(Jolokia jolokia) throws IOException, InterruptedException {
    Map<String, Map<String, Double>> files = new TreeMap<>();
    Matcher sample = STATEMENT.matcher(jolokia.metrics());
    while (sample.find()) {
      files
          .computeIfAbsent(sample.group(2), file -> new TreeMap<>())
          .put(sample.group(1), Double.parseDouble(sample.group(3)));
    }
    List<Map<String, Object>> rows = new ArrayList<>();
    Table table =
        new Table("STATEMENT", "RUNS", "TOTAL MS", "MEAN MS", "LONGEST MS (LAST MINUTES)");
    files.entrySet().stream()
        .filter(file -> file.getValue().get("count") > 0)
        .sorted((a, b) -> Double.compare(b.getValue().get("sum"), a.getValue().get("sum")))
        .forEach(file -> rows.add(statement(file.getKey(), file.getValue())));
    if (json) {
      Json.print(rows);
    } else {
      rows.forEach(row -> table.row(row.values().toArray()));
      table.print(System.out);
    }
    return Cli.OK;
  }

  private static Map<String, Object> statement(String file, Map<String, Double> times) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("statement", file);
    row.put("runs", times.get("count").longValue());
    row.put("total_ms", Math.round(times.get("sum") * 1000));
    row.put("mean_ms", Math.round(times.get("sum") / times.get("count") * 10_000) / 10.0);
    row.put("longest_ms", Math.round(times.getOrDefault("max", 0.0) * 10_000) / 10.0);
    return row;
  }

  private static List<Map<String, Object>> routes(Jolokia jolokia)
      throws IOException, InterruptedException {
    ObjectNode read = Json.mapper().createObjectNode().put("type", "read");
    read.put("mbean", jolokia.mbean("*"));
    for (String attribute :
        List.of(
            "RouteId",
            "State",
            "ExchangesTotal",
            "ExchangesFailed",
            "ExchangesInflight",
            "MeanProcessingTime")) {
      read.withArray("attribute").add(attribute);
    }
    List<Map<String, Object>> routes = new ArrayList<>();
    for (JsonNode route : jolokia.ask(read)) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("route", route.path("RouteId").asText());
      row.put("state", route.path("State").asText());
      row.put("exchanges_total", route.path("ExchangesTotal").asLong());
      row.put("exchanges_failed", route.path("ExchangesFailed").asLong());
      row.put("exchanges_in_flight", route.path("ExchangesInflight").asLong());
      boolean used = route.path("ExchangesTotal").asLong() > 0;
      row.put("mean_ms", used ? route.path("MeanProcessingTime").asLong() : null);
      routes.add(row);
    }
    routes.sort((a, b) -> a.get("route").toString().compareTo(b.get("route").toString()));
    return routes;
  }

  @Command(name = "start", description = "Starts a stopped route.", mixinStandardHelpOptions = true)
  int start(@Parameters(paramLabel = "ID") String id) throws Exception {
    return change(id, "start");
  }

  @Command(
      name = "stop",
      description = "Stops a route when what it has begun is done.",
      mixinStandardHelpOptions = true)
  int stop(@Parameters(paramLabel = "ID") String id) throws Exception {
    return change(id, "stop");
  }

  @Command(
      name = "suspend",
      description = "Lets a route take nothing new; it keeps what it holds open.",
      mixinStandardHelpOptions = true)
  int suspend(@Parameters(paramLabel = "ID") String id) throws Exception {
    return change(id, "suspend");
  }

  @Command(
      name = "resume",
      description = "Lets a suspended route go on.",
      mixinStandardHelpOptions = true)
  int resume(@Parameters(paramLabel = "ID") String id) throws Exception {
    return change(id, "resume");
  }

  private static int change(String id, String operation) throws Exception {
    Jolokia jolokia = new Jolokia(Session.settings());
    if (routes(jolokia).stream().noneMatch(route -> route.get("route").equals(id))) {
      throw new WrongUsage("there is no route '" + id + "'; ./backline routes lists them");
    }
    ObjectNode exec = Json.mapper().createObjectNode().put("type", "exec");
    exec.put("mbean", jolokia.mbean("name=\"" + id + "\"")).put("operation", operation + "()");
    jolokia.ask(exec);
    String state =
        routes(jolokia).stream()
            .filter(route -> route.get("route").equals(id))
            .map(route -> route.get("state").toString())
            .findFirst()
            .orElse("gone");
    System.out.println(id + " is " + state.toLowerCase(Locale.ROOT));
    return Cli.OK;
  }
}
