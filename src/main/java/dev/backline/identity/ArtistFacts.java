package dev.backline.identity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What evidence reads of an artist's record.
 *
 * @param mbid MusicBrainz id or null
 * @param spotifyId Spotify id or null
 * @param name without labels such as "(Band)" or "Official"
 * @param tributes words that make it another act's tribute
 * @param genres keys of the genres' words
 * @param country ISO 3166 code or null
 * @param shows where it plays, each {@code date|venue entity}
 */
public record ArtistFacts(
    String source,
    String id,
    Name name,
    String mbid,
    String spotifyId,
    Set<String> tributes,
    Set<String> genres,
    String country,
    Set<String> shows) {

  /** From the canonical JSON of an artist; what else is known of it is added by the caller. */
  public static ArtistFacts of(
      String source, String id, JsonNode artist, String country, Set<String> shows, Words words) {
    List<String> genres = Fields.texts(artist, "genres");
    return of(
        source,
        id,
        Fields.text(artist, "name"),
        Fields.text(artist, "mbid"),
        Fields.text(artist, "spotify_id"),
        genres,
        country,
        shows,
        words);
  }

  public static ArtistFacts of(
      String source,
      String id,
      String name,
      String mbid,
      String spotifyId,
      List<String> genres,
      String country,
      Set<String> shows,
      Words words) {
    String bare = withoutLabels(name, words);
    Set<String> styles = new TreeSet<>();
    for (String genre : genres) {
      for (String token : words.tokens(TextKeys.name(genre))) {
        if (words.weight(token) > 0 && !token.equals("other") && !token.equals("undefined")) {
          styles.add(token);
        }
      }
    }
    return new ArtistFacts(
        source,
        id,
        Name.of(bare, words, words::weight),
        mbid,
        spotifyId,
        Words.found(words.tributes, TextKeys.name(name)),
        styles,
        words.country(null, country),
        Set.copyOf(shows));
  }

  static String withoutLabels(String name, Words words) {
    List<String> parts = Parts.of(name);
    String bare = name;
    if (parts.size() > 1 && name.strip().matches(".*[)\\]]")) {
      String last = parts.get(parts.size() - 1);
      if (words.bracketedLabels.contains(TextKeys.name(last))) {
        bare = Parts.without(name, List.of(last));
      }
    }
    int space = bare.lastIndexOf(' ');
    boolean labelled = space > 0 && words.bareLabels.contains(TextKeys.name(bare.substring(space)));
    return labelled ? bare.substring(0, space) : bare;
  }
}
