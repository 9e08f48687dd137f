package dev.backline.land;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.backline.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/**
 * What the landing route decides in Java: how a page splits, and which of its records are new.
 *
 * <p>Bean {@code landing} of {@code routes/flow/land.camel.yaml}. Statement parameters go out as a
 * map in the body, by the names the SQL files use.
 */
public final class Landing {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The filter of records that were removed on request of their owner; they are kept without body.
   */
  private static final String REMOVED = "removed-on-request";

  private static final int MOST_REMEMBERED = 50_000;

  private final Settings settings;

  /** Fingerprints of embedded records by run and record. */
  private final Cache<String, byte[]> committed =
      Caffeine.newBuilder()
          .maximumSize(MOST_REMEMBERED)
          .expireAfterWrite(Duration.ofMinutes(10))
          .build();

  public Landing(Settings settings) {
    this.settings = settings;
  }

  /**
   * Splits the body (bytes of an answer) by the layout in the exchange properties {@code kind},
   * {@code records}, {@code embedded}; volatile fields and stripped parameters are settings of the
   * source. An answer that says there is nothing (property {@code none}) is an empty page.
   */
  public Page split(byte[] body, Exchange exchange) throws UnreadablePage {
    return exchange.getProperty("none", false, Boolean.class)
        ? Page.EMPTY
        : PageSplitter.split(source(exchange), layouts(exchange), clean(body, exchange));
  }

  /** The body is one record, or an answer that holds some. */
  public List<SourceRecord> records(byte[] body, Exchange exchange) throws UnreadablePage {
    String source = source(exchange);
    List<Layout> layouts = layouts(exchange);
    byte[] clean = clean(body, exchange);
    try {
      List<SourceRecord> records = PageSplitter.split(source, layouts, clean).records();
      if (!records.isEmpty()) {
        return records;
      }
    } catch (UnreadablePage e) {
      // Not an answer; it may be a record, and if it is neither the next line says so.
    }
    return PageSplitter.single(source, layouts.get(0), clean);
  }

  /** The body without parameters that must not be stored, such as our own key. */
  public byte[] clean(byte[] body, Exchange exchange) {
    return settings
        .find(source(exchange) + ".stripped-parameters")
        .map(names -> Parameters.without(body, List.of(names.split("\\s*,\\s*"))))
        .orElse(body);
  }

  private List<Layout> layouts(Exchange exchange) {
    return Layout.parseAll(
        exchange.getProperty("kind", String.class),
        exchange.getProperty("records", "", String.class),
        exchange.getProperty("embedded", "", String.class),
        settings.find(source(exchange) + ".volatile-fields").orElse(""));
  }

  private static String source(Exchange exchange) {
    return exchange.getProperty("source", String.class);
  }

  /**
   * Parameters of {@code changed-records.sql}: four arrays, one entry a record. Venues and artists
   * come again with almost every page; those that this run has just committed in the same version
   * are not looked up. Sets {@code compared}: the records that are.
   */
  public Map<String, Object> keys(@ExchangeProperty("page") Page page, Exchange exchange) {
    String asked = exchange.getProperty("kind", String.class);
    List<SourceRecord> compared =
        page.records().stream()
            .filter(
                record ->
                    record.kind().equals(asked)
                        || !Arrays.equals(
                            committed.getIfPresent(key(record, exchange)), record.fingerprint()))
            .toList();
    exchange.setProperty("compared", compared);
    Map<?, ?> filters = exchange.getProperty("skip", Map.of(), Map.class);
    Map<String, Object> keys = keys(compared);
    keys.put(
        "held",
        compared.stream()
            .map(record -> record.kind().equals(asked) && filters.containsKey(record.id()))
            .toArray(Boolean[]::new));
    return keys;
  }

  /** Parameters of {@code keep-answer.sql}: three arrays, one entry for each record of the page. */
  public Map<String, Object> shown(@ExchangeProperty("page") Page page) {
    return keys(page.records());
  }

  private static Map<String, Object> keys(List<SourceRecord> records) {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("kinds", records.stream().map(SourceRecord::kind).toArray(String[]::new));
    keys.put("ids", records.stream().map(SourceRecord::id).toArray(String[]::new));
    keys.put(
        "fingerprints", records.stream().map(SourceRecord::fingerprint).toArray(byte[][]::new));
    return keys;
  }

  /** Notes what a page has committed; called after its transaction. */
  public void remember(@ExchangeProperty("page") Page page, Exchange exchange) {
    String asked = exchange.getProperty("kind", String.class);
    for (SourceRecord record : page.records()) {
      if (!record.kind().equals(asked)) {
        committed.put(key(record, exchange), record.fingerprint());
      }
    }
  }

  private static String key(SourceRecord record, Exchange exchange) {
    return exchange.getProperty("run") + " " + record.kind() + ' ' + record.id();
  }

  /**
   * Parameters of {@code land-records.sql} and {@code land-page.sql}; raw is compressed here. A
   * record that its job filters out (property {@code skip}, filter by id) is kept as skipped,
   * unless it was let in before; one that was removed on request is kept as skipped without its
   * body. Sets {@code landed}: the records to apply.
   */
  public Map<String, Object> rows(
      @ExchangeProperty("page") Page page,
      @ExchangeProperty("compared") List<SourceRecord> compared,
      @Header("changed") List<Map<String, Object>> changed,
      Exchange exchange)
      throws IOException {
    Map<?, ?> filters = exchange.getProperty("skip", Map.of(), Map.class);
    String asked = exchange.getProperty("kind", String.class);
    List<SourceRecord> kept = new ArrayList<>(changed.size());
    List<SourceRecord> landed = new ArrayList<>(changed.size());
    List<String> skips = new ArrayList<>(changed.size());
    for (Map<String, Object> row : changed) {
      SourceRecord record = compared.get(((Number) row.get("i")).intValue() - 1);
      boolean let = row.get("state") != null && !"skipped".equals(row.get("state"));
      Object filter = record.kind().equals(asked) && !let ? filters.get(record.id()) : null;
      if (Boolean.TRUE.equals(row.get("removed"))) {
        filter = REMOVED;
      }
      kept.add(record);
      skips.add((String) filter);
      if (filter == null) {
        landed.add(record);
      }
    }
    exchange.setProperty("landed", landed);
    Map<String, Object> rows = new LinkedHashMap<>();
    rows.put("kinds", kept.stream().map(SourceRecord::kind).toArray(String[]::new));
    rows.put("ids", kept.stream().map(SourceRecord::id).toArray(String[]::new));
    rows.put("fingerprints", kept.stream().map(SourceRecord::fingerprint).toArray(byte[][]::new));
    rows.put(
        "raws",
        IntStream.range(0, kept.size())
            .mapToObj(
                i -> REMOVED.equals(skips.get(i)) ? new byte[0] : Zstd.compress(kept.get(i).raw()))
            .toArray(byte[][]::new));
    rows.put("skips", skips.toArray(String[]::new));
    rows.put("shown", shown(asked, page.records(), kept));
    return rows;
  }

  /** The ids of a page by kind, as {@code land-page.sql} takes them; the asked-for kind always. */
  private static String shown(String kind, List<SourceRecord> seen, List<SourceRecord> landed)
      throws IOException {
    Map<String, ObjectNode> lines = new LinkedHashMap<>();
    line(lines, kind);
    seen.forEach(record -> line(lines, record.kind()).withArray("ids").add(record.id()));
    landed.forEach(record -> line(lines, record.kind()).withArray("changed").add(record.id()));
    return JSON.writeValueAsString(lines.values());
  }

  private static ObjectNode line(Map<String, ObjectNode> lines, String kind) {
    return lines.computeIfAbsent(
        kind,
        k -> {
          ObjectNode line = JSON.createObjectNode().put("kind", k);
          line.putArray("ids");
          line.putArray("changed");
          return line;
        });
  }
}
