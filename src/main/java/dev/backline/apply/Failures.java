package dev.backline.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.backline.Settings;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a failed batch means. Bean {@code failures} of {@code routes/flow/apply.camel.yaml}. */
public final class Failures {
  private static final Logger log = LoggerFactory.getLogger(Failures.class);
  // Connection, resources, operator intervention, locks: the database is in trouble, not the
  // record.
  private static final Set<String> TROUBLE = Set.of("08", "53", "57", "58", "40", "55", "25");

  private final Settings settings;

  public Failures(Settings settings) {
    this.settings = settings;
  }

  /** Whether the same batch may succeed later as it is: nothing is wrong with its records. */
  public boolean passing(Throwable failure) {
    SQLException sql = sql(failure);
    if (sql != null) {
      return sql.getSQLState() == null || TROUBLE.contains(sql.getSQLState().substring(0, 2));
    }
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof org.springframework.transaction.TransactionException
          || t instanceof org.springframework.dao.DataAccessResourceFailureException) {
        return true;
      }
    }
    return false;
  }

  private static SQLException sql(Throwable failure) {
    for (Throwable t = failure; t != null && t != t.getCause(); t = t.getCause()) {
      if (t instanceof SQLException e) {
        return e;
      }
    }
    return null;
  }

  /** Parameters that mark the one record that made its batch fail dead, with its letter. */
  public Map<String, Object> bury(
      @ExchangeProperty("records") List<Translated> records,
      @ExchangeProperty("failure") Throwable failure)
      throws JsonProcessingException {
    Translated poison = records.get(0);
    String reason = reason(failure);
    Translated dead = Translated.dead(poison.record(), reason, cause(failure));
    log.atError()
        .addKeyValue("record", poison.record().kind() + "/" + poison.record().id())
        .log(
            "{} {} {} is dead: {}; see ./backline dead-letters list",
            poison.record().source(),
            poison.record().kind(),
            poison.record().id(),
            reason);
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("marked_sources", new String[] {poison.record().source()});
    parameters.put("marked_kinds", new String[] {poison.record().kind()});
    parameters.put("marked_ids", new String[] {poison.record().id()});
    parameters.put("marked_fingerprints", new byte[][] {poison.record().fingerprint()});
    parameters.put("states", new String[] {Translated.DEAD});
    parameters.put("errors", new String[] {reason});
    parameters.put("letters", Letters.of(List.of(dead), settings));
    return parameters;
  }

  /** The database's own words, without the row's values that follow in further lines. */
  String reason(Throwable failure) {
    SQLException sql = sql(failure);
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String text = String.valueOf((sql == null ? root : sql).getMessage());
    return settings.redact(text.lines().findFirst().orElse("").replaceFirst("^ERROR: ", ""));
  }

  /** Letters are grouped by the constraint or error, not by the record. */
  private static String cause(Throwable failure) {
    SQLException sql = sql(failure);
    if (sql instanceof org.postgresql.util.PSQLException pg && pg.getServerErrorMessage() != null) {
      String constraint = pg.getServerErrorMessage().getConstraint();
      return "store: " + (constraint == null ? "SQL state " + sql.getSQLState() : constraint);
    }
    return "store: " + failure.getClass().getSimpleName();
  }
}
