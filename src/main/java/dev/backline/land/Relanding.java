package dev.backline.land;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/**
 * What applying stored records again decides in Java: which of them a request means, and where its
 * next page begins. Bean {@code relanding} of {@code routes/flow/reland.camel.yaml}.
 *
 * <p>A request's {@code of} is {@code {source, kind}} for all records of a source or a kind, and
 * {@code {source, letters: true, letter, cause}} for those with an open dead letter. A cursor is
 * kind and id of the last record, with a space between.
 */
public final class Relanding {

  /**
   * Parameters of {@code stored-records.sql} and {@code letter-records.sql}.
   *
   * @param body request and cursor, as {@code requests.open} leaves them
   */
  public Map<String, Object> open(JsonNode body, Exchange exchange) {
    JsonNode of = body.path("request").path("of");
    exchange.setProperty("recordSource", of.path("source").asText());
    JsonNode total = body.path("request").path("total");
    exchange.setProperty("total", total.isNumber() ? total.longValue() : null);
    Map<String, Object> records =
        after(
            of.path("source").asText(),
            of.path("kind").asText(null),
            body.path("cursor").asText(null));
    records.put("letters", of.path("letters").asBoolean());
    records.put("letter", of.hasNonNull("letter") ? of.get("letter").longValue() : null);
    records.put("cause", of.path("cause").asText(null));
    return records;
  }

  /** Parameters of {@code stored-records.sql} for the records behind a cursor. */
  public Map<String, Object> after(
      @ExchangeProperty("recordSource") String source,
      @ExchangeProperty("recordKind") String kind,
      @ExchangeProperty("after") String after) {
    String text = after == null ? "" : after;
    int space = text.indexOf(' ');
    Map<String, Object> records = new LinkedHashMap<>();
    records.put("recordSource", source);
    records.put("recordKind", kind);
    records.put("afterKind", space < 0 ? "" : text.substring(0, space));
    records.put("afterId", space < 0 ? "" : text.substring(space + 1));
    return records;
  }

  /**
   * Parameters of {@code reland-records.sql}; sets {@code next}, the cursor of the page after this
   * one, which an empty page does not have.
   */
  public Map<String, Object> page(
      @Header("found") List<Map<String, Object>> found,
      @ExchangeProperty("recordSource") String source,
      Exchange exchange) {
    Map<String, Object> last = found.isEmpty() ? null : found.get(found.size() - 1);
    exchange.setProperty("next", last == null ? null : last.get("kind") + " " + last.get("id"));
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("recordSource", source);
    keys.put("kinds", found.stream().map(row -> row.get("kind")).toArray(String[]::new));
    keys.put("ids", found.stream().map(row -> row.get("id")).toArray(String[]::new));
    return keys;
  }
}
