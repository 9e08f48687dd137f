package dev.backline;

import dev.backline.cli.Cli;
import java.nio.file.Path;
import java.util.List;

/** Entry point of every command. */
public final class App {
  private App() {}

  public static void main(String[] args) {
    // Routes and the database are stopped in their order by the commands, and may log while they
    // stop.
    System.setProperty("log4j2.shutdownHookEnabled", "false");
    System.setProperty("log4j2.configurationFile", "config/log4j2.properties");
    logAsSet();
    System.exit(Cli.run(args));
  }

  /** The logging reads system properties; a file that cannot be read is said by the command. */
  private static void logAsSet() {
    try {
      Settings settings =
          Settings.load(Path.of("config", "application.properties"), System.getenv());
      for (String key : List.of("log.level", "log.format")) {
        settings.find(key).ifPresent(value -> System.setProperty(key, value));
      }
    } catch (Settings.Invalid e) {
      // The defaults of config/log4j2.properties hold.
    }
  }
}
