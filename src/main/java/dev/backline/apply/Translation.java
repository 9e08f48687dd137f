package dev.backline.apply;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backline.land.SourceRecord;
import java.io.IOException;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/**
 * What translating a record decides in Java: how deep JSON may be, whether the mapping's result
 * keeps the entity's contract. Processors of {@code routes/flow/translate.camel.yaml}: once a
 * record, so without the bean component's parameter binding.
 */
public final class Translation {
  private static final int DEEPEST = 200;
  private static final int LONGEST_REASON = 1000;
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
              .build());

  private final Supplier<Schemas> schemas;

  /**
   * @param schemas those in force; they may be replaced while records are judged
   */
  public Translation(Supplier<Schemas> schemas) {
    this.schemas = schemas;
  }

  /**
   * Makes the body, a record, the tree that its mapping takes; its mapping's route is named by the
   * property {@code mapping}. Processor {@code parseRecord}.
   *
   * <p>{@code source} is not set: an aggregated split hands the properties of its last part to the
   * caller, and the caller's source is its own.
   */
  public void parse(Exchange exchange) throws IOException {
    SourceRecord record = exchange.getMessage().getBody(SourceRecord.class);
    exchange.setProperty("record", record);
    exchange.setProperty("mapping", record.source() + "-" + record.kind());
    exchange.getMessage().setBody(JSON.readTree(record.raw()));
  }

  /** Judges what the mapping made of a record. Processor {@code judgeEntity}. */
  public void judge(Exchange exchange) {
    exchange
        .getMessage()
        .setBody(judge(exchange.getMessage().getBody(JsonNode.class), record(exchange)));
  }

  /** A record whose mapping failed. Processor {@code judgeFailure}. */
  public void fail(Exchange exchange) {
    Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    exchange.getMessage().setBody(failed(failure, record(exchange)));
  }

  private static SourceRecord record(Exchange exchange) {
    return exchange.getProperty("record", SourceRecord.class);
  }

  Translated judge(JsonNode mapped, SourceRecord record) {
    if (!record.hasId()) {
      return Translated.rejected(record, "id: is missing or not usable as one");
    }
    if (mapped == null || !mapped.isObject()) {
      return Translated.dead(record, "the mapping gave no object", "mapping: no object");
    }
    if (mapped.hasNonNull("skip")) {
      return Translated.skipped(record, mapped.get("skip").asText());
    }
    String lone = loneSurrogate(mapped, "");
    if (lone != null) {
      return Translated.rejected(record, lone + ": holds half a character (a lone surrogate)");
    }
    String violations = schemas.get().violations(mapped);
    if (violations != null) {
      return Translated.rejected(record, shorten(violations));
    }
    if (mapped.get("entity").asText().equals("show")) {
      StartTime.complete((ObjectNode) mapped);
    }
    return Translated.entity(record, mapped);
  }

  private static Translated failed(Exception failure, SourceRecord record) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    String message =
        shorten(String.valueOf(cause.getMessage()).replaceAll("[\\s\\p{Cntrl}]+", " "));
    if (!record.hasId()) {
      return Translated.rejected(record, "id: is missing; " + message);
    }
    return Translated.dead(record, message, "mapping: " + record.source() + " " + record.kind());
  }

  private static String shorten(String text) {
    return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "…";
  }

  /** The first field that holds half a surrogate pair, which PostgreSQL cannot store; else null. */
  private static String loneSurrogate(JsonNode node, String path) {
    if (node.isTextual()) {
      return hasLoneSurrogate(node.asText()) ? path : null;
    }
    if (node.isObject()) {
      for (var field : node.properties()) {
        String found = loneSurrogate(field.getValue(), field.getKey());
        if (found != null) {
          return found;
        }
      }
    } else if (node.isArray()) {
      for (JsonNode item : node) {
        String found = loneSurrogate(item, path);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return true;
      }
    }
    return false;
  }
}
