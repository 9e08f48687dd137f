package dev.backline.sandbox;

/**
 * An artist of Spotify.
 *
 * @param number of its releases and songs; of a real artist the number that {@link
 *     Attraction#artist} tells
 * @param id 22 characters of base 62
 * @param entity what the truth calls it, as "artist 17", "namesake 17" or "tribute 17"
 */
public record SpotifyArtist(int number, String id, String name, String entity) {}
