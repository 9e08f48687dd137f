package dev.backline.web;

import dev.backline.store.Database;
import java.sql.SQLException;
import java.util.Map;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;

/** Ready only while the database can be reached. Says nothing of it but that. */
public final class DatabaseHealth implements HealthCheck {
  private final Database database;

  public DatabaseHealth(Database database) {
    this.database = database;
  }

  @Override
  public String getId() {
    return "database";
  }

  @Override
  public String getGroup() {
    return "backline";
  }

  @Override
  public boolean isEnabled() {
    return true;
  }

  @Override
  public void setEnabled(boolean enabled) {
    throw new UnsupportedOperationException("a node without its database is never ready");
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  public boolean isReadiness() {
    return true;
  }

  @Override
  public Result call(Map<String, Object> options) {
    HealthCheckResultBuilder result = HealthCheckResultBuilder.on(this);
    result.detail(CHECK_ID, getId()).detail(CHECK_KIND, Kind.READINESS);
    try {
      database.reach();
      return result.up().build();
    } catch (SQLException e) {
      return result.down().message("the database cannot be reached").build();
    }
  }
}
