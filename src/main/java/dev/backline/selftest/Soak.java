package dev.backline.selftest;

import dev.backline.sandbox.Sandbox;
import dev.backline.store.EmbeddedServer;
import dev.backline.store.JdbcUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Several nodes on one database for some minutes, over APIs that fail now and then and a world that
 * changes; every minute one of them is killed with -9 and started again.
 */
public final class Soak {
  private static final String FAULTS = "status=503%4,status=500%2,reset=2000%2";
  private static final int DRAIN_SECONDS = 300;
  private static final int LAST_RUN_SECONDS = 180;

  private final Path folder;
  private final Sandbox sandbox;
  private final Random random;
  private final Consumer<String> say;
  private int started;

  public Soak(Path folder, Sandbox sandbox, Random random, Consumer<String> say) {
    this.folder = folder;
    this.sandbox = sandbox;
    this.random = random;
    this.say = say;
  }

  /** Goes on for so many minutes; answers the differences that it found, one line each. */
  public List<String> run(int nodes, int minutes) throws IOException, InterruptedException {
    Checker checker = new Checker(folder.resolve("data"), sandbox);
    try (EmbeddedServer server = EmbeddedServer.own(folder.resolve("data"))) {
      JdbcUrl url = server.url();
      JdbcTemplate jdbc =
          new JdbcTemplate(new DriverManagerDataSource(url.url(), url.user(), url.password()));
      Map<String, String> settings = settings(url);
      List<Child> children = new ArrayList<>();
      try {
        for (int i = 0; i < nodes; i++) {
          children.add(Child.node(folder, sandbox.ticketmaster(), ++started, settings));
          TimeUnit.SECONDS.sleep(15); // The first one migrates.
        }
        sandbox.faults(FAULTS);
        for (int minute = 1; minute <= minutes; minute++) {
          TimeUnit.MILLISECONDS.sleep(40_000 + random.nextInt(20_000));
          int victim = random.nextInt(nodes);
          children.get(victim).kill();
          children.set(victim, Child.node(folder, sandbox.ticketmaster(), ++started, settings));
          sandbox.advance(1);
          say.accept(
              "minute "
                  + minute
                  + " of "
                  + minutes
                  + ": node "
                  + (victim + 1)
                  + " killed; "
                  + jdbc.queryForObject(
                      "select count(*) || ' runs, ' || count(*) filter (where status = 'completed') || ' completed, '"
                          + " || count(*) filter (where status = 'partial') || ' partial, '"
                          + " || count(*) filter (where status = 'failed') || ' failed' from sync_jobs",
                      String.class));
        }
        sandbox.faults("");
        jdbc.update("insert into paused_jobs (job) values ('upcoming-shows')");
        drain(jdbc);
      } finally {
        children.forEach(Child::close);
      }
      finish(settings);
      finish(settings);
      checker.compare(url);
    }
    return checker.wrong();
  }

  private static Map<String, String> settings(JdbcUrl url) {
    Map<String, String> settings = new HashMap<>();
    settings.put("DATABASE_URL", url.address().replaceFirst("//", "//" + url.user() + "@"));
    settings.put("BACKLINE_HTTP_PORT", "0");
    settings.put("BACKLINE_MANAGEMENT_PORT", "0");
    settings.put("JOBS_UPCOMING_SHOWS_CRON", "0/20 * * * * ?");
    settings.put("JOBS_RETRY_SECONDS", "5");
    settings.put("FETCH_BREAKER_PAUSE", "2");
    settings.put("GUARD_WATCH_SECONDS", "0");
    return settings;
  }

  /** Waits until the nodes have ended what is open. */
  private void drain(JdbcTemplate jdbc) throws InterruptedException {
    for (int second = 0; second < DRAIN_SECONDS; second++) {
      Integer open =
          jdbc.queryForObject(
              "select count(*) from sync_jobs where status in ('pending', 'in_progress')",
              Integer.class);
      if (open != null && open == 0) {
        return;
      }
      TimeUnit.SECONDS.sleep(1);
    }
    throw new IllegalStateException("runs were still open after " + DRAIN_SECONDS + " s");
  }

  private void finish(Map<String, String> settings) throws IOException, InterruptedException {
    try (Child last = Child.start(folder, sandbox.ticketmaster(), ++started, settings)) {
      if (!last.await(LAST_RUN_SECONDS, TimeUnit.SECONDS)) {
        last.kill();
        throw new IllegalStateException("the last run did not end in " + LAST_RUN_SECONDS + " s");
      }
    }
  }
}
