package dev.backline.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What processes have used so far: processor time of this JVM, of the PostgreSQL server with all
 * its backends, and what this JVM has allocated.
 *
 * @param jvm nanoseconds of processor time of this process
 * @param postgres nanoseconds of the server and its backends; 0 where there is no /proc
 * @param sandbox nanoseconds of the simulated API's process; 0 where there is no /proc
 * @param allocated bytes that threads alive now have allocated
 */
public record Cpu(long jvm, long postgres, long sandbox, long allocated) {
  private static final long TICK = 10_000_000L; // 100 a second on every Linux

  static Cpu now(long postgresPid, long sandboxPid) {
    var os =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Cpu(
        os.getProcessCpuTime(), tree(postgresPid), own(sandboxPid), allocatedByThreads());
  }

  Cpu since(Cpu start) {
    return new Cpu(
        jvm - start.jvm,
        postgres - start.postgres,
        sandbox - start.sandbox,
        allocated - start.allocated);
  }

  private static long allocatedByThreads() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long sum = 0;
    for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
      sum += Math.max(0, bytes);
    }
    return sum;
  }

  /** Largest heap in use since {@link #resetHeapPeak}, in bytes. */
  static long heapPeak() {
    return heapPools().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
  }

  static void resetHeapPeak() {
    heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  private static List<MemoryPoolMXBean> heapPools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }

  /** A process, its ended children (counted by the system) and its living ones. */
  private static long tree(long pid) {
    long sum = ticks(pid, true);
    for (ProcessHandle child :
        ProcessHandle.of(pid).map(p -> p.children().toList()).orElse(new ArrayList<>())) {
      sum += ticks(child.pid(), true);
    }
    return sum * TICK;
  }

  private static long own(long pid) {
    return ticks(pid, false) * TICK;
  }

  private static long ticks(long pid, boolean withEnded) {
    try {
      String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      long own = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
      return withEnded ? own + Long.parseLong(fields[13]) + Long.parseLong(fields[14]) : own;
    } catch (IOException | RuntimeException e) {
      return 0;
    }
  }
}
