package dev.backline.identity;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Names of cells of the globe: places near each other mostly share one.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Geohash">Geohash</a>
 */
final class Geohash {
  private static final String DIGITS = "0123456789bcdefghjkmnpqrstuvwxyz";
  private static final int BITS = 5;

  private Geohash() {}

  /** The cell of a place: its bits halve longitude and latitude in turn, five to a character. */
  static String of(double latitude, double longitude, int precision) {
    double[] lon = {-180, 180};
    double[] lat = {-90, 90};
    StringBuilder hash = new StringBuilder(precision);
    int digit = 0;
    for (int bit = 0; bit < precision * BITS; bit++) {
      boolean east = bit % 2 == 0;
      double[] range = east ? lon : lat;
      double middle = (range[0] + range[1]) / 2;
      boolean upper = (east ? longitude : latitude) >= middle;
      range[upper ? 0 : 1] = middle;
      digit = digit << 1 | (upper ? 1 : 0);
      if (bit % BITS == BITS - 1) {
        hash.append(DIGITS.charAt(digit));
        digit = 0;
      }
    }
    return hash.toString();
  }

  /** The cell of a place and those around it; fewer at the poles. */
  static Set<String> around(double latitude, double longitude, int precision) {
    double height = 180.0 / (1 << precision * BITS / 2);
    double width = 360.0 / (1 << (precision * BITS + 1) / 2);
    Set<String> cells = new LinkedHashSet<>();
    cells.add(of(latitude, longitude, precision));
    for (int north = -1; north <= 1; north++) {
      for (int east = -1; east <= 1; east++) {
        double lat = Math.max(-90, Math.min(90, latitude + north * height));
        double lon = longitude + east * width;
        cells.add(of(lat, lon < -180 ? lon + 360 : lon >= 180 ? lon - 360 : lon, precision));
      }
    }
    return cells;
  }
}
