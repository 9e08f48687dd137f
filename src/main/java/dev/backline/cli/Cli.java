package dev.backline.cli;

import dev.backline.Settings;
import dev.backline.StartFailed;
import dev.backline.plan.UnknownJob;
import dev.backline.store.DatabaseUnavailable;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. Exit codes: 0 success, 1 failed, 2 wrong usage, 3 partial. */
@Command(
    name = "backline",
    description =
        "Keeps a PostgreSQL catalogue of concerts in step with the APIs that announce them.",
    mixinStandardHelpOptions = true,
    versionProvider = Cli.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 success, 1 failed, 2 wrong usage, 3 partial (some records or a source failed).",
      "Settings: config/application.properties; an environment variable of the same name wins."
    })
public final class Cli implements Runnable {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int PARTIAL = 3;

  private static final List<Class<?>> COMMANDS =
      List.of(
          DemoCommand.class,
          RunCommand.class,
          SyncCommand.class,
          SeedCommand.class,
          ResetCommand.class,
          PurgeCommand.class,
          JobsCommand.class,
          WorkersCommand.class,
          RoutesCommand.class,
          StatusCommand.class,
          ChangesCommand.class,
          RecordsCommand.class,
          DeadLettersCommand.class,
          ExplainCommand.class,
          ReviewCommand.class,
          MergeCommand.class,
          UnmergeCommand.class,
          OverrideCommand.class,
          RemapCommand.class,
          MapCommand.class,
          MigrateCommand.class,
          CheckCommand.class,
          DeployCommand.class,
          BenchCommand.class,
          ScoreCommand.class,
          SandboxCommand.class,
          SelftestCommand.class);

  @Option(
      names = "--debug",
      scope = CommandLine.ScopeType.INHERIT,
      description = "Print the stack trace of an error.")
  private boolean debug;

  @Spec private CommandSpec spec;

  /** The version in the jar's manifest. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Cli.class.getPackage().getImplementationVersion();
      return new String[] {"backline " + (version == null ? "(not packaged)" : version)};
    }
  }

  /** Runs a command to its end and answers its exit code. */
  public static int run(String... args) {
    CommandLine commands = commands(args);
    commands.setParameterExceptionHandler(Cli::wrongUsage);
    commands.setExecutionExceptionHandler((e, command, parsed) -> failed(e, command, args));
    return commands.execute(args);
  }

  /** The command that is called, or all where none is: reading what they all take has its time. */
  public static CommandLine commands(String... args) {
    CommandLine commands = new CommandLine(new Cli());
    String first = args.length == 0 ? "" : args[0];
    List<Class<?>> called =
        COMMANDS.stream()
            .filter(command -> command.getAnnotation(Command.class).name().equals(first))
            .toList();
    (called.isEmpty() ? COMMANDS : called).forEach(commands::addSubcommand);
    return commands;
  }

  @Override
  public void run() {
    spec.commandLine().usage(System.out);
  }

  private static int wrongUsage(ParameterException e, String[] args) {
    PrintWriter err = e.getCommandLine().getErr();
    String name = e.getCommandLine().getCommandSpec().qualifiedName();
    err.println("backline: " + e.getMessage() + "; see " + name + " --help");
    return USAGE;
  }

  private static int failed(Exception e, CommandLine command, String[] args) {
    if (Arrays.asList(args).contains("--debug")) {
      e.printStackTrace(command.getErr());
    }
    command.getErr().println("backline: " + message(e));
    return e instanceof UnknownJob || e instanceof WrongUsage ? USAGE : FAILED;
  }

  private static String message(Throwable e) {
    boolean ours =
        e instanceof Settings.Invalid
            || e instanceof DatabaseUnavailable
            || e instanceof StartFailed
            || e instanceof UnknownJob
            || e instanceof NotRunning
            || e instanceof WrongUsage;
    if (ours) {
      return e.getMessage();
    }
    Optional<DatabaseUnavailable> database = DatabaseUnavailable.behind(e);
    if (database.isPresent()) {
      return database.get().getMessage();
    }
    Throwable root = e;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
      if (root instanceof UnknownJob) {
        return root.getMessage();
      }
    }
    String text = root.getMessage() == null ? root.toString() : root.getMessage();
    return text.lines().findFirst().orElse(root.toString()) + " (--debug shows where)";
  }
}
