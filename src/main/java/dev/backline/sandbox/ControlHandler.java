package dev.backline.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;

/** The endpoints under /world: read the truth and the ledger, move the day, set the faults. */
final class ControlHandler implements HttpHandler {
  private static final String LINES = "application/x-ndjson;charset=utf-8";

  private final Sandbox sandbox;

  ControlHandler(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Params params = new Params(exchange.getRequestURI().getRawQuery());
      String call = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
      try {
        answer(exchange, call, params);
      } catch (IllegalArgumentException e) {
        say(exchange, 400, new JsonBytes(256).raw("{\"error\":").text(e.getMessage()).raw("}"));
      }
    }
  }

  private void answer(HttpExchange exchange, String call, Params params) throws IOException {
    switch (call) {
      case "GET /world" -> say(exchange, 200, world());
      case "GET /world/truth" ->
          lines(
              exchange,
              out -> {
                sandbox.writeTruth(out);
                sandbox.writeRecordings(out);
              });
      case "GET /world/spotify" -> say(exchange, 200, spotify());
      case "POST /world/spotify" -> {
        steer(sandbox.spotifyApi(), params);
        say(exchange, 200, spotify());
      }
      case "GET /world/ledger" -> say(exchange, 200, ledger());
      case "GET /world/ledger/records" -> {
        List<Ledger.Entry> records = records(params.get("source"), params.get("kind"));
        lines(exchange, out -> write(records, out));
      }
      case "POST /world/advance" -> {
        sandbox.advance(number(params, "days", 1));
        say(exchange, 200, world());
      }
      case "POST /world/ledger/reset" -> {
        sandbox.ledger().reset();
        say(exchange, 200, ledger());
      }
      case "POST /world/faults" -> {
        String spec = params.get("spec");
        sandbox.faults(spec == null ? "" : spec);
        say(exchange, 200, world());
      }
      default ->
          say(exchange, 404, new JsonBytes(64).raw("{\"error\":").text("no " + call).raw("}"));
    }
  }

  interface Lines {
    void write(OutputStream out) throws IOException;
  }

  private static void lines(HttpExchange exchange, Lines lines) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", LINES);
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = new BufferedOutputStream(exchange.getResponseBody(), 64 * 1024)) {
      lines.write(out);
    }
  }

  private static void say(HttpExchange exchange, int status, JsonBytes body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", Answers.JSON);
    exchange.sendResponseHeaders(status, body.length());
    exchange.getResponseBody().write(body.data(), 0, body.length());
  }

  private JsonBytes world() {
    World world = sandbox.world();
    JsonBytes out = new JsonBytes(512).raw("{\"seed\":").number(world.seed());
    out.raw(",\"artists\":").number(world.artists()).raw(",\"start\":\"");
    out.raw(world.start().toString()).raw("\",\"day\":").number(world.day());
    out.raw(",\"today\":\"").raw(world.today().toString()).raw("\",\"faults\":");
    out.text(sandbox.faultSpec()).raw(",\"attractions\":").number(world.attractionCount());
    out.raw(",\"venues\":").number(world.venueCount()).raw(",\"events\":");
    out.number(world.eventCount()).raw(",\"events_visible\":");
    out.number(world.visibleEventCount());
    String before = ",\"apis\":{";
    for (Source source : Source.values()) {
      out.raw(before).raw("\"").raw(source.word()).raw("\":");
      out.text(sandbox.uri(source).toString());
      before = ",";
    }
    return out.raw("}}");
  }

  private JsonBytes spotify() {
    Spotify spotify = sandbox.spotifyApi();
    JsonBytes out = new JsonBytes(64).raw("{\"regime\":\"").raw(spotify.regime().word());
    return out.raw("\",\"expires_in\":").number(spotify.tokens().lifeSeconds()).raw("}");
  }

  /** Sets the regime and the life of new tokens in seconds; "expire" ends all tokens. */
  private static void steer(Spotify spotify, Params params) {
    if (params.get("regime") != null) {
      spotify.regime(SpotifyRegime.named(params.get("regime")));
    }
    spotify.tokens().lifeSeconds(number(params, "expires_in", spotify.tokens().lifeSeconds()));
    if (params.get("expire") != null) {
      spotify.tokens().expire();
    }
  }

  /** Ticketmaster's at the top, as its calls are the most; then each API under its word. */
  private JsonBytes ledger() {
    Ledger ledger = sandbox.ledger();
    JsonBytes out = new JsonBytes(1024).raw("{");
    ledger(out, ledger.of(Source.TICKETMASTER));
    String before = ",\"sources\":{";
    for (Source source : Source.values()) {
      out.raw(before).raw("\"").raw(source.word()).raw("\":{");
      ledger(out, ledger.of(source));
      out.raw("}");
      before = ",";
    }
    return out.raw("}}");
  }

  private static void ledger(JsonBytes out, SourceLedger ledger) {
    out.raw("\"calls\":").number(ledger.calls());
    out.raw(",\"calls_per_second_max\":").number(ledger.callsPerSecondMax());
    String before = ",\"records\":{";
    for (String kind : ledger.kinds()) {
      out.raw(before).raw("\"").raw(kind).raw("\":{\"served\":");
      out.number(ledger.served(kind)).raw(",\"distinct\":").number(ledger.distinct(kind)).raw("}");
      before = ",";
    }
    out.raw("}");
  }

  private List<Ledger.Entry> records(String source, String kind) {
    Source wanted = source == null ? Source.TICKETMASTER : Source.named(source);
    return sandbox.ledger().of(wanted).records(kind);
  }

  private static void write(List<Ledger.Entry> records, OutputStream out) throws IOException {
    JsonBytes line = new JsonBytes(256);
    for (Ledger.Entry entry : records) {
      line.clear().raw("{\"id\":").text(entry.id()).raw(",\"served\":").number(entry.served());
      line.raw(",\"last\":").number(entry.last()).raw(",\"hash\":\"");
      line.raw(String.format(Locale.ROOT, "%016x", entry.hash())).raw("\"}\n");
      out.write(line.data(), 0, line.length());
    }
  }

  private static int number(Params params, String name, int otherwise) {
    String text = params.get(name);
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("\\d{1,6}")) {
      throw new IllegalArgumentException(name + " must be a number from 0 to 100000, not " + text);
    }
    return Integer.parseInt(text);
  }
}
