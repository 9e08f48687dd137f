package dev.backline.web;

import dev.backline.store.OpenAlarms;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.springframework.dao.DataAccessException;

/**
 * Not well while an alarm is open. It says nothing of life or readiness: a node is not taken out of
 * service because a source is down.
 */
public final class AlarmsHealth implements HealthCheck {
  private final OpenAlarms alarms;

  public AlarmsHealth(OpenAlarms alarms) {
    this.alarms = alarms;
  }

  @Override
  public String getId() {
    return "alarms";
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
    throw new UnsupportedOperationException("alarms are always told");
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  public boolean isReadiness() {
    return false;
  }

  @Override
  public Result call(Map<String, Object> options) {
    HealthCheckResultBuilder result = HealthCheckResultBuilder.on(this);
    try {
      List<Map<String, Object>> open = alarms.all();
      if (open.isEmpty()) {
        return result.up().build();
      }
      return result.down().message(named(open) + "; see backline status").build();
    } catch (DataAccessException e) {
      return result.unknown().message("the database cannot be reached").build();
    }
  }

  /** Kind and subject of each alarm. */
  private static String named(List<Map<String, Object>> alarms) {
    return alarms.stream()
        .map(alarm -> alarm.get("kind") + " " + alarm.get("subject"))
        .collect(Collectors.joining(", "));
  }
}
