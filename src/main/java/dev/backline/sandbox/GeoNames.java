package dev.backline.sandbox;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A city as setlist.fm has it: by its GeoNames id, in English, with a state everywhere.
 *
 * @param place the same city as Ticketmaster has it; its coordinates are those of the centre
 */
record GeoNames(Place place, int id, String name, String state, String stateCode) {
  private static final Map<String, GeoNames> CITIES =
      List.of(
              of("New York/NY", 5128581, "New York", "New York", "NY"),
              of("London/GB", 2643743, "London", "England", "ENG"),
              of("Los Angeles/CA", 5368361, "Los Angeles", "California", "CA"),
              of("Sydney/NSW", 2147714, "Sydney", "New South Wales", "02"),
              of("Berlin/DE", 2950159, "Berlin", "Berlin", "16"),
              of("Tokyo/JP", 1850147, "Tokyo", "Tokyo", "40"),
              of("Paris/FR", 2988507, "Paris", "Île-de-France", "A8"),
              of("Toronto/ON", 6167865, "Toronto", "Ontario", "08"),
              of("Lord Howe Island/NSW", 2159647, "Lord Howe Island", "New South Wales", "02"),
              of("Chicago/IL", 4887398, "Chicago", "Illinois", "IL"),
              of("Denver/CO", 5419384, "Denver", "Colorado", "CO"),
              of("Phoenix/AZ", 5308655, "Phoenix", "Arizona", "AZ"),
              of("Nashville/TN", 4644585, "Nashville", "Tennessee", "TN"),
              of("Portland/OR", 5746545, "Portland", "Oregon", "OR"),
              of("Portland/ME", 4975802, "Portland", "Maine", "ME"),
              of("Washington/DC", 4140963, "Washington", "Washington, D.C.", "DC"),
              of("Austin/TX", 4671654, "Austin", "Texas", "TX"),
              of("Seattle/WA", 5809844, "Seattle", "Washington", "WA"),
              of("Honolulu/HI", 5856195, "Honolulu", "Hawaii", "HI"),
              of("London/ON", 6058560, "London", "Ontario", "08"),
              of("Vancouver/BC", 6173331, "Vancouver", "British Columbia", "02"),
              of("Montréal/QC", 6077243, "Montreal", "Quebec", "10"),
              of("St. John's/NL", 6324733, "St. John's", "Newfoundland and Labrador", "05"),
              of("Manchester/GB", 2643123, "Manchester", "England", "ENG"),
              of("Glasgow/GB", 2648579, "Glasgow", "Scotland", "SCT"),
              of("Dublin/IE", 2964574, "Dublin", "Leinster", "L"),
              of("München/DE", 2867714, "Munich", "Bavaria", "02"),
              of("Köln/DE", 2886242, "Cologne", "North Rhine-Westphalia", "07"),
              of("Lyon/FR", 2996944, "Lyon", "Auvergne-Rhône-Alpes", "84"),
              of("Saint-Étienne/FR", 2980291, "St-Étienne", "Auvergne-Rhône-Alpes", "84"),
              of("Praha/CZ", 3067696, "Prague", "Prague", "52"),
              of("Ciudad de México/MX", 3530597, "Mexico City", "Mexico City", "09"),
              of("Melbourne/VIC", 2158177, "Melbourne", "Victoria", "07"),
              of("Brisbane/QLD", 2174003, "Brisbane", "Queensland", "04"),
              of("Adelaide/SA", 2078025, "Adelaide", "South Australia", "05"),
              of("Auckland/NZ", 2193733, "Auckland", "Auckland", "E7"),
              of("大阪市/JP", 1853909, "Osaka", "Osaka", "32"))
          .stream()
          .collect(Collectors.toMap(city -> key(city.place()), Function.identity()));

  static GeoNames of(Place place) {
    return CITIES.get(key(place));
  }

  private static GeoNames of(String key, int id, String name, String state, String code) {
    Place place =
        Place.ALL.stream().filter(each -> key(each).equals(key)).findFirst().orElseThrow();
    return new GeoNames(place, id, name, state, code);
  }

  private static String key(Place place) {
    String region = place.stateCode() == null ? place.country().name() : place.stateCode();
    return place.city() + "/" + region;
  }
}
