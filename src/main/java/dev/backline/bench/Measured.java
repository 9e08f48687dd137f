package dev.backline.bench;

/**
 * One measured run.
 *
 * @param events events that are in the catalogue after it
 * @param nanos from its first call or row to its last commit
 * @param cpu what it used meanwhile
 * @param heapPeak most bytes of heap in use meanwhile
 */
record Measured(long events, long nanos, Cpu cpu, long heapPeak) {
  double perSecond() {
    return events * 1e9 / nanos;
  }

  /** Microseconds of a number of nanoseconds, for each event. */
  double micros(long ofNanos) {
    return ofNanos / 1e3 / events;
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
