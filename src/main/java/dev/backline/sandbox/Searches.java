package dev.backline.sandbox;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The found indexes of the latest searches of one day; the longest unused ones are forgotten. */
final class Searches {
  private static final int KEPT_INDEXES = 4_000_000;
  private static final int KEPT_SEARCHES = 512;

  private final Map<String, int[]> kept = new LinkedHashMap<>(64, 0.75f, true);
  private int indexes;

  interface Search {
    int[] find() throws BadRequest;
  }

  int[] find(String key, Search search) throws BadRequest {
    synchronized (kept) {
      int[] found = kept.get(key);
      if (found != null) {
        return found;
      }
    }
    int[] found = search.find();
    synchronized (kept) {
      if (kept.put(key, found) == null) {
        indexes += found.length;
      }
      Iterator<int[]> oldest = kept.values().iterator();
      while (kept.size() > 1 && (indexes > KEPT_INDEXES || kept.size() > KEPT_SEARCHES)) {
        indexes -= oldest.next().length;
        oldest.remove();
      }
    }
    return found;
  }
}
