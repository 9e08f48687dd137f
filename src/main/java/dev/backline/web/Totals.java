package dev.backline.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How many items a list has, remembered for a moment: counting costs what the list is long, and
 * every page of it asks again.
 */
public final class Totals {
  private static final int LISTS = 1000;
  private static final Set<String> OF_THE_PAGE = Set.of("page", "pageSize", "offset", "total");

  private final Cache<Map<String, Object>, Long> totals;

  /**
   * @param seconds for which a total is remembered; 0 for not at all
   */
  public Totals(int seconds) {
    this.totals =
        Caffeine.newBuilder()
            .maximumSize(LISTS)
            .expireAfterWrite(Duration.ofSeconds(seconds))
            .build();
  }

  /** The total of the list that a query asks for a page of; null where it has to be counted. */
  Long find(Map<String, Object> query) {
    return totals.getIfPresent(list(query));
  }

  void remember(Map<String, Object> query, long total) {
    totals.put(list(query), total);
  }

  private static Map<String, Object> list(Map<String, Object> query) {
    Map<String, Object> list = new HashMap<>(query);
    list.keySet().removeAll(OF_THE_PAGE);
    return list;
  }
}
