package dev.backline.land;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/**
 * One answer of a source, split.
 *
 * @param records every record of it, embedded ones first, each id once for a kind (of two with the
 *     same id the later one)
 * @param envelope the answer without its records: totals, links, cursors
 */
public record Page(List<SourceRecord> records, JsonNode envelope) {
  /** Of a source that says it has nothing. */
  static final Page EMPTY = new Page(List.of(), JsonNodeFactory.instance.objectNode());
}
