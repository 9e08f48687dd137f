package dev.backline;

import dev.backline.cli.Cli;

/** Entry point of every command. */
public final class App {
  private App() {}

  public static void main(String[] args) {
    // Routes and the database are stopped in their order by the commands, and may log while they
    // stop.
    System.setProperty("log4j2.shutdownHookEnabled", "false");
    System.setProperty("log4j2.configurationFile", "config/log4j2.properties");
    System.exit(Cli.run(args));
  }
}
