package dev.backline.cli;

import dev.backline.Settings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts this release into a folder and restarts the nodes there, one by one, with a way back. */
@Command(
    name = "deploy",
    description = {
      "Puts this release under DIR/releases, keeps the secrets of the environment under "
          + "DIR/secrets, checks the release (which migrates the database), points DIR/current to "
          + "it and restarts the nodes of DIR/nodes one by one.",
      "One that does not become ready takes all of them back to the release before. The "
          + "same release once more changes nothing; nodes that do not run are started."
    },
    mixinStandardHelpOptions = true)
final class DeployCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "Folder of the installation.")
  private Path folder;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long a node may take to become ready.")
  private int wait;

  @Override
  public Integer call() throws Exception {
    Settings settings = Session.settings();
    if (settings.find("database.url").isEmpty()) {
      throw new WrongUsage(
          "DATABASE_URL is not set: an embedded PostgreSQL would stay behind with the release before");
    }
    if (wait < 1) {
      throw new WrongUsage("--wait must be 1 or more");
    }
    String caller = System.getProperty("backline.caller", "");
    Installation installation =
        new Installation(Path.of(caller).resolve(folder).toAbsolutePath().normalize(), wait);
    installation.prepare();
    try (FileChannel channel =
            FileChannel.open(
                installation.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        throw new WrongUsage("another deploy into " + folder + " is at work; wait for its end");
      }
      return deploy(installation, settings);
    }
  }

  private int deploy(Installation installation, Settings settings)
      throws IOException, InterruptedException {
    installation.keepSecrets(settings);
    Path release = installation.take(Path.of(""));
    Path before = installation.current();
    if (!installation.check(release)) {
      installation.restoreSecrets();
      System.err.println(
          "backline: "
              + release
              + " does not pass its check; nothing was switched or restarted: see the lines above");
      return Cli.FAILED;
    }
    boolean same = release.equals(before);
    if (!same) {
      installation.point(release);
    }
    System.out.println(release.getFileName() + (same ? " is current already" : " is current"));
    List<String> restarted = new ArrayList<>();
    for (String node : installation.nodes()) {
      if (same && installation.isReady(node)) {
        System.out.println(node + " runs");
        continue;
      }
      restarted.add(node);
      if (!installation.restart(node)) {
        return back(installation, node, before, restarted, same);
      }
      System.out.println(node + " is ready");
    }
    return Cli.OK;
  }

  private static int back(
      Installation installation, String failed, Path before, List<String> restarted, boolean same)
      throws IOException, InterruptedException {
    System.err.println(
        "backline: "
            + failed
            + " did not become ready, see "
            + installation.log(failed)
            + "; "
            + (before == null || same
                ? "there is no release to go back to"
                : "going back to " + before.getFileName()));
    if (before == null || same) {
      installation.stop(failed);
      return Cli.FAILED;
    }
    installation.point(before);
    installation.restoreSecrets();
    for (String node : restarted) {
      System.err.println(
          "backline: "
              + node
              + (installation.restart(node)
                  ? " is ready again"
                  : " is not ready yet; see its log, it may still be starting"));
    }
    return Cli.FAILED;
  }
}
