package dev.backline.observe;

import dev.backline.Settings;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;
import org.slf4j.MDC;

/**
 * Sends spans of pages, batches and runs to an OpenTelemetry collector; made only where its address
 * is set. What is called over HTTP is no span of its own, since addresses hold keys; its route is.
 */
public final class Tracing implements AutoCloseable {
  private static final String ENDPOINT = "otel.exporter.otlp.endpoint";

  /** Defaults of ours; OTEL_* variables win. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "otel.service.name", "backline",
          "otel.exporter.otlp.protocol", "http/protobuf",
          "otel.metrics.exporter", "none",
          "otel.logs.exporter", "none");

  /**
   * All endpoints but these: no timers, no look for work, no record by itself, nothing over HTTP.
   */
  private static final String EXCLUDED =
      "^(?!direct:(//)?(plan|fetch|turn|land|reland|apply|apply-transaction|resolve|store|close-run"
          + "|[a-z]+-page|[a-z]+-call)(\\?.*)?$"
          + "|sql:.*/(?!(claim-request|landed-records|complete-runs|progress-runs|metrics|metrics-counts)\\.sql)[a-z-]+\\.sql).*$";

  private final OpenTelemetrySdk sdk;

  private Tracing(OpenTelemetrySdk sdk) {
    this.sdk = sdk;
  }

  /** Whether a collector is set. */
  public static boolean wanted(Settings settings) {
    return settings.find(ENDPOINT).isPresent();
  }

  /** Has every route traced that is made from now on. */
  public static Tracing of(CamelContext camel, Settings settings) {
    OpenTelemetrySdk sdk =
        AutoConfiguredOpenTelemetrySdk.builder()
            .disableShutdownHook()
            .addPropertiesSupplier(() -> DEFAULTS)
            .addPropertiesCustomizer(config -> Map.of(ENDPOINT, settings.text(ENDPOINT)))
            .addTracerProviderCustomizer(
                (provider, config) -> provider.addSpanProcessor(new OnWhoseBehalf()))
            .build()
            .getOpenTelemetrySdk();
    camel.getRegistry().bind("tracer", sdk.getTracer("backline"));
    // No header of a call to a source tells of our traces.
    camel.getRegistry().bind("propagators", ContextPropagators.noop());
    OpenTelemetryTracer tracer = new OpenTelemetryTracer();
    tracer.setExcludePatterns(EXCLUDED);
    tracer.init(camel);
    return new Tracing(sdk);
  }

  /** Sends what is left. */
  @Override
  public void close() {
    sdk.close();
  }

  /** Gives a span what {@link LogContext} gives a line. */
  private static final class OnWhoseBehalf implements SpanProcessor {
    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
      for (String key : List.of("job", "run", "request", "source")) {
        String value = MDC.get(key);
        if (value != null) {
          span.setAttribute("backline." + key, value);
        }
      }
    }

    @Override
    public boolean isStartRequired() {
      return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {}

    @Override
    public boolean isEndRequired() {
      return false;
    }
  }
}
