package dev.backline.cli;

import dev.backline.Settings;
import dev.backline.sandbox.Sandbox;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The simulated APIs, alone. */
@Command(
    name = "sandbox",
    description = {
      "Serves the simulated APIs over a generated world, until it is told to stop.",
      "POST /world/advance?days=1 lets time pass; GET /world/truth and /world/ledger tell "
          + "what is so. Faults: [API:]WHAT[=ARG][@N|%%P|*K], on the N-th call, on P percent or "
          + "on the first K of them; API is ticketmaster (where none is given), setlistfm, "
          + "bandsintown or spotify."
    },
    mixinStandardHelpOptions = true)
final class SandboxCommand implements Callable<Integer> {
  @Option(names = "--port", defaultValue = "8090", description = "Port on the loopback address.")
  private int port;

  @Option(
      names = "--seed",
      defaultValue = "42",
      description = "The same seed gives the same world.")
  private long seed;

  @Option(names = "--artists", defaultValue = "200", description = "Size; about ten events each.")
  private int artists;

  @Option(names = "--start", description = "First day of the world; default 1 January this year.")
  private LocalDate start;

  @Option(
      names = "--faults",
      defaultValue = "",
      description = "Scripted faults: status=503%%10,setlistfm:status=429%%5,…")
  private String faults;

  @Override
  public Integer call() throws Exception {
    LocalDate first = start == null ? firstDay() : start;
    try (Sandbox sandbox = open(new Sandbox.Options(port, seed, artists, first, faults))) {
      System.out.println(
          "sandbox: "
              + sandbox.world().visibleEventCount()
              + " events of "
              + artists
              + " artists at "
              + sandbox.ticketmaster());
      System.out.println("the world at " + sandbox.uri().resolve("world"));
      System.out.println("a node that is to call it is started with:");
      new TreeMap<>(sandbox.settings())
          .forEach(
              (key, value) -> System.out.println("export " + Settings.variable(key) + "=" + value));
      System.out.flush();
      new CountDownLatch(1).await();
    }
    return Cli.OK;
  }

  /** First day of the demo's world: it stays the same for a year. */
  static LocalDate firstDay() {
    return LocalDate.now(ZoneOffset.UTC).withDayOfYear(1);
  }

  static Sandbox open(Sandbox.Options options) {
    try {
      return Sandbox.start(options);
    } catch (IOException e) {
      throw new WrongUsage(
          "port "
              + options.port()
              + " is in use; choose another with --port (0 takes any free one)");
    } catch (IllegalArgumentException e) {
      throw new WrongUsage(e.getMessage());
    }
  }
}
