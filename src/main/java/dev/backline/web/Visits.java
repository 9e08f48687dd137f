package dev.backline.web;

import java.util.Map;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/**
 * What visitors do to a predicted setlist: bean {@code visits} judges it inside the transaction.
 */
public final class Visits {
  /** Header under which the gate leaves the visitor of a request; nobody else can set it. */
  static final String VISITOR = "backline-visitor";

  /** Songs of a predicted setlist, with all that is suggested. */
  private static final int MOST_SONGS = 100;

  static UUID visitor(Exchange exchange) {
    String visitor = exchange.getMessage().getHeader(VISITOR, String.class);
    if (visitor == null) {
      throw new Refused(Problem.of(400, "only a visitor can vote; call it without a bearer token"));
    }
    return UUID.fromString(visitor);
  }

  /** Takes the document of a vote out of the row of its statement. */
  public void voted(@Header("row") Map<String, Object> row, Exchange exchange) {
    if (row == null) {
      throw new Refused(Problem.of(404, "no setlist that is voted on has this song"));
    }
    refuseWhenOver(row);
    exchange.getMessage().setHeader("found", row.get("document"));
  }

  /** Refuses a suggestion that cannot be taken; the row is that of {@code lock-setlist.sql}. */
  public void mayBeSuggested(@ExchangeProperty("setlist") Map<String, Object> row) {
    if (row == null) {
      throw new Refused(Problem.of(404, "no setlist that is voted on has this id"));
    }
    refuseWhenOver(row);
    if (!(Boolean) row.get("known")) {
      throw new Refused(Problem.of(404, "no song of the catalogue has this id"));
    }
    if (((Number) row.get("songs")).intValue() >= MOST_SONGS) {
      throw new Refused(Problem.of(409, "this setlist has " + MOST_SONGS + " songs already"));
    }
  }

  private static void refuseWhenOver(Map<String, Object> row) {
    if ((Boolean) row.get("over")) {
      throw new Refused(Problem.of(409, "what was played is known; voting has ended"));
    }
  }
}
