package dev.backline.bench;

import java.util.Locale;

/**
 * One measured run.
 *
 * @param events events that were read and are in the catalogue, or known, after it
 * @param nanos from its first call or row to its last commit
 * @param cpu what it used meanwhile
 * @param heapPeak most bytes of heap in use meanwhile, garbage included
 */
public record Measured(long events, long nanos, Cpu cpu, long heapPeak) {
  public double perSecond() {
    return events * 1e9 / nanos;
  }

  /** Microseconds an event, of so many nanoseconds in all. */
  public double micros(long ofNanos) {
    return ofNanos / 1e3 / events;
  }

  public double allocatedKb() {
    return cpu.allocated() / 1024.0 / events;
  }

  public long heapPeakMb() {
    return heapPeak >> 20;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d events, %.0f/s, CPU us an event: %.0f JVM, %.0f PostgreSQL, %.0f API; heap peak %d MB, %.0f KB allocated an event",
        events,
        perSecond(),
        micros(cpu.jvm()),
        micros(cpu.postgres()),
        micros(cpu.sandbox()),
        heapPeakMb(),
        allocatedKb());
  }

  interface Work {
    long run() throws Exception;
  }

  static Measured of(Server server, long sandboxPid, Work work) throws Exception {
    System.gc();
    Cpu.resetHeapPeak();
    Cpu before = Cpu.now(server.pid(), sandboxPid);
    long start = System.nanoTime();
    long events = work.run();
    long nanos = System.nanoTime() - start;
    return new Measured(
        events, nanos, Cpu.now(server.pid(), sandboxPid).since(before), Cpu.heapPeak());
  }
}
