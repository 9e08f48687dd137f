package dev.backline.sandbox;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Renders artists, venues and setlists as setlist.fm does. */
final class SetlistJson {
  static final DateTimeFormatter EVENT_DATE =
      DateTimeFormatter.ofPattern("dd-MM-yyyy", Locale.ROOT);
  private static final DateTimeFormatter LAST_UPDATED =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final String SITE = "https://setlists.sandbox.example/";
  private static final int ARTIST = 0;
  private static final int VENUE = 1;
  private static final int SETLIST = 2;

  private final World world;
  private final Dice dice;
  private final Spellings spellings;
  private final Setlists setlists;
  private final Scramble venueIds;
  private final SourceLedger ledger;

  SetlistJson(World world, Setlists setlists, SourceLedger ledger) {
    this.world = world;
    this.dice = world.dice();
    this.spellings = new Spellings(dice);
    this.setlists = setlists;
    this.venueIds = venueIds(world);
    this.ledger = ledger;
  }

  static Scramble venueIds(World world) {
    return new Scramble(world.dice(), Trait.SETLISTFM_VENUE_ID);
  }

  /** The index of the venue with an id, or -1. */
  int venueWithId(String id) {
    int venue = venueIds.ofHex(id);
    return venue >= 0 && venue < world.venueCount() ? venue : -1;
  }

  String name(Artist artist) {
    return spellings.artist(Source.SETLISTFM, artist);
  }

  /** Appends an artist as a record of its own. */
  void artist(JsonBytes out, Artist artist, Served served) {
    int from = out.length();
    artist(out, artist);
    served.add(ARTIST, ledger.index(ARTIST, artist.mbid()), out.hashFrom(from));
  }

  private void artist(JsonBytes out, Artist artist) {
    String name = name(artist);
    out.raw("{\"mbid\":\"").raw(artist.mbid()).raw("\",\"name\":").text(name);
    out.raw(",\"sortName\":").text(Names.sortName(name)).raw(",\"disambiguation\":");
    out.text(disambiguation(artist)).raw(",\"url\":\"").raw(SITE).raw("setlists/");
    out.raw(AttractionJson.slug(name)).raw("-").raw(artist.mbid().substring(0, 8)).raw(".html\"}");
  }

  /** Appends a venue, always as a record of its own. */
  void venue(JsonBytes out, Venue venue, Served served) {
    int from = out.length();
    String id = venueIds.hex(venue.index());
    int gap = dice.below(1000, Trait.SETLISTFM_VENUE, venue.index());
    GeoNames city = GeoNames.of(venue.place());
    String name = gap < 5 ? "" : spellings.venue(Source.SETLISTFM, venue);
    boolean placeless = gap >= 5 && gap < 15;
    if (placeless) {
      name = name + ", " + city.name() + ", " + country(venue.place().country());
    }
    out.raw("{\"id\":\"").raw(id).raw("\",\"name\":").text(name);
    if (!placeless) {
      out.raw(",\"city\":{\"id\":\"").number(city.id()).raw("\",\"name\":").text(city.name());
      out.raw(",\"state\":").text(city.state()).raw(",\"stateCode\":").text(city.stateCode());
      if (gap < 950) {
        out.raw(",\"coords\":{\"lat\":").raw(Double.toString(city.place().latitude()));
        out.raw(",\"long\":").raw(Double.toString(city.place().longitude())).raw("}");
      }
      Country country = venue.place().country();
      out.raw(",\"country\":{\"code\":\"").raw(country.name()).raw("\",\"name\":\"");
      out.raw(country(country)).raw("\"}}");
    }
    out.raw(",\"url\":\"").raw(SITE).raw("venue/").raw(slug(name, city)).raw("-").raw(id);
    out.raw(".html\"}");
    served.add(VENUE, ledger.index(VENUE, id), out.hashFrom(from));
  }

  /** Appends a setlist, and notes the artist and the venue in it as records too. */
  void setlist(JsonBytes out, Setlist setlist, Served served) {
    int from = out.length();
    String id = setlists.id(setlist.appearance());
    String date = EVENT_DATE.format(world.start().plusDays(setlist.show().day()));
    out.raw("{\"id\":\"").raw(id).raw("\",\"versionId\":\"");
    out.raw(setlists.versionId(setlist.appearance(), setlist.version()));
    out.raw("\",\"eventDate\":\"").raw(date).raw("\",\"lastUpdated\":\"");
    out.raw(LAST_UPDATED.format(setlist.lastUpdated())).raw("\",\"artist\":");
    artist(out, setlist.artist(), served);
    out.raw(",\"venue\":");
    venue(out, setlist.show().venue(), served);
    if (setlist.tour() != null) {
      out.raw(",\"tour\":{\"name\":").text(setlist.tour()).raw("}");
    }
    out.raw(",\"sets\":{\"set\":[");
    String comma = "";
    for (Setlist.SongSet set : setlist.sets()) {
      set(out.raw(comma), set);
      comma = ",";
    }
    out.raw("]}");
    if (setlist.info() != null) {
      out.raw(",\"info\":").text(setlist.info());
    }
    out.raw(",\"url\":\"").raw(SITE).raw("setlist/");
    out.raw(AttractionJson.slug(setlist.artist().name())).raw("/").raw(date.substring(6)).raw("/");
    out.raw(slug("", GeoNames.of(setlist.show().venue().place()))).raw("-").raw(id);
    out.raw(".html\"}");
    served.add(SETLIST, ledger.index(SETLIST, id), out.hashFrom(from));
  }

  private void set(JsonBytes out, Setlist.SongSet set) {
    out.raw("{");
    if (set.name() != null) {
      out.raw("\"name\":").text(set.name()).raw(",");
    }
    if (set.encore() > 0) {
      out.raw("\"encore\":").number(set.encore()).raw(",");
    }
    out.raw("\"song\":[");
    String comma = "";
    for (Setlist.Played song : set.songs()) {
      out.raw(comma).raw("{\"name\":").text(song.name());
      if (song.guest() != null) {
        out.raw(",\"with\":");
        artist(out, song.guest());
      }
      if (song.cover() != null) {
        out.raw(",\"cover\":");
        artist(out, song.cover());
      }
      if (song.info() != null) {
        out.raw(",\"info\":").text(song.info());
      }
      out.raw(song.tape() ? ",\"tape\":true}" : "}");
      comma = ",";
    }
    out.raw("]}");
  }

  /** Given to namesakes always, to others sometimes. */
  private String disambiguation(Artist artist) {
    boolean given =
        artist.kind() == Artist.Kind.NAMESAKE
            || dice.hit(10, Trait.SETLISTFM_DISAMBIGUATION, artist.number());
    if (!given) {
      return "";
    }
    return artist.kind() == Artist.Kind.TRIBUTE
        ? "tribute band"
        : new String[] {"US punk band", "Swedish jazz trio", "DJ from Leeds", "singer-songwriter"}
            [artist.number() % 4];
  }

  private static String slug(String name, GeoNames city) {
    return AttractionJson.slug(name + " " + city.name() + " " + city.place().country().name());
  }

  private static String country(Country country) {
    return country.plainTitle();
  }
}
