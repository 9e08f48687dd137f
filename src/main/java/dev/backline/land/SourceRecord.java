package dev.backline.land;

import java.util.HexFormat;
import java.util.Objects;

/**
 * One record as a source delivered it.
 *
 * @param id the source's id; {@code ?} and a hash where the record has none, so that it is kept all
 *     the same
 * @param fingerprint 16 bytes, XXH3-128 of the record's own bytes without the volatile fields
 * @param raw the record's own bytes, never serialised again
 */
public record SourceRecord(String source, String kind, String id, byte[] fingerprint, byte[] raw) {

  /** Whether the source gave this record an id of its own. */
  public boolean hasId() {
    return !id.startsWith("?");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SourceRecord that
        && source.equals(that.source)
        && kind.equals(that.kind)
        && id.equals(that.id)
        && java.util.Arrays.equals(fingerprint, that.fingerprint);
  }

  @Override
  public int hashCode() {
    return Objects.hash(source, kind, id);
  }

  @Override
  public String toString() {
    return source + " " + kind + " " + id + " (" + HexFormat.of().formatHex(fingerprint) + ")";
  }
}
