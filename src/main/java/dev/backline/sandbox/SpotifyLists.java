package dev.backline.sandbox;

import java.util.List;
import java.util.function.Consumer;

/** Writes lists, whole or a page of them, with the faults that strike lists. Made for one call. */
final class SpotifyLists {
  private final CallFaults faults;
  private final JsonBytes out;
  private final String base;

  /** {@code base} is the address of the API as the caller knows it, ending in a slash. */
  SpotifyLists(Call call, String base) {
    this.faults = call.faults();
    this.out = call.out();
    this.base = base;
  }

  /**
   * Writes a part of a list with the links to its neighbours.
   *
   * @param path of the list below the base, without offset and limit
   * @param query what more it is asked with, "" or starting with "&amp;"
   */
  <T> void page(String path, String query, Paging asked, List<T> all, Consumer<T> item) {
    Paging paging = struck(asked);
    int total = all.size();
    if (faults.has(Fault.TOTALS)) {
      total += (int) (1 + faults.call() % 7 * 13);
    }
    int shown = faults.has(Fault.SAME_PAGE) ? 0 : paging.offset();
    int from = Math.min(shown, all.size());
    int to = Math.min(from + paging.limit(), all.size());
    out.raw("{\"href\":");
    link(path, query, paging.offset(), paging.limit());
    out.raw(",\"items\":");
    list(all.subList(from, to), item);
    out.raw(",\"limit\":").number(paging.limit()).raw(",\"next\":");
    int next = paging.offset() + paging.limit();
    link(path, query, next < total ? next : -1, paging.limit());
    out.raw(",\"offset\":").number(paging.offset()).raw(",\"previous\":");
    int previous = paging.offset() == 0 ? -1 : Math.max(0, paging.offset() - paging.limit());
    link(path, query, previous, paging.limit());
    out.raw(",\"total\":").number(total).raw("}");
  }

  private Paging struck(Paging asked) {
    return faults.has(Fault.CYCLE)
        ? new Paging(asked.offset() / asked.limit() % 2 * asked.limit(), asked.limit())
        : asked;
  }

  /** Writes an array; the fault "duplicate" writes its first item once more. */
  <T> void list(List<T> items, Consumer<T> item) {
    out.raw("[");
    for (int i = 0; i < items.size(); i++) {
      out.raw(i == 0 ? "" : ",");
      item.accept(items.get(i));
    }
    if (faults.has(Fault.DUPLICATE) && !items.isEmpty()) {
      out.raw(",");
      item.accept(items.get(0));
    }
    out.raw("]");
  }

  private void link(String path, String query, int offset, int limit) {
    String page = path + "?offset=" + offset + "&limit=" + limit + query;
    out.text(offset < 0 ? null : base + page);
  }
}
