package dev.backline.store;

import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Empties the catalogue in the order of {@link Catalogue}, as a whole or not at all. */
public final class Clearing {
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;

  public Clearing(DataSource dataSource) {
    this.jdbc = new JdbcTemplate(dataSource);
    this.transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
  }

  /** Rows of the tables that hold the parts, in the order of clearing. */
  public Map<Catalogue, Long> rows() {
    Map<Catalogue, Long> rows = new LinkedHashMap<>();
    for (Catalogue part : Catalogue.values()) {
      rows.put(part, rows(part));
    }
    return rows;
  }

  /** Rows of the table that holds a part. */
  public long rows(Catalogue part) {
    return jdbc.queryForObject("select count(*) from " + part.table(), Long.class);
  }

  /** Deletes all rows; answers how many of each part's own table there were, in that order. */
  public Map<Catalogue, Long> clear() {
    return transaction.execute(
        status -> {
          Map<Catalogue, Long> deleted = new LinkedHashMap<>();
          for (Catalogue part : Catalogue.values()) {
            for (String table : part.tables()) {
              deleted.put(part, (long) jdbc.update("delete from " + table));
            }
          }
          return deleted;
        });
  }
}
