package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.store.Run;
import dev.backline.testkit.FakeApi;
import dev.backline.testkit.FakeApi.Answer;
import dev.backline.testkit.FakeApi.Call;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A show that Ticketmaster and Bandsintown list: it is gone when the last of them lets it go. */
class TwoListingsTest {
  private static final LocalDate DAY = LocalDate.now(ZoneOffset.UTC).plusDays(40);
  private static final String TICKETMASTER = "ticketmaster";
  private static final String BANDSINTOWN = "bandsintown";

  /** Who lists the show today. */
  private final Set<String> listing = ConcurrentHashMap.newKeySet();

  private FakeApi ticketmaster;
  private FakeApi bandsintown;
  private TestNode node;

  @BeforeEach
  void start() {
    listing.addAll(Set.of(TICKETMASTER, BANDSINTOWN));
    ticketmaster = FakeApi.start(this::event);
    bandsintown = FakeApi.start(this::gig);
    node =
        TestNode.start(
            Postgres.create(),
            ticketmaster.at("/"),
            Map.of(
                "ticketmaster.countries",
                "FI",
                "bandsintown.base-url",
                bandsintown.at("/").toString(),
                "bandsintown.app-id",
                "canary-app",
                "bandsintown.rate-limit-per-second",
                "1000"));
  }

  @AfterEach
  void stop() {
    node.close();
    bandsintown.close();
    ticketmaster.close();
  }

  private Answer event(Call call) {
    if (!listing.contains(TICKETMASTER) || call.target().contains("includeTB")) {
      return Answer.of(
          "{\"page\":{\"size\":200,\"totalElements\":0,\"totalPages\":0,\"number\":0}}");
    }
    return Answer.of(
        """
        {"_embedded":{"events":[{"id":"tm1","name":"JoJo","dates":{"start":{"localDate":"%s","localTime":"20:00:00"},
          "status":{"code":"onsale"}},"classifications":[{"segment":{"id":"KZFzniwnSyZfZ7v7nJ","name":"Music"}}],
          "_embedded":{"venues":[{"id":"v1","name":"Kaleva Hall","city":{"name":"Oulu"},"country":{"countryCode":"FI"}}],
            "attractions":[{"id":"a1","name":"JoJo Quartermaine","classifications":[{"segment":{"id":"KZFzniwnSyZfZ7v7nJ"}}]}]}}]},
         "page":{"size":200,"totalElements":1,"totalPages":1,"number":0}}"""
            .formatted(DAY));
  }

  private Answer gig(Call call) {
    return Answer.of(
        listing.contains(BANDSINTOWN)
            ? """
              [{"id":"bt1","artist_id":"104","lineup":["JoJo Quartermaine"],"title":"","datetime":"%sT20:00:00",
                "artist":{"id":"104","name":"JoJo Quartermaine"},
                "venue":{"name":"Kaleva Hall","city":"Oulu","region":"","country":"Finland"}}]"""
                .formatted(DAY)
            : "[]");
  }

  /** A run that asks both sources again. */
  private void poll() {
    node.jdbc().update("delete from artist_syncs");
    Run run = node.sync("upcoming-shows");
    assertThat(run.status()).as(run.toString()).isEqualTo("completed");
  }

  private String status() {
    return node.jdbc().queryForObject("select status from shows", String.class);
  }

  @Test
  void showThatOneSourceDrops_isThereAsLongAsTheOtherListsIt() {
    poll(); // Ticketmaster tells of the artist,
    poll(); // so that Bandsintown is asked, by name,
    poll(); // and by its id there.
    assertThat(node.count("shows where ticketmaster_id = 'tm1' and bandsintown_id = 'bt1'"))
        .isEqualTo(1);

    listing.remove(TICKETMASTER);
    poll();
    poll();
    poll();
    assertThat(node.count("missed_records where source = 'ticketmaster' and misses > 2")).isOne();
    assertThat(status()).isEqualTo("on_sale");

    listing.remove(BANDSINTOWN);
    poll();
    assertThat(status()).as("missed once").isEqualTo("on_sale");
    poll();
    assertThat(status()).isEqualTo("gone");

    listing.add(BANDSINTOWN);
    poll();
    assertThat(status()).as("listed again").isEqualTo("on_sale");
  }
}
