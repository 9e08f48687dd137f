package dev.backline.store;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionException;

/** The database cannot be used; the message says why and what to do, in one line. */
public final class DatabaseUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Connection, resources, operator intervention, system errors: not the statement's fault. */
  private static final Set<String> TROUBLE = Set.of("08", "53", "57", "58");

  public DatabaseUnavailable(String message) {
    super(message);
  }

  public DatabaseUnavailable(String message, Throwable cause) {
    super(message, cause);
  }

  /** The trouble of a database behind a failure in mid-work; empty where it is something else. */
  public static Optional<DatabaseUnavailable> behind(Throwable failure) {
    boolean resource = false;
    SQLException sql = null;
    for (Throwable t = failure; t != null && t != t.getCause(); t = t.getCause()) {
      if (t instanceof DatabaseUnavailable known) {
        return Optional.of(known);
      }
      resource |=
          t instanceof DataAccessResourceFailureException || t instanceof TransactionException;
      sql = t instanceof SQLException s ? s : sql;
    }
    String state = sql == null ? null : sql.getSQLState();
    boolean trouble = state != null && TROUBLE.contains(state.substring(0, 2));
    if (!resource && !trouble) {
      return Optional.empty();
    }
    String words = sql == null ? String.valueOf(failure.getMessage()) : sql.getMessage();
    String line = String.valueOf(words).lines().findFirst().orElse("").replaceFirst("\\.$", "");
    return Optional.of(
        new DatabaseUnavailable(
            "the database failed in mid-work: "
                + line
                + "; what was landed is kept: see that the database runs and has disk space, then"
                + " run this again",
            failure));
  }
}
