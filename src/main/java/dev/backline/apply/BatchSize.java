package dev.backline.apply;

import dev.backline.Settings;
import java.lang.management.ManagementFactory;
import java.util.function.DoubleSupplier;

/**
 * How many stored records one batch takes up: fewer while the machine is busy, so that what is live
 * goes on beside it. Of fifteen parts it takes all, above a load of 0.5 seven, above 0.8 three.
 * Bean {@code batchSize} of the statements that take up stored records.
 */
public final class BatchSize {
  private final Settings settings;
  private final DoubleSupplier load;

  /** Follows the load of this machine. */
  public BatchSize(Settings settings) {
    this(settings, BatchSize::load);
  }

  BatchSize(Settings settings, DoubleSupplier load) {
    this.settings = settings;
    this.load = load;
  }

  /** Runnable threads a processor over the last minute; 0 where the system does not tell. */
  private static double load() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    return Math.max(0, system.getSystemLoadAverage()) / system.getAvailableProcessors();
  }

  /** Records of one batch, one at least. */
  public int records() {
    double now = load.getAsDouble();
    int parts = now > 0.8 ? 3 : now > 0.5 ? 7 : 15;
    return Math.max(1, settings.number("apply.sweep-records") * parts / 15);
  }
}
