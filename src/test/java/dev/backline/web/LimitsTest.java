package dev.backline.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.sandbox.Sandbox;
import dev.backline.testkit.Http;
import dev.backline.testkit.Http.Answer;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What one client, all visitors together, and one import may take. */
class LimitsTest {
  private static final String ADMIN = "admin-key-of-this-test-0123456789abcdef";

  private static Sandbox sandbox;
  private static TestNode node;
  private static Http http;
  private static String origin;

  @BeforeAll
  static void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(7, 40));
    Map<String, String> settings = new HashMap<>(sandbox.settings());
    settings.put("visitor.secret", "the secret of the visitors of this test");
    settings.put("admin.api-key", ADMIN);
    settings.put("web.address-header", "X-Forwarded-For");
    settings.put("web.reads-per-minute", "5");
    settings.put("web.cdn-cache-seconds", "86400");
    settings.put("spotify.asks-per-hour", "2");
    settings.put("jobs.artist-import.shows-per-page", "2");
    settings.put("jobs.artist-import.pause-ms", "3600000");
    settings.put("auto.start-workers", "true");
    settings.put("workers.idle-delay", "100");
    node = TestNode.serve(Postgres.create(), sandbox.ticketmaster(), settings);
    URI site = node.node().ports().http();
    http = new Http(site);
    origin = site.toString().replaceAll("/$", "");
  }

  @AfterAll
  static void stop() {
    node.close();
    sandbox.close();
  }

  private static Answer read(String address, String path) {
    return http.get(path, "X-Forwarded-For", address);
  }

  @Test
  void whoReadsTooMuch_isToldToWait() {
    for (int n = 0; n < 5; n++) {
      assertThat(read("192.0.2.1", n % 2 == 0 ? "/api/shows" : "/").status()).isEqualTo(200);
    }
    Answer refused = read("192.0.2.1", "/api/artists");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isEqualTo("60");
    assertThat(read("192.0.2.2", "/api/artists").status()).as("somebody else").isEqualTo(200);
    Answer operator =
        http.get("/api/jobs", "X-Forwarded-For", "192.0.2.1", "Authorization", "Bearer " + ADMIN);
    assertThat(operator.status()).as("with a key nobody counts").isEqualTo(200);
  }

  @Test
  void aDeliveryNetwork_mayKeepWhatIsForEverybodyForADay() {
    Answer shared = read("192.0.2.9", "/api/artists");
    assertThat(shared.header("CDN-Cache-Control")).isEqualTo("public, max-age=86400");
    assertThat(shared.header("Cache-Control")).startsWith("public, max-age=30,");
    assertThat(read("192.0.2.9", "/").header("CDN-Cache-Control")).contains("86400");
    Answer own = http.get("/api/jobs", "Authorization", "Bearer " + ADMIN);
    assertThat(own.header("CDN-Cache-Control")).isNull();
  }

  @Test
  void visitorsTogether_haveASourceAskedSoOften() {
    for (String word : List.of("one", "two")) {
      assertThat(ask("192.0.2.3", "/api/spotify/artists?q=" + word).status()).isEqualTo(200);
    }
    Answer refused = ask("192.0.2.4", "/api/spotify/artists?q=three");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.json().get("detail").asText()).startsWith("spotify was asked often enough");
    assertThat(ask("192.0.2.4", "/api/ticketmaster/events?q=the").status())
        .as("another source")
        .isEqualTo(200);
  }

  private static Answer ask(String address, String path) {
    return http.send("GET", path, null, "Origin", origin, "X-Forwarded-For", address);
  }

  @Test
  void anImport_takesItsShowsFewAtATime() {
    node.sync("upcoming-shows");
    Map<String, Object> artist =
        node.jdbc()
            .queryForMap(
                "select cast(a.id as text) as id, count(*) as shows from artists a join shows s on s.headliner_id = a.id"
                    + " where s.local_date > current_date + 1 and s.ticketmaster_id is not null"
                    + " group by a.id order by count(*) desc, a.id limit 1");
    assertThat((Long) artist.get("shows")).isGreaterThan(4);

    http.send(
        "POST",
        "/api/sync",
        "{\"entityType\":\"artist\",\"id\":\"" + artist.get("id") + "\"}",
        "Authorization",
        "Bearer " + ADMIN);

    String shows =
        "select count(*) from sync_requests where request ->> 'step' = 'importing_shows' and pages = 1 and state = 'planned'"
            + " and request -> 'query' ->> 'size' = '2' and not_before > now() + interval '59 minutes'";
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> node.jdbc().queryForObject(shows, Integer.class) == 1);
  }
}
