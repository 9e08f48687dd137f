package dev.backline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.dynatrace.hash4j.hashing.Hashing;
import dev.backline.land.Zstd;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Puts records into the catalogue of a node without any API: they are left landed for its sweep.
 */
public final class Landed {
  private Landed() {}

  /** An artist as Ticketmaster tells it; ids may be null. */
  public static void artist(TestNode node, String name, String mbid, String spotifyId) {
    String links =
        (mbid == null ? "" : "\"musicbrainz\":[{\"id\":\"%s\"}]".formatted(mbid))
            + (mbid == null || spotifyId == null ? "" : ",")
            + (spotifyId == null
                ? ""
                : "\"spotify\":[{\"url\":\"https://open.spotify.com/artist/%s\"}]"
                    .formatted(spotifyId));
    record(
        node,
        "ticketmaster",
        "attraction",
        "K" + Math.abs(name.hashCode()),
        """
        {"id":"K%d","name":"%s","classifications":[{"segment":{"id":"KZFzniwnSyZfZ7v7nJ"}}],"externalLinks":{%s}}"""
            .formatted(Math.abs(name.hashCode()), name.replace("\"", "\\\""), links));
  }

  /** Any record; returns when it is applied. */
  public static void record(TestNode node, String source, String kind, String id, String json) {
    byte[] raw = json.getBytes(StandardCharsets.UTF_8);
    node.jdbc()
        .update(
            "insert into source_records (source, record_kind, source_id, fingerprint, raw, last_changed)"
                + " values (?, ?, ?, ?, ?, now() - interval '1 hour')",
            source,
            kind,
            id,
            Hashing.xxh3_128().hashBytesTo128Bits(raw).toByteArray(),
            Zstd.compress(raw));
    node.awaitNoneLanded();
    Map<String, Object> record =
        node.jdbc()
            .queryForMap(
                "select state, error from source_records where source = ? and source_id = ?",
                source,
                id);
    assertThat(record.get("state")).as(record.toString()).isEqualTo("applied");
  }
}
