package dev.backline.sandbox;

/**
 * An artist of Spotify.
 *
 * @param number of the real artist, as {@link Attraction#artist} tells it
 * @param id 22 characters of base 62
 * @param entity what the truth calls it, as "artist 17"
 */
public record SpotifyArtist(int number, String id, String name, String entity) {}
