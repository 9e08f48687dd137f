package dev.backline.plan;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a job that chooses venues takes: a city, a state and a country by code, near (a point or the
 * id of a venue) with a radius of 0 to 800 km, capacities, a limit of 1 to 100, and the id of a run
 * whose venues are meant.
 */
final class PlaceParameters {
  private static final int WIDEST_KM = 800;
  private static final int MOST = 100;
  private static final Pattern POINT =
      Pattern.compile("(-?\\d{1,2}(?:\\.\\d{1,10})?),(-?\\d{1,3}(?:\\.\\d{1,10})?)");
  private static final Pattern ID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private PlaceParameters() {}

  /**
   * @throws UnknownJob for the first value that cannot be used, with what it should be
   */
  static void check(Map<String, String> given) {
    given.forEach((name, value) -> refuse(value.isBlank(), name + "= has no value; leave it out"));
    String country = given.get("country");
    refuse(
        country != null && !country.matches("[A-Za-z]{2}"),
        "country=" + country + " is not a country code of two letters, such as GB");
    String near = given.get("near");
    refuse(
        near != null && !point(near) && !ID.matcher(near).matches(),
        "near=" + near + " is neither LAT,LON in degrees, such as 51.5,-0.12, nor a venue's id");
    refuse(
        near == null && given.containsKey("radius"), "a radius needs the point it is around: near");
    within(given, "radius", 0, WIDEST_KM);
    within(given, "limit", 1, MOST);
    Integer least = within(given, "min_capacity", 1, Integer.MAX_VALUE);
    Integer most = within(given, "max_capacity", 1, Integer.MAX_VALUE);
    refuse(
        least != null && most != null && least > most,
        "min_capacity=" + least + " is more than max_capacity=" + most);
    String run = given.get("run");
    refuse(run != null && !ID.matcher(run).matches(), "run=" + run + " is not the id of a run");
  }

  private static boolean point(String near) {
    Matcher point = POINT.matcher(near);
    return point.matches()
        && Math.abs(Double.parseDouble(point.group(1))) <= 90
        && Math.abs(Double.parseDouble(point.group(2))) <= 180;
  }

  private static Integer within(Map<String, String> given, String name, int least, int most) {
    String value = given.get(name);
    if (value == null) {
      return null;
    }
    boolean number = value.matches("[0-9]{1,9}");
    String range = most == Integer.MAX_VALUE ? "from " + least : "from " + least + " to " + most;
    refuse(
        !number || Integer.parseInt(value) < least || Integer.parseInt(value) > most,
        name + "=" + value + " is not a whole number " + range);
    return Integer.valueOf(value);
  }

  private static void refuse(boolean wrong, String message) {
    if (wrong) {
      throw new UnknownJob(message);
    }
  }
}
