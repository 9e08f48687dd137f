package dev.backline.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** MBIDs that MusicBrainz has joined with others: a record that names an old one means the new. */
final class MbidRedirects {
  private final Map<String, String> redirects = new HashMap<>();

  /**
   * @param rows of {@code mbid-redirects.sql}
   */
  MbidRedirects(List<Map<String, Object>> rows) {
    rows.forEach(row -> redirects.put((String) row.get("old"), (String) row.get("new")));
  }

  /** The same record, an artist of an old MBID as one of the new. */
  Translated follow(Translated t) {
    if (redirects.isEmpty() || !t.isApplied() || !t.entity().hasNonNull("mbid")) {
      return t;
    }
    String mbid = redirects.get(t.entity().get("mbid").asText());
    return mbid == null
        ? t
        : Translated.entity(t.record(), ((ObjectNode) t.entity().deepCopy()).put("mbid", mbid));
  }
}
