package dev.backline.sandbox;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which real thing is behind every record of every API: what matching records of different sources
 * is measured against. Told for all records that are ever served, whatever the day.
 */
public final class Identities {
  /**
   * A record and what it is.
   *
   * @param record the kind of record in the words of {@link SourceLedger#kinds}, or "song" for the
   *     songs that setlists name
   * @param id in the API; of a venue of Bandsintown, which has none, {@code
   *     name|city|region|country} as served; of a song {@code mbid|title} as served, the MBID being
   *     that of whose song it is
   * @param entity equal for records of the same thing, as "artist 17", "venue 3", "show 204" or
   *     "song 17/3"; an early and a late show are two, the listings of one show one
   */
  public record Same(Source source, String record, String id, String entity) {}

  private final World world;
  private final Artists artists;
  private final Shows shows;

  public Identities(World world) {
    this.world = world;
    this.artists = world.realArtists();
    this.shows = world.shows();
  }

  /** Every record of every API, source by source. */
  public Stream<Same> same() {
    return Stream.of(ticketmaster(), setlistfm(), bandsintown(), spotify())
        .flatMap(records -> records);
  }

  private Stream<Same> ticketmaster() {
    Events events = world.events();
    Stream<Same> venues =
        IntStream.range(0, world.venueCount())
            .mapToObj(i -> same(Source.TICKETMASTER, "venue", world.venue(i).id(), venue(i)));
    Stream<Same> attractions =
        IntStream.range(0, world.attractionCount())
            .mapToObj(world::attraction)
            .map(each -> same(Source.TICKETMASTER, "attraction", each.id(), artist(each.artist())));
    Stream<Same> listings =
        IntStream.range(0, events.size())
            .mapToObj(i -> same(Source.TICKETMASTER, "event", events.id(i), show(sold(i))));
    return Stream.of(venues, attractions, listings).flatMap(records -> records);
  }

  private Stream<Same> setlistfm() {
    Setlists setlists = new Setlists(world);
    Spellings spellings = new Spellings(world.dice());
    Repertoire repertoire = new Repertoire(world);
    Scramble venueIds = SetlistJson.venueIds(world);
    Stream<Same> venues =
        IntStream.range(0, world.venueCount())
            .mapToObj(i -> same(Source.SETLISTFM, "venue", venueIds.hex(i), venue(i)));
    Stream<Same> known =
        artists
            .all()
            .filter(setlists::knows)
            .mapToObj(i -> same(Source.SETLISTFM, "artist", artists.of(i).mbid(), artist(i)));
    Stream<Same> lists =
        shows
            .appearances()
            .filter(setlists::covered)
            .mapToObj(i -> same(Source.SETLISTFM, "setlist", setlists.id(i), show(Shows.show(i))));
    Stream<Same> songs =
        artists
            .all()
            .mapToObj(artists::of)
            .filter(artist -> artist.kind() != Artist.Kind.TRIBUTE)
            .flatMap(
                artist ->
                    repertoire.songs(artist.number()).stream()
                        .map(
                            song ->
                                same(
                                    Source.SETLISTFM,
                                    "song",
                                    artist.mbid() + "|" + spellings.song(song),
                                    song.key())));
    return Stream.of(venues, known, lists, songs).flatMap(records -> records);
  }

  private Stream<Same> bandsintown() {
    Gigs gigs = new Gigs(world);
    GigVenue[] houses = GigVenue.all(world);
    Stream<Same> venues =
        IntStream.range(0, houses.length)
            .mapToObj(i -> same(Source.BANDSINTOWN, "venue", houses[i].key(), venue(i)));
    Stream<Same> known =
        artists
            .all()
            .filter(gigs::knows)
            .mapToObj(artists::of)
            .map(
                each ->
                    same(
                        Source.BANDSINTOWN, "artist", each.bandsintownId(), artist(each.number())));
    Stream<Same> events =
        shows
            .appearances()
            .filter(gigs::covered)
            .mapToObj(i -> same(Source.BANDSINTOWN, "event", gigs.eventId(i), show(Shows.show(i))));
    return Stream.of(venues, known, events).flatMap(records -> records);
  }

  private Stream<Same> spotify() {
    SpotifyArtists known = new SpotifyArtists(world);
    return Stream.concat(known.all(), Stream.of(known.of(SpotifyArtists.VARIOUS)))
        .map(each -> same(Source.SPOTIFY, "artist", each.id(), each.entity()));
  }

  /** The event that a listing of Ticketmaster is sold beside; itself for a show. */
  private int sold(int event) {
    Events events = world.events();
    return events.listing(event) == Listing.SHOW ? event : events.main(event);
  }

  private static Same same(Source source, String record, String id, String entity) {
    return new Same(source, record, id, entity);
  }

  private static String artist(int number) {
    return "artist " + number;
  }

  private static String venue(int index) {
    return "venue " + index;
  }

  private static String show(int number) {
    return "show " + number;
  }
}
