package dev.backline.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.Settings;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** What is kept in memory, for how long and how much of it (S135). */
class AnswerCacheTest {
  private final AtomicLong now = new AtomicLong();
  private final AnswerCache cache =
      new AnswerCache(Settings.load(Path.of("config/application.properties"), Map.of()), now::get);

  private static Exchange asking(String path) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.setProperty("source", "s");
    exchange.setProperty("path", path);
    exchange.setProperty("query", "");
    return exchange;
  }

  private static Map<String, Object> row(long fetched, boolean fresh, byte[] body) {
    Map<String, Object> row = new HashMap<>();
    row.put("fetched_at", new Timestamp(fetched));
    row.put("fresh", fresh);
    row.put("etag", "e");
    row.put("body", body);
    return row;
  }

  private void fill(String path, int bytes) {
    Exchange exchange = asking(path);
    cache.remembered(exchange);
    cache.stored(row(1, true, new byte[bytes]), exchange);
  }

  private Exchange ask(String path) {
    Exchange exchange = asking(path);
    cache.remembered(exchange);
    return exchange;
  }

  @Test
  void memory_holdsAThousandAnswersAtMost() {
    for (int i = 0; i < 1_500; i++) {
      fill("p" + i, 10);
    }
    assertThat(cache.size()).isBetween(900L, 1_000L);
  }

  @Test
  void memory_holdsSixteenMegabytesAtMost() {
    for (int i = 0; i < 400; i++) {
      fill("p" + i, 64 * 1024);
    }
    assertThat(cache.size()).isBetween(200L, 256L);
  }

  @Test
  void answerInMemory_isBelievedForASecondThenTheDatabaseIsAskedAndGivesItNotAgain() {
    fill("p", 10);
    now.addAndGet(Duration.ofMillis(999).toNanos());
    assertThat(ask("p").getProperty("cacheMemory")).isEqualTo("hit");

    now.addAndGet(Duration.ofMillis(2).toNanos());
    Exchange doubted = ask("p");
    assertThat(doubted.getProperty("cacheAsOf")).isNull();
    assertThat(doubted.getProperty("cacheKnown")).isEqualTo(new Timestamp(1));
    cache.stored(row(1, true, null), doubted);
    assertThat(doubted.getProperty("cacheMemory")).isEqualTo("hit");
    assertThat(doubted.getProperty("cacheDatabase")).isNull();
    assertThat(doubted.getMessage().getBody(byte[].class)).hasSize(10);

    assertThat(ask("p").getProperty("cacheAsOf")).as("believed again").isNotNull();
  }

  @Test
  void answerThatTheDatabaseHasNot_isForgotten() {
    fill("p", 10);
    now.addAndGet(Duration.ofSeconds(2).toNanos());
    Exchange dropped = ask("p");
    cache.stored(null, dropped);

    assertThat(dropped.getProperty("cacheMemory")).isEqualTo("miss");
    assertThat(dropped.getProperty("cacheDatabase")).isEqualTo("miss");
    assertThat(dropped.getProperty("cacheAsOf")).isNull();
    assertThat(cache.size()).isZero();
  }

  @Test
  void memory_endsAfterFiveMinutesHoweverOftenItIsConfirmed() {
    fill("p", 10);
    for (int second = 0; second < 298; second += 2) {
      now.addAndGet(Duration.ofSeconds(2).toNanos());
      Exchange doubted = ask("p");
      assertThat(doubted.getProperty("cacheKnown")).as("after %s s", second).isNotNull();
      cache.stored(row(1, true, null), doubted);
    }
    now.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(ask("p").getProperty("cacheKnown")).isNull();
  }

  @Test
  void rowThatLeavesOutABodyWhichMemoryHasLost_isAMiss() {
    Exchange exchange = asking("p");
    cache.remembered(exchange);
    cache.stored(row(1, true, null), exchange);

    assertThat(exchange.getProperty("cacheAsOf")).isNull();
    assertThat(exchange.getProperty("cacheDatabase")).isEqualTo("miss");
  }

  @Test
  void expiredAnswer_isAskedAboutWithItsEtag() {
    Exchange exchange = asking("p");
    cache.remembered(exchange);
    cache.stored(row(1, false, new byte[10]), exchange);

    assertThat(exchange.getProperty("cacheAsOf")).isNull();
    assertThat(exchange.getProperty("cacheDatabase")).isEqualTo("expired");
    assertThat(exchange.getProperty("cacheEtag")).isEqualTo("e");

    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 304);
    cache.answered(exchange);
    assertThat(exchange.getMessage().getBody(byte[].class)).hasSize(10);
    assertThat(exchange.getProperty("cacheEtag")).as("a 304 may tell none").isEqualTo("e");
  }
}
