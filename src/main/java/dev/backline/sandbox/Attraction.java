package dev.backline.sandbox;

/**
 * What never changes of an attraction. {@code artist} is the number of the real artist behind it
 * (two attractions may share one); {@code mbid} and {@code spotifyId} are null where the API gives
 * none; {@code genre} may be "Undefined" or "Other".
 */
record Attraction(
    int index,
    String id,
    String name,
    int artist,
    Segment segment,
    String genre,
    String mbid,
    String spotifyId) {}
