package dev.backline.sandbox;

/**
 * The middle of the cell that a geohash names, in degrees.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Geohash">Geohash</a>
 */
record GeoPoint(double latitude, double longitude) {
  static final double KM_A_MILE = 1.609344;
  private static final double EARTH_KM = 6371;
  private static final String DIGITS = "0123456789bcdefghjkmnpqrstuvwxyz";
  private static final int BITS = 5;

  /** The point that a query names; null where it names none. */
  static GeoPoint of(String geohash) throws BadRequest {
    if (geohash == null) {
      return null;
    }
    double[] longitude = {-180, 180};
    double[] latitude = {-90, 90};
    for (int bit = 0; bit < geohash.length() * BITS; bit++) {
      int digit = DIGITS.indexOf(geohash.charAt(bit / BITS));
      if (digit < 0) {
        throw new BadRequest("DIS1029", "Query param 'geoPoint' must be a geohash");
      }
      boolean upper = (digit >> (BITS - 1 - bit % BITS) & 1) == 1;
      double[] range = bit % 2 == 0 ? longitude : latitude;
      range[upper ? 0 : 1] = (range[0] + range[1]) / 2;
    }
    return new GeoPoint((latitude[0] + latitude[1]) / 2, (longitude[0] + longitude[1]) / 2);
  }

  /** How far it is to another point. */
  double kilometres(double otherLatitude, double otherLongitude) {
    double north = Math.toRadians(otherLatitude - latitude) / 2;
    double east = Math.toRadians(otherLongitude - longitude) / 2;
    double across = Math.cos(Math.toRadians(latitude)) * Math.cos(Math.toRadians(otherLatitude));
    double half = Math.pow(Math.sin(north), 2) + across * Math.pow(Math.sin(east), 2);
    return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(half)));
  }
}
