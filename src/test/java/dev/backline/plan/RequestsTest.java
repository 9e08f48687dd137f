package dev.backline.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.backline.Settings;
import dev.backline.fetch.LeaseLost;
import dev.backline.land.Page;
import dev.backline.land.SourceRecord;
import dev.backline.land.UnreadablePage;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DAY =
      "{\"kind\":\"event\",\"path\":\"events.json\",\"query\":{\"size\":\"200\"},"
          + "\"window\":{\"from\":\"2026-03-01T00:00:00Z\",\"to\":\"2026-03-01T23:59:59Z\"}}";

  private final Requests requests =
      new Requests(Settings.load(Path.of("config", "application.properties"), Map.of()));

  /** An exchange that claimed a request and read its first page. */
  private static Exchange page(String request, long total, int reachable, int page) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.setProperty("request", request);
    exchange.setProperty("total", total);
    exchange.setProperty("reachable", reachable);
    exchange.setProperty("pageNumber", page);
    exchange.setProperty("next", "1");
    return exchange;
  }

  private static JsonNode children(Exchange exchange) throws JsonProcessingException {
    return JSON.readTree(exchange.getProperty("children", String.class));
  }

  // --- Cutting ----------------------------------------------------------------------------------

  @Test
  void moreThanPagingReaches_isCutIntoNarrowerRequests() throws JsonProcessingException {
    Exchange exchange = page(DAY, 1500, 1000, 0);
    requests.cut(null, exchange);
    JsonNode children = children(exchange);
    assertThat(children.findValuesAsText("from"))
        .containsExactly("2026-03-01T00:00:00Z", "2026-03-01T12:00:00Z");
    assertThat(children.findValuesAsText("to"))
        .containsExactly("2026-03-01T11:59:59Z", "2026-03-01T23:59:59Z");
    for (JsonNode child : children) {
      assertThat(child.path("kind").asText()).isEqualTo("event");
      assertThat(child.path("path").asText()).isEqualTo("events.json");
      assertThat(child.path("query").path("size").asText()).isEqualTo("200");
    }
    assertThat(exchange.getProperty("next")).as("the cut request is over").isNull();
    assertThat(exchange.getProperty("shortfall")).isNull();
  }

  @Test
  void asMuchAsPagingReaches_isNotCut() throws JsonProcessingException {
    Exchange exchange = page(DAY, 1000, 1000, 0);
    requests.cut(null, exchange);
    assertThat(exchange.getProperty("children")).isNull();
    assertThat(exchange.getProperty("shortfall")).isNull();
    assertThat(exchange.getProperty("next")).isEqualTo("1");
  }

  @Test
  void laterPageOfARequestThatGrew_isNotCut() throws JsonProcessingException {
    Exchange exchange = page(DAY, 1500, 1000, 3);
    requests.cut(null, exchange);
    assertThat(exchange.getProperty("children")).isNull();
    assertThat(exchange.getProperty("next")).isEqualTo("1");
  }

  @Test
  void sourceThatKnowsNoLimit_isNeverCut() throws JsonProcessingException {
    Exchange exchange = page(DAY, 1_000_000, 1, 0);
    exchange.removeProperty("reachable");
    requests.cut(null, exchange);
    assertThat(exchange.getProperty("children")).isNull();
    assertThat(exchange.getProperty("shortfall")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"kind\":\"event\",\"path\":\"events.json\",\"query\":{}}",
        "{\"kind\":\"event\",\"window\":null}",
        "{\"window\":{\"from\":\"2026-03-01T00:00:00Z\",\"to\":\"2026-03-01T00:00:00Z\"}}"
      })
  void requestThatCannotBeCut_saysSoAndIsPagedAsFarAsItGoes(String request)
      throws JsonProcessingException {
    Exchange exchange = page(request, 1500, 1000, 0);
    requests.cut(null, exchange);
    assertThat(exchange.getProperty("children")).isNull();
    assertThat(exchange.getProperty("shortfall", String.class)).contains("1000 of 1500");
    assertThat(exchange.getProperty("next")).isEqualTo("1");
  }

  private static Map<String, Object> siblings(Long parent, long others) {
    Map<String, Object> siblings = new HashMap<>();
    siblings.put("parent", parent);
    siblings.put("siblings", others);
    return siblings;
  }

  @ParameterizedTest
  @CsvSource({
    // the parts report together what the whole did, or a little more
    "2000, 0,    2000, true",
    "2000, 0,    1500, true",
    "2000, 900,  1100, true",
    "2000, 1500, 1500, true",
    // each part reports what the whole did: dates are not looked at
    "2000, 1501, 1500, false",
    "2000, 2000, 2000, false",
    // no parent: not a part
    ",     0,    2000, true"
  })
  void sourceThatIgnoresWindows_isNotCutForEver(Long parent, long others, long total, boolean cut)
      throws JsonProcessingException {
    Exchange exchange = page(DAY, total, 1000, 0);
    requests.cut(siblings(parent, others), exchange);
    assertThat(exchange.getProperty("children") != null).isEqualTo(cut);
    assertThat(exchange.getProperty("shortfall") == null).isEqualTo(cut);
  }

  // --- Getting on -------------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({
    // asked for, named as the next, page: does it get on?
    ",    1,    0,    true",
    "1,   2,    1,    true",
    "9,   10,   9,    true",
    "1,   5,    1,    true",
    ",    0,    0,    false",
    "1,   1,    1,    false",
    "2,   1,    2,    false",
    "10,  9,    10,   false",
    ",    1,    9999, true",
    ",    1,    10000, false",
    // a cursor without an order only has to change
    ",    abc,  0,    true",
    "abc, xyz,  1,    true",
    "xyz, abc,  1,    true",
    "abc, abc,  1,    false"
  })
  void pagingThatDoesNotGetOn_ends(String asked, String next, int page, boolean getsOn)
      throws JsonProcessingException {
    Exchange exchange = page(DAY, 100, 1000, page);
    exchange.setProperty("cursor", asked);
    exchange.setProperty("next", next);
    requests.forward(exchange);
    assertThat(exchange.getProperty("next")).isEqualTo(getsOn ? next : null);
    assertThat(exchange.getProperty("shortfall") == null).isEqualTo(getsOn);
  }

  @Test
  void lastPage_isTheEndAndNoShortfall() throws JsonProcessingException {
    Exchange exchange = page(DAY, 100, 1000, 4);
    exchange.setProperty("next", null);
    requests.forward(exchange);
    assertThat(exchange.getProperty("shortfall")).isNull();
  }

  @ParameterizedTest
  @CsvSource({"250, 0, true", "250, 1, false", "200, 0, false", "1, 0, false"})
  void requestForItsFirstRecords_endsWhenItHasThemAndIsNeverCut(int limit, int page, boolean getsOn)
      throws JsonProcessingException {
    String first = "{\"query\":{\"size\":\"200\"},\"limit\":" + limit + "}";
    Exchange exchange = page(first, 5000, 1000, page);
    exchange.setProperty("next", String.valueOf(page + 1));

    requests.cut(null, exchange);
    requests.forward(exchange);

    assertThat(exchange.getProperty("next") != null).isEqualTo(getsOn);
    assertThat(exchange.getProperty("shortfall")).isNull();
    assertThat(exchange.getProperty("children")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "261, 0, venue, true",
    "261, 0, event, false",
    "0,   0, venue, false",
    "261, 1, venue, false"
  })
  void firstPageThatCountsRecordsAndHoldsNone_isUnreadable(
      long total, int page, String held, boolean refused) {
    Exchange exchange = page(DAY, total, 1000, page);
    exchange.setProperty("kind", "event");
    SourceRecord record = new SourceRecord("ticketmaster", held, "1", new byte[16], new byte[0]);
    Page answer = new Page(List.of(record), null);
    if (refused) {
      assertThatThrownBy(() -> requests.counted(answer, exchange))
          .isInstanceOf(UnreadablePage.class)
          .hasMessage("the answer counts 261 records and holds no event");
    } else {
      assertThatCode(() -> requests.counted(answer, exchange)).doesNotThrowAnyException();
    }
  }

  // --- At once ----------------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({"1000, true, 1", "1000, false, 2", "20, false, 2", "19, false, 1", "5, false, 1"})
  void pagesAtOnce_areSeveralOnlyWhereNothingIsNewAndTheLimitIsWide(
      int limit, boolean news, int hands) {
    Requests mine =
        new Requests(
            Settings.load(Path.of("config", "application.properties"), Map.of())
                .with(Map.of("ticketmaster.rate-limit-per-second", String.valueOf(limit))));
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.setProperty("source", "ticketmaster");
    assertThat(mine.hands(exchange)).as("before the first page").hasSize(1);

    mine.note(news ? List.of("a record") : List.of(), exchange);

    assertThat(mine.hands(exchange)).hasSize(hands);
  }

  // --- Claiming and moving ----------------------------------------------------------------------

  @Test
  void claimedRequest_isSpreadOverTheExchange() throws JsonProcessingException {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    Map<String, Object> row = new HashMap<>();
    row.put("run", "r-1");
    row.put("n", 4);
    row.put("token", 7L);
    row.put("kind", "event");
    row.put("window", "a/b");
    row.put("request", DAY);
    row.put("page_number", 2);
    row.put("cursor", "3");
    JsonNode body = requests.open(row, exchange);
    assertThat(body.path("request")).isEqualTo(JSON.readTree(DAY));
    assertThat(body.path("cursor").asText()).isEqualTo("3");
    assertThat(exchange.getAllProperties())
        .containsEntry("run", "r-1")
        .containsEntry("n", 4)
        .containsEntry("token", 7L)
        .containsEntry("kind", "event")
        .containsEntry("window", "a/b")
        .containsEntry("cursor", "3")
        .containsEntry("pageNumber", 2);
  }

  @Test
  void requestWithoutACursor_beginsAtItsStart() throws JsonProcessingException {
    Map<String, Object> row = new HashMap<>(Map.of("request", DAY));
    JsonNode body = requests.open(row, new DefaultExchange(new DefaultCamelContext()));
    assertThat(body.path("cursor").isNull()).isTrue();
  }

  @Test
  void cursorThatMoved_isFine() throws LeaseLost {
    Exchange exchange = page(DAY, 1, 1000, 0);
    requests.moved(List.of(Map.of("n", 4)), exchange);
    assertThat(exchange.getException()).isNull();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = "")
  void cursorThatDidNotMove_meansThatTheLeaseWasLost(String none) {
    Exchange exchange = page(DAY, 1, 1000, 0);
    exchange.setProperty("n", 4);
    exchange.setProperty("run", "r-1");
    List<?> moved = none == null ? null : List.of();
    assertThatThrownBy(() -> requests.moved(moved, exchange))
        .isInstanceOf(LeaseLost.class)
        .hasMessageContainingAll("4", "r-1");
  }

  // --- What the source counts, and requests without dates ---------------------------------------

  @Test
  void aTotalThatTheSourceCutsOff_saysNothingAboutItsParts() throws Exception {
    Exchange exchange = page(DAY, 5648, 1000, 0);
    exchange.setProperty("counted", 10_000L);
    requests.cut(siblings(10_000L, 11_193), exchange);
    assertThat(exchange.getProperty("children")).isNotNull();
  }

  @Test
  void aTotalBelowThat_tellsThatDatesAreIgnored() throws Exception {
    Exchange exchange = page(DAY, 9_000, 1000, 0);
    exchange.setProperty("counted", 10_000L);
    requests.cut(siblings(9_000L, 9_000), exchange);
    assertThat(exchange.getProperty("children")).isNull();
    assertThat(exchange.getProperty("shortfall", String.class)).contains("cannot be cut");
  }

  @Test
  void aRequestWithoutDates_isCutByTheValuesOfItsPlan() throws Exception {
    Exchange exchange =
        page(
            "{\"query\":{\"includeTBA\":\"only\"},\"cuts\":{\"countryCode\":{\"US\":{\"stateCode\":{\"NY\":{}}},\"DE\":{}}}}",
            1500,
            1000,
            0);
    requests.cut(null, exchange);
    assertThat(JSON.readTree(exchange.getProperty("children", String.class)))
        .isEqualTo(
            JSON.readTree(
                "[{\"query\":{\"includeTBA\":\"only\",\"countryCode\":\"US\"},\"cuts\":{\"stateCode\":{\"NY\":{}}}},"
                    + "{\"query\":{\"includeTBA\":\"only\",\"countryCode\":\"DE\"},\"cuts\":{}}]"));
  }

  @Test
  void aRequestThatWasCutByAllItsValues_saysWhatItCannotReach() throws Exception {
    Exchange exchange = page("{\"query\":{\"countryCode\":\"DE\"},\"cuts\":{}}", 1500, 1000, 0);
    requests.cut(null, exchange);
    assertThat(exchange.getProperty("shortfall", String.class))
        .isEqualTo("only 1000 of 1500 can be paged and the request cannot be cut");
  }
}
