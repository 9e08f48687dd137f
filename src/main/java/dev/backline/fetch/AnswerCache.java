package dev.backline.fetch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.backline.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/**
 * Which answer may be given again: one from memory is believed for {@code cache.trust-delay} after
 * the database last knew it, one that holds a secret or is too large is not kept. Bean {@code
 * answerCache} of {@code routes/flow/cache.camel.yaml}.
 *
 * <p>A hit sets the property {@code cacheAsOf}, when its answer was fetched. The properties {@code
 * cacheMemory} and {@code cacheDatabase} say what each level had: hit, miss, or an expired answer
 * of which the source has to say whether it still holds ({@code cacheEtag}).
 */
public final class AnswerCache {
  private static final String HIT = "hit";
  private static final String MISS = "miss";
  private static final int NOT_MODIFIED = 304;

  /** An answer that the database holds as well. */
  private static final class Kept {
    private final byte[] body;
    private final Object fetchedAt;
    private final String etag;

    /** When the database last knew it, on the clock of the memory. */
    private volatile long known;

    Kept(byte[] body, Object fetchedAt, String etag, long known) {
      this.body = body;
      this.fetchedAt = fetchedAt;
      this.etag = etag;
      this.known = known;
    }
  }

  private final Settings settings;
  private final Ticker ticker;
  private final long trust;
  private final Cache<String, Kept> memory;

  public AnswerCache(Settings settings) {
    this(settings, Ticker.systemTicker());
  }

  AnswerCache(Settings settings, Ticker ticker) {
    this.settings = settings;
    this.ticker = ticker;
    this.trust = Duration.ofMillis(settings.number("cache.trust-delay")).toNanos();
    // Caffeine bounds either number or weight: here none weighs less than its share of all.
    int most = settings.number("cache.memory-answers");
    int share = Math.max(1, bytes("cache.memory-mb", 20) / most);
    this.memory =
        Caffeine.newBuilder()
            .ticker(ticker)
            .expireAfterWrite(Duration.ofSeconds(settings.number("cache.memory-seconds")))
            .maximumWeight((long) share * most)
            .weigher((String key, Kept kept) -> Math.max(share, kept.body.length + key.length()))
            .build();
  }

  private int bytes(String key, int shift) {
    return (int) Math.min((long) settings.number(key) << shift, Integer.MAX_VALUE);
  }

  /** Looks in memory; what is there and may not be believed any longer is {@code cacheKnown}. */
  public void remembered(Exchange exchange) {
    exchange.setProperty(
        "cacheRequest",
        exchange.getProperty("path", String.class)
            + "?"
            + exchange.getProperty("query", String.class));
    Kept kept = memory.getIfPresent(key(exchange));
    if (kept != null && ticker.read() - kept.known < trust) {
      exchange.setProperty("cacheMemory", HIT);
      give(kept, exchange);
    } else {
      exchange.setProperty("cacheKnown", kept == null ? null : kept.fetchedAt);
    }
  }

  /**
   * Takes what the database has.
   *
   * @param stored its row, without the body where that is the one in memory; null for none
   */
  public void stored(@Header("stored") Map<String, Object> stored, Exchange exchange) {
    Kept remembered = memory.getIfPresent(key(exchange));
    Kept kept = stored == null ? null : kept(stored, remembered);
    if (kept == null) {
      memory.invalidate(key(exchange));
      count(MISS, MISS, exchange);
    } else if (!Boolean.TRUE.equals(stored.get("fresh"))) {
      memory.invalidate(key(exchange));
      count(MISS, "expired", exchange);
      exchange.setProperty("cacheEtag", kept.etag);
      exchange.setProperty("cacheFormer", kept.body);
    } else if (kept == remembered) {
      kept.known = ticker.read();
      count(HIT, null, exchange);
      give(kept, exchange);
    } else {
      memory.put(key(exchange), kept);
      count(MISS, HIT, exchange);
      give(kept, exchange);
    }
  }

  private static void count(String memory, String database, Exchange exchange) {
    exchange.setProperty("cacheMemory", memory);
    exchange.setProperty("cacheDatabase", database);
  }

  /** What the row holds; null where it leaves out a body that is not in memory any longer. */
  private Kept kept(Map<String, Object> stored, Kept remembered) {
    byte[] body = (byte[]) stored.get("body");
    return body == null
        ? remembered
        : new Kept(body, stored.get("fetched_at"), (String) stored.get("etag"), ticker.read());
  }

  private static void give(Kept kept, Exchange exchange) {
    exchange.getMessage().setBody(kept.body);
    exchange.setProperty("cacheAsOf", kept.fetchedAt);
  }

  private static String key(Exchange exchange) {
    return exchange.getProperty("source") + " " + exchange.getProperty("cacheRequest");
  }

  /** Whether the source answers that what we keep still holds. */
  static boolean unchanged(Exchange exchange) {
    return exchange.getProperty("cacheFormer") != null
        && Objects.equals(
            exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class),
            NOT_MODIFIED);
  }

  /** Puts the former answer in the place of one that says that it still holds. */
  public void answered(Exchange exchange) {
    boolean unchanged = unchanged(exchange);
    String etag = exchange.getMessage().getHeader("ETag", String.class);
    if (unchanged) {
      exchange.getMessage().setBody(exchange.getProperty("cacheFormer"));
    }
    if (etag != null || !unchanged) {
      exchange.setProperty("cacheEtag", etag);
    }
  }

  /**
   * Sets {@code cacheKeep}, the body, where it may be kept: "there is none" is no answer to keep.
   */
  public void keep(byte[] body, Exchange exchange) {
    boolean none = exchange.getProperty("none", false, Boolean.class);
    if (!none && body.length > 0 && body.length <= bytes("cache.largest-kb", 10)) {
      String text = new String(body, StandardCharsets.ISO_8859_1);
      exchange.setProperty("cacheKeep", settings.redact(text).equals(text) ? body : null);
    }
  }

  /** Answers in memory. */
  long size() {
    memory.cleanUp();
    return memory.estimatedSize();
  }
}
