package dev.backline.sandbox;

/** Which part of a list is asked for: {@code limit} items, the first at {@code offset} from 0. */
record Paging(int offset, int limit) {
  private static final int OFFSET_MAX = 1_000_000;

  /** Reads both; a limit outside of 1 to {@code largest} is refused. */
  static Paging of(Params params, int otherwise, int largest) throws BadRequest {
    int limit = number(params, "limit", otherwise, largest);
    if (limit == 0) {
      throw new BadRequest("400", "Invalid limit");
    }
    return new Paging(number(params, "offset", 0, OFFSET_MAX), limit);
  }

  private static int number(Params params, String name, int otherwise, int largest)
      throws BadRequest {
    String value = params.get(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.matches("\\d{1,7}") || Integer.parseInt(value) > largest) {
      throw new BadRequest("400", "Invalid " + name);
    }
    return Integer.parseInt(value);
  }
}
