package dev.backline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.backline.testkit.Command;
import dev.backline.testkit.Command.Outcome;
import dev.backline.testkit.PaperLighthouse;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One show that three sources know, explained; and values that a person sets. */
class ExplainCommandTest {
  @TempDir private static Path folder;

  private static final ObjectMapper JSON = new ObjectMapper();

  private static TestNode node;
  private static Command command;

  @BeforeAll
  static void start() throws IOException {
    String database = Postgres.create();
    node = TestNode.start(database, URI.create("http://127.0.0.1:9"), Map.of());
    PaperLighthouse.land(node);
    command = Command.in(folder).with("DATABASE_URL", database);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static String out(String... words) {
    Outcome outcome = command.run(words);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return outcome.out();
  }

  /** A line with one space where a table has many. */
  private static String narrow(String text) {
    return text.replaceAll(" {2,}", " ");
  }

  @Test
  void showOfThreeSources_isToldInWords() {
    String text = out("explain", "show", "setlistfm:" + PaperLighthouse.SETLIST);

    assertThat(text)
        .startsWith("Show: The Paper Lighthouse: Lamps")
        .contains("2027-03-13 19:30 (Europe/London), at Harbour Hall, Saltmarsh, GB, rescheduled")
        .contains("Line-up: The Paper Lighthouse\n")
        .contains("Tour: Lamps & Lanterns Tour\n")
        .contains("Played: 4 entries, as setlistfm tells at https://")
        .contains("Made of 3 records")
        .contains("  ticketmaster event G5vYZexample1, first seen ")
        .contains("  setlistfm setlist 3bd00001, first seen ")
        .contains("    joined by evidence with a score of 0.95, on ")
        .contains("      - same headliner (+35)\n");
    assertThat(narrow(text))
        .containsPattern(" local_date 2027-03-13 ticketmaster \\d{4}-")
        .containsPattern(" tour Lamps & Lanterns Tour setlistfm \\d{4}-")
        .containsPattern(" status rescheduled ticketmaster .* bandsintown: scheduled; setlistfm");
  }

  @Test
  void artist_isToldWithItsRecordsByItsId() {
    String id =
        node.jdbc()
            .queryForObject(
                "select cast(id as text) from artists where mbid = ?",
                String.class,
                PaperLighthouse.MBID);

    assertThat(out("explain", "artist", id))
        .startsWith("Artist: The Paper Lighthouse\n1 show to come, 0 played; 3 songs")
        .contains("joined by an id that other catalogues vouch for")
        .contains("both name mbid:" + PaperLighthouse.MBID);
  }

  @Test
  void song_isToldWithItsRecordings() {
    String id =
        node.jdbc()
            .queryForObject(
                "select cast(id as text) from songs where title = 'Tide Tables'", String.class);

    assertThat(out("explain", "song", id))
        .startsWith("Song: Tide Tables, by The Paper Lighthouse\nPlayed at 1 show that we know of")
        .contains("No recording of it is known");
  }

  @Test
  void json_holdsFieldsWithTheirOrigin() throws IOException {
    JsonNode json =
        JSON.readTree(out("explain", "show", "bandsintown:" + PaperLighthouse.GIG, "--json"));

    assertThat(json.get("records")).hasSize(3);
    assertThat(json.get("fields"))
        .anySatisfy(
            field -> {
              assertThat(field.get("field").asText()).isEqualTo("timezone");
              assertThat(field.get("value").asText()).isEqualTo("Europe/London");
              assertThat(field.get("source").asText()).isEqualTo("ticketmaster");
              assertThat(field.get("setByPerson").asBoolean()).isFalse();
            });
  }

  @Test
  void valueOfAPerson_isSaidAndOutlivesANewVersionOfTheRecord() {
    String hall = "ticketmaster:KovZexample9";
    assertThat(out("override", "venue", hall, "capacity", "1200")).contains("set by a person now");
    node.jdbc()
        .update(
            "update source_records set fingerprint = decode(md5(source_id), 'hex'), state = 'landed'"
                + " where source_id = 'KovZexample9'");
    node.awaitNoneLanded();

    assertThat(node.count("venues where capacity = 1200")).isOne();
    assertThat(narrow(out("explain", "venue", hall))).contains(" capacity 1200 set by a person ");

    assertThat(out("override", "venue", hall, "capacity", "--clear"))
        .contains("told by the sources again");
    assertThat(node.count("venues where capacity is not null")).isZero();
  }

  @Test
  void whatCannotBeSet_isWrongUsageInOneLine() {
    String hall = "ticketmaster:KovZexample9";
    assertThat(refusal("override", "venue", hall, "size", "9"))
        .isEqualTo(
            "backline: there is no field 'size' of venues that can be set; there are address,"
                + " capacity, city, country, country_code, latitude, longitude, name, postal_code,"
                + " state, state_code, timezone");
    assertThat(refusal("override", "venue", hall, "capacity", "many"))
        .isEqualTo("backline: capacity: string found, [integer, null] expected");
    assertThat(refusal("override", "show", "setlistfm:3bd00001", "price_min", "500"))
        .contains("the database refuses that value: ")
        .contains("show_prices_are_ordered");
    assertThat(refusal("explain", "show", "ticketmaster:nothing"))
        .isEqualTo(
            "backline: no show is made of a record ticketmaster nothing; see backline records list");
    assertThat(refusal("explain", "record", "x"))
        .isEqualTo("backline: there is no kind 'record'; the kinds are artist, venue, show, song");
  }

  private static String refusal(String... words) {
    Outcome outcome = command.run(words);
    assertThat(outcome.exitCode()).as(outcome.out()).isEqualTo(2);
    assertThat(outcome.said()).hasSize(1);
    return outcome.said().get(0);
  }
}
