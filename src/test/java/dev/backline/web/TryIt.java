package dev.backline.web;
import dev.backline.sandbox.Sandbox;
import dev.backline.testkit.*;
import java.util.Map;
import org.junit.jupiter.api.Test;
class TryIt {
  @Test void go() throws Exception {
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(7, 60));
        TestNode node = TestNode.serve(Postgres.create(), sandbox.ticketmaster(), Map.of("backline.http-port","18080","backline.management-port","18081","admin.api-key","0123456789012345678901234567890123456789","cron.secret","cron456789012345678901234567890123456789"))) {
      System.err.println(node.sync("upcoming-shows"));
      System.err.println("READY");
      while (!new java.io.File("/tmp/stop-tryit").exists()) Thread.sleep(200);
    }
  }
}
