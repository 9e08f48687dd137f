package dev.backline.sandbox;

import java.time.ZoneId;
import java.util.List;

/**
 * A city with its zone and its centre in degrees; {@code state} and {@code stateCode} are null
 * where the API gives none.
 */
record Place(
    String city,
    String state,
    String stateCode,
    Country country,
    ZoneId zone,
    double latitude,
    double longitude) {

  /** Every city; big ones stand more than once, so that they get more venues. */
  static final List<Place> ALL =
      List.of(
          at("New York", "New York", "NY", Country.US, "America/New_York", 40.7128, -74.0060),
          at("London", null, null, Country.GB, "Europe/London", 51.5074, -0.1278),
          at("Los Angeles", "California", "CA", Country.US, "America/Los_Angeles", 34.05, -118.24),
          at("Sydney", "New South Wales", "NSW", Country.AU, "Australia/Sydney", -33.87, 151.21),
          at("Berlin", null, null, Country.DE, "Europe/Berlin", 52.52, 13.405),
          at("Tokyo", null, null, Country.JP, "Asia/Tokyo", 35.6762, 139.6503),
          at("Paris", null, null, Country.FR, "Europe/Paris", 48.8566, 2.3522),
          at("Toronto", "Ontario", "ON", Country.CA, "America/Toronto", 43.6532, -79.3832),
          at(
              "Lord Howe Island",
              "New South Wales",
              "NSW",
              Country.AU,
              "Australia/Lord_Howe",
              -31.5553,
              159.0821),
          at("Chicago", "Illinois", "IL", Country.US, "America/Chicago", 41.8781, -87.6298),
          at("Denver", "Colorado", "CO", Country.US, "America/Denver", 39.7392, -104.9903),
          at("Phoenix", "Arizona", "AZ", Country.US, "America/Phoenix", 33.4484, -112.0740),
          at("Nashville", "Tennessee", "TN", Country.US, "America/Chicago", 36.1627, -86.7816),
          at("Portland", "Oregon", "OR", Country.US, "America/Los_Angeles", 45.5152, -122.6784),
          at("Portland", "Maine", "ME", Country.US, "America/New_York", 43.6591, -70.2568),
          at(
              "Washington",
              "District of Columbia",
              "DC",
              Country.US,
              "America/New_York",
              38.9072,
              -77.0369),
          at("Austin", "Texas", "TX", Country.US, "America/Chicago", 30.2672, -97.7431),
          at("Seattle", "Washington", "WA", Country.US, "America/Los_Angeles", 47.6062, -122.3321),
          at("Honolulu", "Hawaii", "HI", Country.US, "Pacific/Honolulu", 21.3069, -157.8583),
          at("New York", "New York", "NY", Country.US, "America/New_York", 40.7306, -73.9352),
          at("London", "Ontario", "ON", Country.CA, "America/Toronto", 42.9849, -81.2453),
          at("Vancouver", "British Columbia", "BC", Country.CA, "America/Vancouver", 49.28, -123.1),
          at("Montréal", "Quebec", "QC", Country.CA, "America/Toronto", 45.5019, -73.5674),
          at(
              "St. John's",
              "Newfoundland and Labrador",
              "NL",
              Country.CA,
              "America/St_Johns",
              47.5615,
              -52.7126),
          at("Manchester", null, null, Country.GB, "Europe/London", 53.4808, -2.2426),
          at("Glasgow", null, null, Country.GB, "Europe/London", 55.8642, -4.2518),
          at("London", null, null, Country.GB, "Europe/London", 51.5390, -0.1426),
          at("Dublin", null, null, Country.IE, "Europe/Dublin", 53.3498, -6.2603),
          at("München", null, null, Country.DE, "Europe/Berlin", 48.1351, 11.5820),
          at("Köln", null, null, Country.DE, "Europe/Berlin", 50.9375, 6.9603),
          at("Lyon", null, null, Country.FR, "Europe/Paris", 45.7640, 4.8357),
          at("Saint-Étienne", null, null, Country.FR, "Europe/Paris", 45.4397, 4.3872),
          at("Praha", null, null, Country.CZ, "Europe/Prague", 50.0755, 14.4378),
          at("Ciudad de México", null, null, Country.MX, "America/Mexico_City", 19.43, -99.13),
          at("Melbourne", "Victoria", "VIC", Country.AU, "Australia/Melbourne", -37.81, 144.96),
          at("Brisbane", "Queensland", "QLD", Country.AU, "Australia/Brisbane", -27.47, 153.03),
          at("Adelaide", "South Australia", "SA", Country.AU, "Australia/Adelaide", -34.93, 138.6),
          at("Auckland", null, null, Country.NZ, "Pacific/Auckland", -36.8509, 174.7645),
          at("大阪市", null, null, Country.JP, "Asia/Tokyo", 34.6937, 135.5023));

  private static Place at(
      String city,
      String state,
      String code,
      Country country,
      String zone,
      double latitude,
      double longitude) {
    return new Place(city, state, code, country, ZoneId.of(zone), latitude, longitude);
  }
}
