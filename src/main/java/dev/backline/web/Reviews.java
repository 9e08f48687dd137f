package dev.backline.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backline.store.Decisions;
import dev.backline.store.Decisions.Key;
import dev.backline.store.Entities;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;

/**
 * What a person says of two records over HTTP. Bean {@code reviews}: the verdict is stored with the
 * landing of the records it is about, and the flow applies them; the answer waits for that, within
 * bounds.
 */
public final class Reviews {
  /** How long an answer waits for the records to be applied. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(4);

  private final Decisions decisions;
  private final Entities entities;

  public Reviews(Decisions decisions, Entities entities) {
    this.decisions = decisions;
    this.entities = entities;
  }

  /** A verdict as it was stored, until its records are applied. */
  private record Verdict(String kind, Key left, Key right, boolean same, long until) {}

  /**
   * Stores a verdict, from a body {@code {kind, left, right, same}} whose sides are {@code {source,
   * sourceId}}; where they are the same, the entity of the left one goes on. Property verdict is
   * what {@link #waits} asks.
   */
  public void decide(Exchange exchange) {
    Query.asked(exchange, List.of());
    JsonNode body = Orders.body(exchange, List.of("kind", "left", "right", "same"));
    String kind = body.path("kind").asText("");
    if (!Decisions.KINDS.contains(kind)) {
      throw Query.bad("kind", "kind must be one of " + String.join(", ", Decisions.KINDS));
    }
    if (!body.path("same").isBoolean()) {
      throw Query.bad("same", "same must be true or false");
    }
    Verdict verdict =
        new Verdict(
            kind,
            side(body, "left"),
            side(body, "right"),
            body.get("same").asBoolean(),
            System.nanoTime() + PATIENCE_NANOS);
    UUID left = entity(kind, verdict.left);
    UUID right = entity(kind, verdict.right);
    if (verdict.left.equals(verdict.right)) {
      throw Query.bad("right", "both are the same record");
    }
    if (!verdict.same) {
      decisions.notSame(kind, verdict.right, List.of(verdict.left));
    } else if (left.equals(right)) {
      throw new Refused(Problem.of(409, "both records are of one " + kind + " already"));
    } else if (!decisions.apart(kind, left, right).isEmpty()) {
      throw new Refused(
          Problem.of(
              409, "they have different MBIDs and are never joined: answer that they differ"));
    } else {
      decisions.same(kind, verdict.left, verdict.right);
    }
    exchange.setProperty("verdict", verdict);
  }

  /** Whether records of a verdict are still to be applied, and it is worth to wait for them. */
  public boolean waits(@ExchangeProperty("verdict") Verdict verdict) {
    return System.nanoTime() < verdict.until && landed(verdict);
  }

  /** What became of a verdict. */
  public void decided(@ExchangeProperty("verdict") Verdict verdict, Exchange exchange) {
    exchange
        .getMessage()
        .setHeader(
            "found",
            "{\"kind\":\"%s\",\"same\":%s,\"applied\":%s}"
                .formatted(verdict.kind, verdict.same, !landed(verdict)));
  }

  private boolean landed(Verdict verdict) {
    return decisions.landed(verdict.kind, List.of(verdict.left, verdict.right)) > 0;
  }

  private static Key side(JsonNode body, String name) {
    JsonNode side = body.path(name);
    if (!side.path("source").isTextual() || !side.path("sourceId").isTextual()) {
      throw Query.bad(name, name + " must be {source, sourceId} of a record");
    }
    return new Key(side.get("source").asText(), side.get("sourceId").asText());
  }

  private UUID entity(String kind, Key record) {
    return entities
        .bySource(kind, record.source(), record.id())
        .orElseThrow(
            () ->
                new Refused(
                    Problem.of(404, "no " + kind + " is made of a record of this source and id")))
        .id();
  }
}
