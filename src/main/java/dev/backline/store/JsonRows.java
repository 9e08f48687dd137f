package dev.backline.store;

import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Reads a statement of {@code routes/} by itself, outside the routes. */
public final class JsonRows {
  private final NamedParameterJdbcTemplate jdbc;

  public JsonRows(DataSource dataSource) {
    this.jdbc = new NamedParameterJdbcTemplate(dataSource);
  }

  /**
   * The rows as a JSON array of objects.
   *
   * @param statement with parameters written {@code :?name}, as everywhere under routes/
   */
  public String read(String statement, Map<String, String> parameters) {
    return jdbc.queryForObject(
        "select cast(coalesce(json_agg(r), '[]') as text) from (\n"
            + statement.replaceAll(":\\?(\\w+)", ":$1")
            + "\n) r",
        parameters,
        String.class);
  }
}
