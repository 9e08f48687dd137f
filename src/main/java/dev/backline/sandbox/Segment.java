package dev.backline.sandbox;

import java.util.List;
import java.util.Map;

/** The top level of the classifications, with its names in the languages that are translated. */
enum Segment {
  MUSIC(
      "KZFzniwnSyZfZ7v7nJ",
      "Music",
      Map.of("cs", "Hudba", "de", "Musik", "fr", "Musique", "es", "Música", "ja", "音楽"),
      List.of(
          "Rock",
          "Pop",
          "Alternative",
          "Metal",
          "Folk",
          "Jazz",
          "Hip-Hop/Rap",
          "Country",
          "Dance/Electronic",
          "R&B",
          "Classical",
          "Reggae",
          "World",
          "Blues")),
  SPORTS(
      "KZsandboxSegmentSp",
      "Sports",
      Map.of("cs", "Sport", "de", "Sport", "fr", "Sports", "es", "Deportes", "ja", "スポーツ"),
      List.of("Basketball", "Ice Hockey", "Rugby", "Soccer")),
  ARTS(
      "KZsandboxSegmentAr",
      "Arts & Theatre",
      Map.of("cs", "Umění a divadlo", "de", "Kunst & Theater", "fr", "Arts et théâtre"),
      List.of("Theatre", "Comedy", "Dance", "Opera"));

  final String id;
  final String title;
  final List<String> genres;
  private final Map<String, String> translated;

  Segment(String id, String title, Map<String, String> translated, List<String> genres) {
    this.id = id;
    this.title = title;
    this.translated = translated;
    this.genres = genres;
  }

  /** The name in the language of {@code locale} (such as {@code de-de}), else in English. */
  String title(String locale) {
    int dash = locale.indexOf('-');
    return translated.getOrDefault(dash < 0 ? locale : locale.substring(0, dash), title);
  }

  /** A made-up id, the same for the same genre. */
  static String genreId(String genre) {
    return "Kn" + new Dice(genre.hashCode()).alphanumeric(9, Trait.ARTIST_GENRE, 1);
  }

  static String subGenreId(String genre) {
    return "KZ" + new Dice(genre.hashCode()).alphanumeric(17, Trait.ARTIST_GENRE, 2);
  }
}
