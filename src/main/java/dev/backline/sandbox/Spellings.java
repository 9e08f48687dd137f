package dev.backline.sandbox;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How setlist.fm and Bandsintown write the names of artists, venues, cities and songs: mostly as
 * they are, sometimes otherwise, and always the same way.
 */
final class Spellings {
  private static final double ARTISTS = 15;
  private static final double VENUES = 35;
  private static final double SONGS = 8;

  private final Dice dice;
  private final Names names;

  Spellings(Dice dice) {
    this.dice = dice;
    this.names = new Names(dice);
  }

  /** A name without stray spaces, invisible marks and markup. */
  static String clean(String name) {
    return name.replace("&amp;", "&")
        .replaceAll("[\\u200B-\\u200F]", "")
        .strip()
        .replaceAll("\\s+", " ");
  }

  /** For finding: lower case, no accents, no leading The, and for &amp;. */
  static String folded(String name) {
    String lower = withoutAccents(clean(name)).toLowerCase(Locale.ROOT);
    return (lower.startsWith("the ") ? lower.substring(4) : lower).replace(" & ", " and ");
  }

  String artist(Source source, Artist artist) {
    String name = artist.name();
    List<String> others = new ArrayList<>();
    offer(others, name, name.replace(" & ", " and "));
    offer(others, name, withoutAccents(name));
    offer(others, name, withoutThe(name));
    offer(others, name, name.startsWith("The ") ? name : "The " + name);
    offer(others, name, name.toUpperCase(Locale.ROOT));
    return choose(name, others, ARTISTS, Trait.SPELLING_ARTIST, roll(source, artist.number()));
  }

  /** The name of the house, also where Ticketmaster has none. */
  String house(Venue venue) {
    return clean(venue.name() == null ? names.venue(venue.index()) : venue.name());
  }

  String venue(Source source, Venue venue) {
    String name = house(venue);
    Place place = venue.place();
    String bare = withoutThe(name);
    List<String> others = new ArrayList<>();
    offer(others, name, bare.equals(name) ? "The " + name : bare);
    offer(others, name, name + (source == Source.SETLISTFM ? ", " : " - ") + place.city());
    offer(others, name, sponsor(place.country()) + " " + bare);
    offer(others, name, place.stateCode() == null ? name : bare + "-" + place.stateCode());
    offer(others, name, name.replace("Theatre", "Theater").replace("heater", "heatre"));
    return choose(name, others, VENUES, Trait.SPELLING_VENUE, roll(source, venue.index()));
  }

  /** setlist.fm writes cities in English; Bandsintown does so without accents, or as they are. */
  String city(Source source, Venue venue) {
    String english = GeoNames.of(venue.place()).name();
    if (source == Source.SETLISTFM) {
      return english;
    }
    boolean local = dice.hit(15, Trait.SPELLING_CITY, venue.index());
    return local ? venue.place().city() : withoutAccents(english).replace("St. ", "Saint ");
  }

  /** The title on setlist.fm: only case and marks differ. */
  String song(Song song) {
    String title = song.title();
    List<String> others = new ArrayList<>();
    offer(others, title, title.replace('\'', '’'));
    offer(others, title, title.replace(" & ", " and "));
    offer(others, title, withoutAccents(title));
    offer(others, title, title.replace(" with Me", " With Me").replace(" the ", " The "));
    offer(others, title, title.replace(" (Part ", ", (Part "));
    offer(others, title, title.replaceAll("[!?]", ""));
    long roll = song.artist() * 1024L + song.index();
    return choose(title, others, SONGS, Trait.SPELLING_SONG, roll);
  }

  /** Latin letters lose their accents; other scripts stay, as their marks make other letters. */
  static String withoutAccents(String name) {
    StringBuilder plain = new StringBuilder();
    for (char letter : Normalizer.normalize(name, Normalizer.Form.NFC).toCharArray()) {
      boolean latin = Character.UnicodeScript.of(letter) == Character.UnicodeScript.LATIN;
      plain.append(
          latin
              ? Normalizer.normalize(String.valueOf(letter), Normalizer.Form.NFD).charAt(0)
              : letter);
    }
    return plain.toString().replace('ø', 'o').replace('Ø', 'O');
  }

  private static String withoutThe(String name) {
    return name.startsWith("The ") ? name.substring(4) : name;
  }

  private static String sponsor(Country country) {
    return switch (country) {
      case GB, IE, DE, CZ -> "O2";
      case US, CA, MX -> "Coastal Bank";
      default -> "Kestrel";
    };
  }

  private static long roll(Source source, int index) {
    return index * 8L + source.ordinal();
  }

  private static void offer(List<String> others, String name, String other) {
    if (!other.equals(name)) {
      others.add(other);
    }
  }

  private String choose(String name, List<String> others, double percent, Trait trait, long roll) {
    boolean otherwise = !others.isEmpty() && dice.hit(percent, trait, roll);
    return otherwise ? others.get(dice.below(others.size(), trait, -roll - 1)) : name;
  }
}
