package dev.backline.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The query of a request. Of a name given twice the first counts; an empty value is no value. */
final class Params {
  private static final Set<String> NOT_FILTERS = Set.of("apikey", "page", "size", "locale");

  private final Map<String, String> values = new TreeMap<>();
  private final StringBuilder forLinks = new StringBuilder();

  Params(String rawQuery) {
    if (rawQuery == null) {
      return;
    }
    for (String pair : rawQuery.split("&")) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      if (!value.isEmpty()) {
        values.putIfAbsent(name, value);
      }
      if (!pair.isEmpty()
          && !name.equals("apikey")
          && !name.equals("page")
          && !name.equals("size")) {
        forLinks.append(pair).append('&');
      }
    }
  }

  /** The value, or null. */
  String get(String name) {
    return values.get(name);
  }

  /** The parts of a comma list, or null when the parameter is not there. */
  List<String> list(String name) {
    String value = values.get(name);
    if (value == null) {
      return null;
    }
    List<String> parts = new ArrayList<>();
    for (String part : value.split(",")) {
      if (!part.isBlank()) {
        parts.add(part.strip());
      }
    }
    return parts;
  }

  int number(String name, int otherwise, String errorCode) throws BadRequest {
    String value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new BadRequest(errorCode, "Query param with name '" + name + "' must be a number");
    }
    throw new BadRequest(errorCode, "Query param with name '" + name + "' must not be negative");
  }

  /** The raw query without key, page and size, ending in "&amp;" unless empty. */
  String forLinks() {
    return forLinks.toString();
  }

  /** Equal for two queries that find the same in the same order. */
  String searchKey() {
    Map<String, String> filters = new TreeMap<>(values);
    filters.keySet().removeAll(NOT_FILTERS);
    return filters.toString();
  }

  static String decoded(String part) {
    try {
      return URLDecoder.decode(part, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return part;
    }
  }
}
