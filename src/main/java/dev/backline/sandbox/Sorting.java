package dev.backline.sandbox;

import java.util.Comparator;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/** Sorts found indexes as the parameter {@code sort} asks for. */
final class Sorting {
  private Sorting() {}

  /** The value of {@code sort}, checked: "id,asc", "relevance,desc" and so on. */
  static String checked(Params params) throws BadRequest {
    String sort = params.get("sort");
    if (sort == null) {
      return "relevance,desc";
    }
    if (!sort.matches("(id|name|date|relevance),(asc|desc)")) {
      throw new BadRequest("DIS1012", "Query param 'sort' has an unknown value: " + sort);
    }
    return sort;
  }

  static int[] byKey(IntStream found, String sort, IntToLongFunction key) {
    int[] order =
        found
            .mapToLong(index -> key.applyAsLong(index) << 32 | index)
            .sorted()
            .mapToInt(packed -> (int) packed)
            .toArray();
    return directed(order, sort);
  }

  static int[] byText(IntStream found, String sort, IntFunction<String> text) {
    record Named(String text, int index) {}
    int[] order =
        found
            .mapToObj(index -> new Named(text.apply(index), index))
            .sorted(Comparator.comparing(Named::text).thenComparing(Named::index))
            .mapToInt(Named::index)
            .toArray();
    return directed(order, sort);
  }

  /** Relevance is an order of its own, the same in both directions. */
  private static int[] directed(int[] order, String sort) {
    if (sort.endsWith(",desc") && !sort.startsWith("relevance")) {
      for (int i = 0, j = order.length - 1; i < j; i++, j--) {
        int swapped = order[i];
        order[i] = order[j];
        order[j] = swapped;
      }
    }
    return order;
  }
}
