package dev.backline.sandbox;

/**
 * What never changes of a venue. {@code name}, {@code latitude} and {@code longitude} (decimal
 * degrees, as the strings that are served) are null where the API gives none.
 */
record Venue(
    int index,
    String id,
    String name,
    Place place,
    String street,
    String latitude,
    String longitude) {}
