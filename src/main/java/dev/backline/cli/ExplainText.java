package dev.backline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What {@code explain} and {@code review} found, in words. Times are UTC. */
final class ExplainText {
  private static final Map<String, String> METHODS =
      Map.of(
          "source-id", "it is what the others were joined to",
          "trusted-id", "joined by an id that other catalogues vouch for",
          "evidence", "joined by evidence",
          "offer", "a listing sold beside the show",
          "verdict", "joined by the word of a person");

  private final StringBuilder text = new StringBuilder();

  ExplainText all(JsonNode document) {
    String kind = document.get("kind").asText();
    JsonNode about = document.get("about");
    if (document.has("mergedFrom")) {
      line("%s was merged into this %s:", document.get("mergedFrom").asText(), kind);
    }
    switch (kind) {
      case "artist" -> artist(document, about);
      case "venue" -> venue(about);
      case "show" -> show(about);
      default -> song(about);
    }
    line("id %s", document.get("id").asText());
    if (kind.equals("song")) {
      recordings(about);
      return this;
    }
    records(document.get("records"), kind);
    values(document.get("fields"));
    if (kind.equals("show")) {
      beside(about);
    }
    decided(document, kind);
    return this;
  }

  // --- What it is -------------------------------------------------------------------------------

  private void artist(JsonNode document, JsonNode about) {
    JsonNode songs = document.get("catalogue");
    line("Artist: %s", text(about, "name"));
    line(
        "%s to come, %s played; %s, worked out from %s on %s",
        count(about.get("upcoming").asInt(), "show"),
        text(about, "past"),
        count(about.get("songs").asInt(), "song"),
        count(songs.get("tracks").asInt(), "recording"),
        count(songs.get("totalAlbums").asInt(), "album"));
  }

  private void venue(JsonNode about) {
    line("Venue: %s", text(about, "name"));
    String place = joined(about, "address", "city", "state", "countryCode");
    line(
        "%s; %s upcoming shows, %s past ones", place, text(about, "upcoming"), text(about, "past"));
  }

  private void show(JsonNode about) {
    line("Show: %s", text(about, "name"));
    String when = has(about, "localDate") ? text(about, "localDate") : "no date yet";
    if (has(about, "localTime")) {
      when += " " + text(about, "localTime").substring(0, 5);
    }
    if (has(about, "timezone")) {
      when += " (" + text(about, "timezone") + ")";
    }
    JsonNode venue = about.get("venue");
    String where =
        venue.isObject() ? "at " + joined(venue, "name", "city", "countryCode") : "no venue";
    line("%s, %s, %s", when, where, text(about, "status").replace('_', ' '));
    List<String> names = new ArrayList<>();
    about.get("lineUp").forEach(artist -> names.add(text(artist, "name")));
    line("Line-up: %s", names.isEmpty() ? "not known" : String.join(", ", names));
    if (has(about, "tour")) {
      line("Tour: %s", text(about, "tour"));
    }
    JsonNode played = about.get("played");
    if (played.isObject() && !has(played, "source")) {
      line("Played: not known to any source that was asked");
    } else if (played.isObject()) {
      line(
          "Played: %s, as %s tells%s",
          played.get("known").asBoolean() ? text(played, "songs") + " entries" : "no songs known",
          text(played, "source"),
          has(played, "url") ? " at " + text(played, "url") : "");
    }
  }

  private void song(JsonNode about) {
    line("Song: %s, by %s", text(about, "title"), text(about.get("artist"), "name"));
    if (has(about, "coverOf")) {
      line("A cover of a song by %s", text(about, "coverOf"));
    }
    line("Played at %s that we know of", count(about.get("played").asInt(), "show"));
  }

  private void recordings(JsonNode about) {
    JsonNode recordings = about.get("recordings");
    if (recordings.isEmpty()) {
      head("No recording of it is known; a setlist names it.");
      return;
    }
    head("It has %s:", count(recordings.size(), "recording"));
    Table table =
        new Table("", "RECORDING", "KIND", "SCORE", "RELEASED", "ALBUM", "TYPE", "ISRC", "TITLE");
    for (JsonNode r : recordings) {
      table.row(
          r.get("shown").asBoolean() ? "shown" : "",
          text(r, "source") + " " + text(r, "id"),
          text(r, "kind"),
          text(r, "score"),
          cell(r, "releasedOn"),
          cell(r, "album"),
          cell(r, "albumType"),
          cell(r, "isrc"),
          text(r, "title"));
    }
    table(table);
    line("Shown is the first studio recording, else the first reissue; of one day, the album's.");
    line("Live, acoustic, demo, remix and the like are never shown.");
  }

  // --- What it is made of -----------------------------------------------------------------------

  private void records(JsonNode records, String kind) {
    head("Made of %s (times are UTC):", count(records.size(), "record"));
    for (JsonNode record : records) {
      line(
          "  %s %s %s, first seen %s, last changed %s%s",
          text(record, "source"),
          has(record, "kind") ? text(record, "kind") : kind,
          text(record, "id"),
          time(record, "firstSeen"),
          time(record, "lastChanged"),
          text(record, "state").equals("applied") ? "" : " (" + text(record, "state") + ")");
      String method = text(record, "method");
      boolean weighed = method.equals("evidence");
      String why = METHODS.getOrDefault(method, method);
      line(
          "    %s%s, on %s%s",
          method.equals("source-id") && records.size() == 1 ? "the only one" : why,
          weighed ? " with a score of " + text(record, "score") : "",
          time(record, "decidedAt"),
          method.equals("verdict") || method.equals("source-id") ? "" : " by a rule");
      if (weighed || method.equals("trusted-id")) {
        record.get("evidence").forEach(line -> line("      - %s", line.asText()));
      }
    }
  }

  private void values(JsonNode fields) {
    head("Where its values come from:");
    Table table = new Table("FIELD", "VALUE", "FROM", "SINCE", "OTHERS SAY");
    for (JsonNode field : fields) {
      Set<String> others = new LinkedHashSet<>();
      field.get("others").forEach(o -> others.add(text(o, "source") + ": " + value(o, 32)));
      table.row(
          text(field, "field"),
          value(field, 48),
          field.get("setByPerson").asBoolean() ? "set by a person" : cell(field, "source"),
          has(field, "since") ? time(field, "since") : "-",
          String.join("; ", others));
    }
    table(table);
  }

  private void beside(JsonNode about) {
    if (!about.get("offers").isEmpty()) {
      head("Sold beside it:");
      for (JsonNode offer : about.get("offers")) {
        line(
            "  %s (%s %s, %s)",
            text(offer, "name"),
            text(offer, "source"),
            text(offer, "id"),
            text(offer, "status").replace('_', ' '));
      }
    }
    if (!about.get("changes").isEmpty()) {
      head("Changed lately:");
      for (JsonNode change : about.get("changes")) {
        line(
            "  %s  %s: %s -> %s",
            time(change, "changedAt"),
            text(change, "field"),
            cell(change, "was"),
            cell(change, "isNow"));
      }
    }
  }

  private void decided(JsonNode document, String kind) {
    if (!document.get("decisions").isEmpty()) {
      head("What people said:");
      for (JsonNode verdict : document.get("decisions")) {
        line(
            "  %s  %s %s and %s %s are %s",
            time(verdict, "decidedAt"),
            text(verdict, "leftSource"),
            text(verdict, "leftId"),
            text(verdict, "rightSource"),
            text(verdict, "rightId"),
            verdict.get("same").asBoolean() ? "the same" : "not the same");
      }
    }
    if (!document.get("tookIn").isEmpty()) {
      head("Took in, and answers for:");
      document
          .get("tookIn")
          .forEach(gone -> line("  %s %s, %s", kind, text(gone, "id"), time(gone, "mergedAt")));
    }
    if (!document.get("review").isEmpty()) {
      head("Waits for a person:");
      document.get("review").forEach(this::pair);
    }
  }

  /** A pair that waits for a person, and how to decide it. */
  void pair(JsonNode pair) {
    JsonNode left = pair.get("left");
    JsonNode right = pair.get("right");
    line("  %s, score %s, since %s", text(pair, "kind"), text(pair, "score"), time(pair, "since"));
    for (JsonNode side : List.of(left, right)) {
      line("    %s %s: %s", text(side, "source"), text(side, "id"), cell(side, "name"));
    }
    pair.get("evidence").forEach(line -> line("      - %s", line.asText()));
    line(
        "    ./backline review yes|no %s %s %s %s %s",
        text(pair, "kind"),
        text(left, "source"),
        text(left, "id"),
        text(right, "source"),
        text(right, "id"));
  }

  // --- Words ------------------------------------------------------------------------------------

  private static boolean has(JsonNode row, String field) {
    return row.hasNonNull(field);
  }

  private static String text(JsonNode row, String field) {
    return row.path(field).asText();
  }

  private static String cell(JsonNode row, String field) {
    return has(row, field) ? text(row, field) : "-";
  }

  private static String time(JsonNode row, String field) {
    String time = text(row, field);
    return time.length() < 16 ? time : time.substring(0, 16).replace('T', ' ');
  }

  private static String value(JsonNode row, int longest) {
    JsonNode value = row.get("value");
    List<String> items = new ArrayList<>();
    value.forEach(item -> items.add(item.asText()));
    String text =
        value.isNull() ? "-" : value.isArray() ? String.join(", ", items) : value.asText();
    return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
  }

  private static String joined(JsonNode row, String... fields) {
    List<String> parts = new ArrayList<>();
    for (String field : fields) {
      if (has(row, field)) {
        parts.add(text(row, field));
      }
    }
    return String.join(", ", parts);
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private void head(String format, Object... values) {
    text.append('\n');
    line(format, values);
  }

  private void line(String format, Object... values) {
    text.append(format.formatted(values).replaceAll("\\p{Cntrl}", " ")).append('\n');
  }

  private void table(Table table) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    table.print(new PrintStream(out, true, StandardCharsets.UTF_8));
    out.toString(StandardCharsets.UTF_8)
        .lines()
        .forEach(row -> text.append("  ").append(row).append('\n'));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
