package dev.backline.sandbox;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Which setlists a query of setlist.fm asks for; what is null does not narrow it.
 *
 * @param year four digits
 * @param date dd-MM-yyyy
 * @param lastUpdated yyyyMMddHHmmss in UTC: edited then or later
 */
record SetlistSearch(
    String artistMbid,
    String artistName,
    String venueId,
    String year,
    String date,
    String lastUpdated) {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

  static SetlistSearch ofArtist(String mbid) {
    return new SetlistSearch(mbid, null, null, null, null, null);
  }

  static SetlistSearch atVenue(String id) {
    return new SetlistSearch(null, null, id, null, null, null);
  }

  static SetlistSearch of(Params params) {
    return new SetlistSearch(
        params.get("artistMbid"),
        params.get("artistName"),
        params.get("venueId"),
        params.get("year"),
        params.get("date"),
        params.get("lastUpdated"));
  }

  /** Equal for searches that find the same. */
  String key() {
    return "setlistfm " + this;
  }

  /** The appearances found, those of the newest shows first. */
  int[] find(World world, int day, Setlists setlists, SetlistJson json) {
    record Found(int appearance, int day) {}
    return candidates(world, json)
        .mapToObj(
            appearance -> {
              Show show = setlists.show(appearance, day);
              return show != null && matches(world, setlists, appearance, show, day)
                  ? new Found(appearance, show.day())
                  : null;
            })
        .filter(Objects::nonNull)
        .sorted(Comparator.comparing(Found::day).reversed().thenComparing(Found::appearance))
        .mapToInt(Found::appearance)
        .toArray();
  }

  /** The appearances of the artists asked for at the venue asked for. */
  private IntStream candidates(World world, SetlistJson json) {
    Shows shows = world.shows();
    int venue = venueId == null ? -1 : json.venueWithId(venueId);
    if (artistMbid == null && artistName == null) {
      return venueId == null
          ? shows.appearances()
          : venue < 0 ? IntStream.empty() : shows.atVenue(venue);
    }
    return artists(world.realArtists(), json)
        .flatMap(shows::ofArtist)
        .filter(each -> venueId == null || shows.venue(Shows.show(each)).index() == venue);
  }

  private IntStream artists(Artists artists, SetlistJson json) {
    String wanted = artistName == null ? "" : Spellings.folded(artistName);
    IntStream known =
        artistMbid == null
            ? artists.all()
            : IntStream.of(artists.withMbid(artistMbid)).filter(artist -> artist >= 0);
    return known.filter(artist -> Spellings.folded(json.name(artists.of(artist))).contains(wanted));
  }

  private boolean matches(World world, Setlists setlists, int appearance, Show show, int day) {
    LocalDate on = world.start().plusDays(show.day());
    return (year == null || Integer.toString(on.getYear()).equals(year))
        && (date == null || SetlistJson.EVENT_DATE.format(on).equals(date))
        && (lastUpdated == null
            || STAMP.format(setlists.edits(appearance, show, day).last()).compareTo(lastUpdated)
                >= 0);
  }
}
