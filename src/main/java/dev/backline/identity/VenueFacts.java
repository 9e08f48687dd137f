package dev.backline.identity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What evidence reads of a venue's record. What is not known is null.
 *
 * @param city key of the city
 * @param state code of the state or province, where it is a known one
 * @param country ISO 3166 code
 * @param street words of street and number
 * @param postalCode letters and digits, as far as a first block of them goes
 * @param latitude degrees north
 * @param longitude degrees east
 * @param cityCoordinates are those the centre of the city?
 * @param nameless is it called by its street or its city for want of a name?
 */
public record VenueFacts(
    String source,
    String id,
    VenueName name,
    String city,
    String state,
    String country,
    List<String> street,
    String postalCode,
    Double latitude,
    Double longitude,
    boolean cityCoordinates,
    Integer capacity,
    boolean nameless) {

  /** From the canonical JSON of a venue. */
  public static VenueFacts of(String source, String id, JsonNode venue, Words words) {
    String cityName = Fields.text(venue, "city");
    String stateName = Fields.text(venue, "state");
    String country =
        words.country(Fields.text(venue, "country_code"), Fields.text(venue, "country"));
    String state = words.state(country, Fields.text(venue, "state_code"), stateName);
    String city = cityName == null ? null : words.city(cityName);
    String address = Fields.text(venue, "address");
    return new VenueFacts(
        source,
        id,
        VenueName.of(
            Fields.text(venue, "name"),
            places(city, cityName, state, stateName, country, words),
            words),
        city,
        state,
        country,
        address == null ? List.of() : words.street(address),
        postalCode(Fields.text(venue, "postal_code")),
        Fields.number(venue, "latitude"),
        Fields.number(venue, "longitude"),
        venue.path("city_coordinates").asBoolean(false),
        venue.hasNonNull("capacity") ? venue.get("capacity").intValue() : null,
        isNameless(Fields.text(venue, "name"), address, cityName));
  }

  /** A venue without a name is called by its street, else by its city. */
  private static boolean isNameless(String name, String address, String city) {
    return name.equals(address) || name.equals("Venue in " + city);
  }

  /** What the name may repeat of its place. */
  private static Set<String> places(
      String city, String cityName, String state, String stateName, String country, Words words) {
    Set<String> places = new TreeSet<>();
    if (city != null) {
      places.addAll(words.citySpellings(city));
      places.add(TextKeys.latin(cityName, TextKeys.name(cityName)));
    }
    if (stateName != null) {
      places.add(TextKeys.latin(stateName, TextKeys.name(stateName)));
    }
    for (String code : new String[] {state, country}) {
      if (code != null) {
        places.add(code.toLowerCase(Locale.ROOT));
      }
    }
    if (city != null && state != null) {
      places.add(city + ' ' + state.toLowerCase(Locale.ROOT));
    }
    return places;
  }

  /** "90069-1234" and "90069" are one; "SW9 9SL" and "sw99sl" too. */
  private static String postalCode(String text) {
    if (text == null) {
      return null;
    }
    String code = text.toUpperCase(Locale.ROOT).replaceFirst("(?<=^\\d{5})-\\d{4}$", "");
    code = code.replaceAll("[^A-Z0-9]", "");
    return code.isEmpty() || code.matches("0+") ? null : code;
  }

  boolean isPlaced() {
    return latitude != null && longitude != null;
  }
}
