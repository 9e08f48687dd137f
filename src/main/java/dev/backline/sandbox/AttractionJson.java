package dev.backline.sandbox;

import java.util.Locale;

/** Renders an attraction, the same alone and inside an event. */
final class AttractionJson {
  private AttractionJson() {}

  static Chunk chunk(Snapshot snapshot, int index, String locale) {
    JsonBytes out = new JsonBytes(4096);
    int[] marks = write(out, snapshot, index, locale, "");
    return new Chunk(out.copy(), out.hashFrom(0), marks[0], marks[1], marks[2], marks[3]);
  }

  /** Appends the object; {@code suffix} is added to its name. Answers where its arrays lie. */
  static int[] write(JsonBytes out, Snapshot snapshot, int index, String locale, String suffix) {
    World world = snapshot.world();
    Attraction attraction = world.attraction(index);
    Dice dice = world.dice();
    int[] marks = new int[4];
    out.raw("{\"name\":").text(attraction.name() + suffix);
    out.raw(",\"type\":\"attraction\",\"id\":\"").raw(attraction.id()).raw("\",\"test\":false");
    out.raw(",\"url\":\"https://tickets.sandbox.example/");
    out.raw(slug(attraction.name())).raw("-tickets/artist/").number(800_000L + index * 7L);
    out.raw("\",\"locale\":\"").raw(locale).raw("\"");
    links(out, attraction, dice);
    if (dice.hit(15, Trait.ARTIST_LINKS, -index - 1)) {
      String lower = attraction.name().strip().toLowerCase(Locale.ROOT);
      out.raw(",\"aliases\":[").text(lower).raw(",").text(lower + " live").raw("]");
    }
    out.raw(",\"images\":");
    marks[0] = out.length();
    Images.write(out, dice, index);
    marks[1] = out.length();
    out.raw(",\"classifications\":");
    marks[2] = out.length();
    classifications(out, attraction, locale);
    marks[3] = out.length();
    int total = snapshot.attractionEvents(index);
    out.raw(",\"upcomingEvents\":{\"_total\":").number(total);
    if (total > 0) {
      int resale = total * (index % 4) / 8;
      if (resale > 0) {
        out.raw(",\"tmr\":").number(resale);
      }
      out.raw(",\"ticketmaster\":").number(total - resale);
    }
    out.raw(",\"_filtered\":0},\"_links\":{\"self\":{\"href\":\"/discovery/v2/attractions/");
    out.raw(attraction.id()).raw("?locale=").raw(locale).raw("\"}}}");
    return marks;
  }

  /** Lower-case words with dashes, ASCII only; "event" for a name that has none. */
  static String slug(String name) {
    StringBuilder slug = new StringBuilder();
    for (int i = 0; i < name.length() && slug.length() < 40; i++) {
      char c = Character.toLowerCase(name.charAt(i));
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
        slug.append(c);
      } else if (slug.length() > 0 && slug.charAt(slug.length() - 1) != '-') {
        slug.append('-');
      }
    }
    return slug.length() == 0 ? "event" : slug.toString();
  }

  private static void links(JsonBytes out, Attraction attraction, Dice dice) {
    int index = attraction.index();
    boolean social = dice.hit(60, Trait.ARTIST_LINKS, index);
    if (attraction.mbid() == null && attraction.spotifyId() == null && !social) {
      return;
    }
    String slug = slug(attraction.name());
    out.raw(",\"externalLinks\":{");
    String comma = "";
    if (social) {
      for (String site : new String[] {"youtube", "twitter", "lastfm", "facebook", "instagram"}) {
        out.raw(comma).raw("\"").raw(site).raw("\":[{\"url\":\"https://").raw(site);
        out.raw(".example/").raw(slug).raw("\"}]");
        comma = ",";
      }
      out.raw(",\"homepage\":[{\"url\":\"https://").raw(slug).raw(".example/\"}]");
    }
    if (attraction.spotifyId() != null) {
      out.raw(comma).raw("\"spotify\":[{\"url\":\"https://open.spotify.com/artist/");
      out.raw(attraction.spotifyId());
      out.raw(dice.hit(20, Trait.ARTIST_SPOTIFY_URL, index) ? "?autoplay=true\"}]" : "\"}]");
      comma = ",";
    }
    if (attraction.mbid() != null) {
      out.raw(comma).raw("\"musicbrainz\":[{\"id\":\"").raw(attraction.mbid()).raw("\"");
      if (dice.hit(50, Trait.ARTIST_MBID_URL, index)) {
        out.raw(",\"url\":\"https://musicbrainz.org/artist/").raw(attraction.mbid()).raw("\"");
      }
      out.raw("}]");
    }
    out.raw("}");
  }

  static void classifications(JsonBytes out, Attraction attraction, String locale) {
    Segment segment = attraction.segment();
    out.raw("[{\"primary\":true,\"segment\":{\"id\":\"").raw(segment.id).raw("\",\"name\":");
    out.text(segment.title(locale)).raw("},\"genre\":{\"id\":\"");
    out.raw(Segment.genreId(attraction.genre())).raw("\",\"name\":").text(attraction.genre());
    out.raw("},\"subGenre\":{\"id\":\"").raw(Segment.subGenreId(attraction.genre()));
    out.raw("\",\"name\":").text(attraction.genre());
    out.raw("},\"type\":{\"id\":\"KZsandboxTypeGroup\",\"name\":\"Group\"},\"subType\":");
    out.raw("{\"id\":\"KZsandboxSubtypeBd\",\"name\":\"Band\"},\"family\":false}]");
  }
}
