package dev.backline.land;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bounds, ids and fingerprints of the records of an answer. */
class PageSplitterTest {
  private static final Layout PLAIN = Layout.parse("event", "events", "", "");
  private static final Layout NESTED =
      Layout.parse(
          "event", "_embedded.events", "venue=_embedded.venues,act=_embedded.acts", "seen,rank");

  private static Page split(Layout layout, String answer) throws UnreadablePage {
    return PageSplitter.split("src", layout, answer.getBytes(UTF_8));
  }

  private static Page events(String... records) throws UnreadablePage {
    return split(PLAIN, "{\"events\":[" + String.join(",", records) + "]}");
  }

  private static List<String> ids(Page page) {
    return page.records().stream().map(r -> r.kind() + " " + r.id()).toList();
  }

  private static List<String> raws(Page page) {
    return page.records().stream().map(r -> new String(r.raw(), UTF_8)).toList();
  }

  // --- Bounds -----------------------------------------------------------------------------------

  @Test
  void records_keepTheirOwnBytes() throws UnreadablePage {
    Page page =
        split(PLAIN, "{ \"events\" : [ { \"id\" : \"a\" ,\n \"n\":1.10 } ,\t{\"id\":\"b\"}\r\n] }");
    assertThat(ids(page)).containsExactly("event a", "event b");
    assertThat(raws(page)).containsExactly("{ \"id\" : \"a\" ,\n \"n\":1.10 }", "{\"id\":\"b\"}");
    assertThat(page.records().get(0).source()).isEqualTo("src");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"a\",\"t\":\"夜の電車 🎸 Ünïcode\"}",
        "{\"id\":\"a\",\"t\":\"\\u591c \\\"quoted\\\" \\\\ ]}\"}",
        "{\"id\":\"a\",\"t\":\"} ] , { [\"}",
        "{\"id\":\"a\",\"夜\":{\"\\u0000\":[[],{},[{}]]}}",
        "{\"id\":\"a\",\"n\":-1.50E+10,\"z\":0,\"t\":true,\"f\":false,\"u\":null}",
        "{\"id\":\"a\",\"\":\"\"}",
        "{\"t\":1,\"id\":\"a\"}",
        "{\"id\":\"a\"   }"
      })
  void record_isTheSliceOfTheAnswer(String record) throws UnreadablePage {
    Page page = events("{\"id\":\"before\",\"x\":\"é\"}", record, "{\"id\":\"after\"}");
    assertThat(raws(page))
        .containsExactly("{\"id\":\"before\",\"x\":\"é\"}", record, "{\"id\":\"after\"}");
    assertThat(ids(page)).containsExactly("event before", "event a", "event after");
  }

  @Test
  void byteOrderMark_shiftsNothing() throws UnreadablePage {
    Page page = split(PLAIN, "\uFEFF{\"events\":[{\"id\":\"a\"}],\"total\":1}");
    assertThat(raws(page)).containsExactly("{\"id\":\"a\"}");
    assertThat(page.envelope().path("total").asInt()).isEqualTo(1);
  }

  @Test
  void embeddedRecords_areRecordsOfTheirOwnAndStayInTheirParent() throws UnreadablePage {
    String venue = "{\"id\":\"v1\",\"name\":\"Hall\"}";
    String act = "{ \"name\":\"Ada\", \"id\":\"a1\" }";
    String event =
        "{\"id\":\"e1\",\"_embedded\":{\"venues\":["
            + venue
            + "],\"acts\":["
            + act
            + ",{\"id\":\"a2\"}]}}";
    Page page = split(NESTED, "{\"_embedded\":{\"events\":[" + event + "]}}");
    assertThat(ids(page)).containsExactly("venue v1", "act a1", "act a2", "event e1");
    assertThat(raws(page)).containsExactly(venue, act, "{\"id\":\"a2\"}", event);
  }

  @Test
  void arraysNamedLikeTheEmbeddedOnesElsewhere_areNoRecords() throws UnreadablePage {
    String event =
        "{\"id\":\"e1\",\"venues\":[{\"id\":\"x1\"}],\"more\":{\"_embedded\":{\"venues\":[{\"id\":\"x2\"}]}},"
            + "\"_embedded\":{\"_embedded\":{\"venues\":[{\"id\":\"x3\"}]},\"venues\":{\"acts\":[{\"id\":\"x4\"}]},"
            + "\"acts\":[{\"id\":\"a1\",\"_embedded\":{\"venues\":[{\"id\":\"x5\"}]}}]},"
            + "\"list\":[{\"_embedded\":{\"acts\":[{\"id\":\"x6\"}]}}]}";
    Page page = split(NESTED, "{\"_embedded\":{\"events\":[" + event + "]}}");
    assertThat(ids(page)).containsExactly("act a1", "event e1");
  }

  @Test
  void embeddedThatIsNeitherArrayNorObject_staysInItsParent() throws UnreadablePage {
    Page page =
        split(
            NESTED,
            "{\"_embedded\":{\"events\":[{\"id\":\"e1\",\"_embedded\":{\"venues\":\"v1\",\"acts\":null}},"
                + "{\"id\":\"e2\",\"_embedded\":[7,{\"venues\":[{\"id\":\"v2\"}]}]}]}}");
    assertThat(ids(page))
        .as("a list on the way to embedded records holds them too")
        .containsExactly("venue v2", "event e1", "event e2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"no id\"}",
        "{\"id\":\"\"}",
        "null",
        "7",
        "[{\"id\":\"v\"}]",
        "\"v1\""
      })
  void embeddedWithoutAnId_staysInItsParent(String venue) throws UnreadablePage {
    String event = "{\"id\":\"e1\",\"_embedded\":{\"venues\":[" + venue + ",{\"id\":\"v2\"}]}}";
    Page page = split(NESTED, "{\"_embedded\":{\"events\":[" + event + "]}}");
    assertThat(ids(page)).containsExactly("venue v2", "event e1");
    assertThat(raws(page)).last().isEqualTo(event);
  }

  @Test
  void embeddedObject_isARecordOfItsOwnAndStaysInItsParent() throws UnreadablePage {
    String record =
        "{\"id\":\"s1\",\"venue\":{\"id\":\"v1\"},\"artist\":{\"name\":\"Ada\",\"mbid\":\"m1\"}}";
    Layout layout = Layout.parse("setlist", "setlist", "artist=artist:mbid,venue=venue", "");
    Page page = split(layout, "{\"setlist\":[" + record + "],\"total\":1}");
    assertThat(ids(page)).containsExactly("venue v1", "artist m1", "setlist s1");
    assertThat(raws(page))
        .containsExactly("{\"id\":\"v1\"}", "{\"name\":\"Ada\",\"mbid\":\"m1\"}", record);
  }

  // --- Answers of other shapes ------------------------------------------------------------------

  @Test
  void answerThatIsTheRecord_isOneAndItsOwnEnvelope() throws UnreadablePage {
    Layout layout = Layout.parse("album", ".", "", "");
    Page page = split(layout, " {\"id\":\"a\",\"tracks\":{\"total\":60}} ");
    assertThat(raws(page)).containsExactly("{\"id\":\"a\",\"tracks\":{\"total\":60}}");
    assertThat(page.envelope().at("/tracks/total").asInt()).isEqualTo(60);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"tracks\":{\"items\":[{\"id\":\"a\"}]}} | track a",
        "{\"tracks\":[{\"id\":\"b\"}]}             | track b",
        "{\"id\":\"c\"}                            | track c"
      })
  void recordsInOneOfSeveralPlaces_areFound(String answer, String id) throws UnreadablePage {
    List<Layout> layouts = Layout.parseAll("track", "tracks.items,tracks,.", "", "");
    assertThat(ids(PageSplitter.split("src", layouts, answer.getBytes(UTF_8)))).containsExactly(id);
  }

  @Test
  void answerThatFitsNoPlace_isUnreadableOrEmpty() throws UnreadablePage {
    List<Layout> layouts = Layout.parseAll("track", "tracks.items,tracks", "", "");
    assertThat(PageSplitter.split("src", layouts, "{}".getBytes(UTF_8)).records()).isEmpty();
    assertThatThrownBy(() -> PageSplitter.split("src", layouts, "[]".getBytes(UTF_8)))
        .isInstanceOf(UnreadablePage.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"name\":\"Hall\",\"city\":\"Oulu\",\"region\":\"\"}; Hall|Oulu|",
        "{\"region\":\"North\",\"name\":\"Hall\"};              Hall||North",
        "{\"name\":\"Hall\",\"city\":null,\"region\":7};       Hall||7",
        "{\"x\":{\"name\":\"no\"},\"name\":\"🎸\"};                 🎸||"
      })
  void idOfSeveralFields_isTheirValuesSideBySide(String venue, String id) throws UnreadablePage {
    Layout layout = Layout.parse("event", "", "venue=venue:name|city|region", "");
    Page page = split(layout, "[{\"id\":\"e\",\"venue\":" + venue + "}]");
    assertThat(ids(page)).containsExactly("venue " + id, "event e");
  }

  @Test
  void idOfSeveralFieldsThatAreAllEmpty_isNone() throws UnreadablePage {
    Layout layout = Layout.parse("event", "", "venue=venue:name|city", "");
    assertThat(ids(split(layout, "[{\"id\":\"e\",\"venue\":{\"name\":\"\"}}]")))
        .containsExactly("event e");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"id\":\"e\",\"artist\":{\"id\":\"a\",\"n\":1},\"t\":1}",
        "{\"id\":\"e\", \"artist\" : {\"id\":\"b\"} , \"t\":1}",
      })
  void embeddedRecordThatIsVolatile_isReadAndItsComingAndGoingChangesNothing(String with)
      throws UnreadablePage {
    Layout layout = Layout.parse("event", "", "artist=artist", "artist,n");
    Page page = split(layout, "[" + with + "]");
    assertThat(page.records()).hasSize(2);
    String without =
        with.startsWith("{\"id\":\"e\", ") ? "{\"id\":\"e\", \"t\":1}" : "{\"id\":\"e\",\"t\":1}";
    assertThat(page.records().get(1).fingerprint())
        .isEqualTo(split(layout, "[" + without + "]").records().get(0).fingerprint());
  }

  @Test
  void volatileFieldAtTheEnd_goesWithTheCommaBeforeIt() throws UnreadablePage {
    Layout layout = Layout.parse("event", "", "", "n");
    assertThat(split(layout, "[{\"id\":\"e\",\"n\":1}]").records().get(0).fingerprint())
        .isEqualTo(split(layout, "[{\"id\":\"e\"}]").records().get(0).fingerprint());
  }

  // --- Ids --------------------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"id\":\"Z7r9jZ1A\"}          | Z7r9jZ1A",
        "{\"id\":42}                    | 42",
        "{\"id\":\"\\u0061b\"}          | ab",
        "{\"id\":\" a \"}               | ' a '",
        "{\"id\":\"夜\"}                | 夜",
        "{\"x\":{\"id\":\"no\"},\"id\":\"yes\"} | yes",
        "{\"x\":[{\"id\":\"no\"}],\"id\":\"yes\"} | yes"
      })
  void id_isTheRecordsOwn(String record, String id) throws UnreadablePage {
    SourceRecord found = events(record).records().get(0);
    assertThat(found.id()).isEqualTo(id);
    assertThat(found.hasId()).isTrue();
  }

  static List<String> withoutId() {
    return List.of(
        "{}",
        "null",
        "7",
        "1.5e3",
        "\"text\"",
        "true",
        "[]",
        "[{\"id\":\"a\"}]",
        "{\"name\":\"x\"}",
        "{\"id\":\"\"}",
        "{\"id\":null}",
        "{\"id\":1.5}",
        "{\"id\":true}",
        "{\"id\":{\"id\":\"a\"}}",
        "{\"id\":[\"a\"]}",
        "{\"ID\":\"a\"}",
        "{\"id\":\"?made up\"}",
        "{\"id\":\"a\\u0000\"}",
        "{\"id\":\"a\\nb\"}",
        "{\"id\":\"\\ud83c\"}",
        "{\"id\":\"" + "x".repeat(201) + "\"}");
  }

  @ParameterizedTest
  @MethodSource("withoutId")
  void recordWithoutAUsableId_isKeptUnderAHash(String record) throws UnreadablePage {
    Page page = events("{\"id\":\"a\"}", record, "{\"id\":\"b\"}");
    assertThat(raws(page)).containsExactly("{\"id\":\"a\"}", record, "{\"id\":\"b\"}");
    SourceRecord kept = page.records().get(1);
    assertThat(kept.hasId()).isFalse();
    assertThat(kept.id()).matches("\\?[0-9a-f]{32}");
    assertThat(events(record).records().get(0).id()).as("each time the same").isEqualTo(kept.id());
  }

  @Test
  void longestId_isTaken() throws UnreadablePage {
    String id = "x".repeat(200);
    assertThat(ids(events("{\"id\":\"" + id + "\"}"))).containsExactly("event " + id);
  }

  @Test
  void sameIdTwice_theLaterWinsInItsOwnPlace() throws UnreadablePage {
    Page page = events("{\"id\":\"a\",\"v\":1}", "{\"id\":\"b\"}", "{\"id\":\"a\",\"v\":2}");
    assertThat(raws(page)).containsExactly("{\"id\":\"b\"}", "{\"id\":\"a\",\"v\":2}");
  }

  @Test
  void sameIdInTwoKinds_areTwoRecords() throws UnreadablePage {
    Page page =
        split(
            NESTED,
            "{\"_embedded\":{\"events\":[{\"id\":\"1\",\"_embedded\":{\"venues\":[{\"id\":\"1\"}],\"acts\":[{\"id\":1}]}}]}}");
    assertThat(ids(page)).containsExactly("venue 1", "act 1", "event 1");
  }

  @Test
  void sameEmbeddedRecordInTwoParents_isOneRecord() throws UnreadablePage {
    String venue = "\"_embedded\":{\"venues\":[{\"id\":\"v\"}]}";
    Page page =
        split(
            NESTED,
            "{\"_embedded\":{\"events\":[{\"id\":\"a\","
                + venue
                + "},{\"id\":\"b\","
                + venue
                + "}]}}");
    assertThat(ids(page)).containsExactly("venue v", "event a", "event b");
  }

  // --- Fingerprints -----------------------------------------------------------------------------

  private static byte[] fingerprint(String record) throws UnreadablePage {
    List<SourceRecord> records =
        split(NESTED, "{\"_embedded\":{\"events\":[" + record + "]}}").records();
    return records.get(records.size() - 1).fingerprint();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"id\":\"a\",\"seen\":1,\"t\":1}      | {\"id\":\"a\",\"seen\":22222,\"t\":1}",
        "{\"id\":\"a\",\"seen\":\"é\"}          | {\"id\":\"a\",\"seen\":\"\\\"}\"}",
        "{\"id\":\"a\",\"seen\":{\"x\":[1]}}    | {\"id\":\"a\",\"seen\":[]}",
        "{\"id\":\"a\",\"x\":[{\"seen\":1}]}    | {\"id\":\"a\",\"x\":[{\"seen\":null}]}",
        "{\"id\":\"a\",\"x\":{\"y\":{\"rank\":1,\"seen\":2}}} | {\"id\":\"a\",\"x\":{\"y\":{\"rank\":3,\"seen\":4}}}",
        "{\"id\":\"a\",\"_embedded\":{\"venues\":[{\"id\":\"v\",\"seen\":1}]}} | {\"id\":\"a\",\"_embedded\":{\"venues\":[{\"id\":\"v\",\"seen\":2}]}}",
        "{\"id\":\"a\",\"_embedded\":{\"seen\":1}} | {\"id\":\"a\",\"_embedded\":{\"seen\":2}}",
        "{\"seen\":{\"id\":\"b\"},\"id\":\"a\"} | {\"seen\":{\"id\":\"c\"},\"id\":\"a\"}"
      })
  void changeOfAVolatileField_leavesTheFingerprint(String one, String other) throws UnreadablePage {
    assertThat(fingerprint(one)).hasSize(16).isEqualTo(fingerprint(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"id\":\"a\",\"seen\":1,\"t\":1}    | {\"id\":\"a\",\"seen\":1,\"t\":2}",
        "{\"id\":\"a\",\"t\":\"seen\"}        | {\"id\":\"a\",\"t\":\"rank\"}",
        "{\"id\":\"a\",\"t\":1}               | {\"id\":\"a\",\"t\": 1}",
        "{\"id\":\"a\",\"seenBy\":1}          | {\"id\":\"a\",\"seenBy\":2}",
        "{\"id\":\"a\",\"Seen\":1}            | {\"id\":\"a\",\"Seen\":2}",
        "{\"id\":\"a\",\"x\":1,\"y\":2}       | {\"id\":\"a\",\"y\":2,\"x\":1}",
        "{\"id\":\"a\"}                       | {\"id\":\"b\"}",
        "{\"id\":\"a\",\"_embedded\":{\"venues\":[{\"id\":\"v\"}]}} | {\"id\":\"a\",\"_embedded\":{\"venues\":[{\"id\":\"w\"}]}}"
      })
  void changeOfAnyOtherByte_changesTheFingerprint(String one, String other) throws UnreadablePage {
    assertThat(fingerprint(one)).isNotEqualTo(fingerprint(other));
  }

  @Test
  void fingerprint_isTheSameWhereverTheRecordStands() throws UnreadablePage {
    String record = "{\"id\":\"a\",\"seen\":1,\"x\":{\"rank\":2}}";
    String answer =
        "{\"_embedded\":{\"events\":[{\"id\":\"0\",\"seen\":5,\"rank\":6},"
            + record
            + "],\"seen\":1}}";
    List<SourceRecord> records = split(NESTED, answer).records();
    assertThat(records.get(1).fingerprint()).isEqualTo(fingerprint(record));
    assertThat(PageSplitter.single("src", NESTED, record.getBytes(UTF_8)).get(0).fingerprint())
        .isEqualTo(fingerprint(record));
  }

  @Test
  void embeddedRecord_hasAFingerprintOfItsOwn() throws UnreadablePage {
    String same = "{\"id\":\"%s\",\"_embedded\":{\"venues\":[{\"id\":\"v\",\"n\":%d}]}}";
    Page one = split(NESTED, "{\"_embedded\":{\"events\":[" + same.formatted("a", 1) + "]}}");
    Page two = split(NESTED, "{\"_embedded\":{\"events\":[" + same.formatted("b", 1) + "]}}");
    Page three = split(NESTED, "{\"_embedded\":{\"events\":[" + same.formatted("b", 2) + "]}}");
    assertThat(one.records().get(0)).isEqualTo(two.records().get(0));
    assertThat(two.records().get(0)).isNotEqualTo(three.records().get(0));
  }

  // --- Answers ----------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"events\":[],\"total\":0}",
        "{\"events\":null,\"total\":0}",
        "{\"total\":0}",
        "{\"other\":{\"events\":[{\"id\":\"a\"}]},\"total\":0}"
      })
  void answerWithoutRecords_isAnEmptyPage(String answer) throws UnreadablePage {
    Page page = split(PLAIN, answer);
    assertThat(page.records()).isEmpty();
    assertThat(page.envelope().path("total").isNumber()).isTrue();
  }

  @Test
  void answerWithoutTheWayToTheRecords_isAnEmptyPage() throws UnreadablePage {
    assertThat(split(NESTED, "{\"page\":{\"totalElements\":0}}").records()).isEmpty();
    assertThat(split(NESTED, "{\"_embedded\":null}").records()).isEmpty();
  }

  @Test
  void envelope_holdsEverythingButTheRecords() throws UnreadablePage {
    Page page =
        split(
            NESTED,
            "{\"links\":[\"é\"],\"_embedded\":{\"before\":1,\"events\":[{\"id\":\"a\",\"x\":\"夜\"},{\"id\":\"b\"}],\"after\":2},"
                + "\"page\":{\"totalElements\":2}}");
    assertThat(page.envelope())
        .hasToString(
            "{\"links\":[\"é\"],\"_embedded\":{\"before\":1,\"events\":[],\"after\":2},\"page\":{\"totalElements\":2}}");
  }

  @Test
  void answerThatIsTheArray_isSplitAndLeavesAnEmptyEnvelope() throws UnreadablePage {
    Page page = split(Layout.parse("event", "", "", ""), " [ {\"id\":\"a\"}, {\"id\":2} ] ");
    assertThat(ids(page)).containsExactly("event a", "event 2");
    assertThat(page.envelope()).hasToString("[]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"id\":\"a\"}", "\"text\"", "1"})
  void answerThatShouldBeTheArrayAndIsNone_isUnreadable(String answer) {
    assertThatThrownBy(() -> split(Layout.parse("event", "", "", ""), answer))
        .isInstanceOf(UnreadablePage.class)
        .hasMessageContaining("not an array");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"events\":{\"id\":\"a\"}}   | events is not an array but START_OBJECT",
        "{\"events\":\"none\"}         | events is not an array but VALUE_STRING",
        "{\"events\":false}            | events is not an array but VALUE_FALSE"
      })
  void recordsOfAnotherType_areUnreadable(String answer, String message) {
    assertThatThrownBy(() -> split(PLAIN, answer))
        .isInstanceOf(UnreadablePage.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[{\"id\":\"a\"}]",
        "\"Service unavailable\"",
        "null",
        "7",
        "{\"_embedded\":\"gone\"}",
        "{\"_embedded\":[{\"events\":[]}]}"
      })
  void answerThatIsNoObjectOnTheWayToTheRecords_isUnreadable(String answer) {
    Layout twoSteps = Layout.parse("event", "_embedded.events", "", "");
    assertThatThrownBy(() -> split(twoSteps, answer))
        .as("it would count as a page without records, and its request as done")
        .isInstanceOf(UnreadablePage.class)
        .hasMessageContaining("not an object");
  }

  @Test
  void emptyBody_isUnreadable() {
    for (String empty : List.of("", " \r\n")) {
      assertThatThrownBy(() -> split(PLAIN, empty))
          .isInstanceOf(UnreadablePage.class)
          .hasMessageContaining("empty");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html><body>Bad gateway</body></html>",
        "{\"events\":[{\"id\":\"a\"},{\"id\":\"b\"",
        "{\"events\":[{\"id\":\"a\"}",
        "{\"events\":[{\"id\":\"a\"}]",
        "{\"events\":[{\"id\":\"a\" \"b\"}]}",
        "{\"events\":[{\"id\":\"a\"},]}",
        "{\"events\":[{\"id\":\"a\",\"t\":NaN}]}",
        "{\"events\":[{\"id\":\"a\",\"t\":\"line\nbreak\"}]}",
        "Service unavailable"
      })
  void answerThatIsNoJson_isUnreadableAndSaysWhere(String answer) {
    assertThatThrownBy(() -> split(PLAIN, answer))
        .isInstanceOf(UnreadablePage.class)
        .hasMessageMatching(
            "(?s)the answer is not JSON at byte \\d+ of " + answer.getBytes(UTF_8).length + ": .+");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"events\":[]} {\"events\":[]}", "{\"events\":[]}]", "{} x"})
  void answerThatGoesOnAfterItsEnd_isUnreadable(String answer) {
    assertThatThrownBy(() -> split(PLAIN, answer)).isInstanceOf(UnreadablePage.class);
  }

  static List<Charset> otherEncodings() {
    return List.of(UTF_16, UTF_16LE, Charset.forName("UTF-32"));
  }

  @ParameterizedTest
  @MethodSource("otherEncodings")
  void answerInAnotherEncoding_isUnreadable(Charset encoding) {
    byte[] bytes = "{\"events\":[{\"id\":\"a\"}]}".getBytes(encoding);
    assertThatThrownBy(() -> PageSplitter.split("src", PLAIN, bytes))
        .isInstanceOf(UnreadablePage.class);
  }

  @Test
  void latin1_isUnreadable() {
    byte[] bytes = "{\"events\":[{\"id\":\"a\",\"t\":\"caf\u00e9\"}]}".getBytes(ISO_8859_1);
    assertThatThrownBy(() -> PageSplitter.split("src", PLAIN, bytes))
        .isInstanceOf(UnreadablePage.class)
        .hasMessageContaining("UTF-8");
  }

  // --- A bad record never stops its page --------------------------------------------------------

  private static String nested(int levels) {
    return "{\"id\":\"deep\",\"x\":" + "[".repeat(levels) + "]".repeat(levels) + "}";
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 5_000})
  void deepRecord_costsNothingButItself(int levels) throws UnreadablePage {
    Page page = events("{\"id\":\"a\"}", nested(levels), "{\"id\":\"b\"}");
    assertThat(ids(page)).containsExactly("event a", "event deep", "event b");
    assertThat(raws(page)).element(1).isEqualTo(nested(levels));
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 5_000})
  void deepObjectsOnTheWayToEmbeddedRecords_costNothingButTheirRecord(int levels)
      throws UnreadablePage {
    String deep =
        "{\"id\":\"deep\",\"_embedded\":"
            + "{\"_embedded\":".repeat(levels)
            + "1"
            + "}".repeat(levels)
            + "}";
    Page page = split(NESTED, "{\"_embedded\":{\"events\":[" + deep + ",{\"id\":\"b\"}]}}");
    assertThat(ids(page)).containsExactly("event deep", "event b");
  }

  @Test
  void hugeNumber_costsNothingButItsRecord() throws UnreadablePage {
    String number = "{\"id\":\"big\",\"n\":" + "9".repeat(5_000) + "}";
    String fraction = "{\"id\":\"long\",\"n\":0." + "1".repeat(5_000) + "}";
    Page page = events("{\"id\":\"a\"}", number, fraction);
    assertThat(ids(page)).containsExactly("event a", "event big", "event long");
  }

  @Test
  void hugeName_costsNothingButItsRecord() throws UnreadablePage {
    String record = "{\"id\":\"big\",\"" + "n".repeat(100_000) + "\":1}";
    assertThat(ids(events("{\"id\":\"a\"}", record))).containsExactly("event a", "event big");
  }

  @Test
  void hugeString_costsNothingButItsRecord() throws UnreadablePage {
    String record = "{\"id\":\"big\",\"t\":\"" + "n".repeat(1_000_000) + "\"}";
    assertThat(ids(events("{\"id\":\"a\"}", record))).containsExactly("event a", "event big");
  }

  @Test
  void idThatIsAHugeNumber_isNoId() throws UnreadablePage {
    String record = "{\"id\":" + "9".repeat(5_000) + "}";
    Page page = events("{\"id\":\"a\"}", record);
    assertThat(page.records().get(1).hasId()).isFalse();
    assertThat(raws(page)).containsExactly("{\"id\":\"a\"}", record);
  }

  // --- One record alone -------------------------------------------------------------------------

  @Test
  void singleRecord_isSplitFromWhatItHolds() throws UnreadablePage {
    String record = "{\"id\":\"e\",\"_embedded\":{\"venues\":[{\"id\":\"v\"}]}}";
    List<SourceRecord> records = PageSplitter.single("src", NESTED, record.getBytes(UTF_8));
    assertThat(records).extracting(SourceRecord::id).containsExactly("v", "e");
    assertThat(records.get(1).raw()).asString(UTF_8).isEqualTo(record);
  }

  @Test
  void singleRecordThatIsNoJson_isUnreadable() {
    assertThatThrownBy(() -> PageSplitter.single("src", NESTED, "{\"id\":".getBytes(UTF_8)))
        .isInstanceOf(UnreadablePage.class);
  }

  // --- Any records ------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t", " \r\n "})
  void anyRecords_comeBackByteForByte(String blank) throws UnreadablePage {
    for (int seed = 0; seed < 100; seed++) {
      comeBackByteForByte(records(new Random(seed)), blank);
    }
  }

  private static void comeBackByteForByte(List<String> records, String blank)
      throws UnreadablePage {
    String answer =
        blank
            + "{\"a\":[1],"
            + blank
            + "\"events\""
            + blank
            + ":["
            + blank
            + String.join(blank + "," + blank, records)
            + blank
            + "]"
            + blank
            + ",\"z\":{}}"
            + blank;
    Page page = split(PLAIN, answer);
    assertThat(raws(page)).isEqualTo(records);
    assertThat(page.records())
        .extracting(SourceRecord::id)
        .isEqualTo(IntStream.range(0, records.size()).mapToObj(i -> "id" + i).toList());
    assertThat(page.envelope()).hasToString("{\"a\":[1],\"events\":[],\"z\":{}}");
  }

  private static List<String> records(Random random) {
    return IntStream.range(0, random.nextInt(6))
        .mapToObj(i -> record("\"id\":\"id" + i + "\"", random))
        .toList();
  }

  private static String record(String id, Random random) {
    String value = "\"value\":" + value(random, 4);
    return random.nextBoolean() ? "{" + id + "," + value + "}" : "{" + value + " , " + id + "}";
  }

  /** A JSON text, also with the names and signs that splitting looks for. */
  private static String value(Random random, int deepest) {
    List<String> parts =
        IntStream.range(0, random.nextInt(4))
            .mapToObj(i -> deepest == 0 ? "1" : value(random, deepest - 1))
            .toList();
    return switch (random.nextInt(8)) {
      case 0, 1 -> "[" + String.join(" ,", parts) + "]";
      case 2, 3 ->
          IntStream.range(0, parts.size())
              .mapToObj(i -> NAMES.get(random.nextInt(NAMES.size())) + ": " + parts.get(i))
              .collect(Collectors.joining(",", "{", "}"));
      case 4 -> String.valueOf(random.nextInt());
      case 5 -> String.valueOf(random.nextGaussian());
      case 6 -> LEAVES.get(random.nextInt(LEAVES.size()));
      default -> text(random);
    };
  }

  private static final List<String> NAMES =
      List.of("\"id\"", "\"events\"", "\"_embedded\"", "\"\"", "\"夜\"", "\"\\u0069d\"");
  private static final List<String> LEAVES =
      List.of("true", "false", "null", "[ ]", "{ }", "\"\\u00e9\\ud83c\\udfb8\"", "-0", "1E400");

  private static String text(Random random) {
    String any =
        random
            .ints(random.nextInt(8), 0, 0x11000)
            .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return JsonNodeFactory.instance.textNode(any + "\"\\]}🎸").toString();
  }

  @Test
  void anyRecord_isReadAsTheSameTreeAsByJackson() throws Exception {
    ObjectMapper json = new ObjectMapper();
    for (int seed = 0; seed < 100; seed++) {
      List<String> records = records(new Random(seed));
      Page page = events(records.toArray(String[]::new));
      for (int i = 0; i < records.size(); i++) {
        assertThat(json.readTree(page.records().get(i).raw()))
            .isEqualTo(json.readTree(records.get(i)));
      }
    }
  }
}
