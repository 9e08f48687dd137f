package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.testkit.Landed;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.net.URI;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Names that no honest source has cost nothing: the records that bear them are applied. */
class HostileNamesTest {
  private static final String MBID = "a74b1b7f-71a5-4011-9441-d0b5e4122711";

  private TestNode node;

  @BeforeEach
  void start() {
    node = TestNode.start(Postgres.create(), URI.create("http://127.0.0.1:9/"), Map.of());
  }

  @AfterEach
  void stop() {
    node.close();
  }

  /** Characters that no compression makes short, of three bytes each. */
  private static String random(int length) {
    StringBuilder text = new StringBuilder(length);
    new Random(length).ints(length, 0x4E00, 0x9FA0).forEach(text::appendCodePoint);
    return text.toString();
  }

  @Test
  void longestNamesThatTheContractAllows_areStoredWhole() {
    String artist = random(10_000);
    String venue = random(9_999);
    Landed.artist(node, artist, null, null);
    Landed.record(
        node,
        "ticketmaster",
        "venue",
        "v1",
        "{\"id\":\"v1\",\"name\":\"%s\",\"city\":{\"name\":\"%s\"}}"
            .formatted(venue, random(1_000)));
    Landed.record(
        node,
        "setlistfm",
        "artist",
        MBID,
        "{\"mbid\":\"%s\",\"name\":\"%s\"}".formatted(MBID, artist));
    Landed.record(
        node,
        "setlistfm",
        "setlist",
        "s1",
        """
        {"id":"s1","eventDate":"01-02-2025","artist":{"mbid":"%s","name":"%s"},"tour":{"name":"%s"},
         "sets":{"set":[{"song":[{"name":"%s"}]}]},"url":"https://www.setlist.fm/x.html"}"""
            .formatted(MBID, artist, random(1_000), random(2_000)));

    assertThat(node.count("artists where length(name) = 10000")).isPositive();
    assertThat(node.count("venues where length(name) = 9999 and length(city) = 1000")).isOne();
    assertThat(node.count("tours where length(name) = 1000")).isOne();
    assertThat(node.count("songs where length(title) = 2000")).isOne();
    assertThat(node.count("dead_letters")).isZero();
  }

  @Test
  void signThatUnfoldsIntoMany_makesNoKeyTooLong() {
    Landed.artist(node, "\uFDFA".repeat(5_000), null, null); // Each is eighteen letters in NFKC.

    assertThat(node.count("artists")).isOne();
  }

  @Test
  void scriptsAndStatements_areNames() {
    String name = "<script>alert(1)</script>'; drop table artists; --";
    Landed.artist(node, name, null, null);

    assertThat(node.jdbc().queryForObject("select name from artists", String.class))
        .isEqualTo(name);
  }
}
