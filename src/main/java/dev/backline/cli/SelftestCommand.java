package dev.backline.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The promise, tried. */
@Command(name = "selftest", description = "x", mixinStandardHelpOptions = true)
final class SelftestCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return Cli.OK;
  }
}
