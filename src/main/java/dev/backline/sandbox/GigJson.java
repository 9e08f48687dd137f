package dev.backline.sandbox;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Renders artists and events as Bandsintown does: "" where a value is absent. */
final class GigJson {
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");
  private static final String SITE = "https://gigs.sandbox.example/";
  private static final int ARTIST = 0;
  private static final int VENUE = 1;
  private static final int EVENT = 2;

  private final World world;
  private final Dice dice;
  private final Gigs gigs;
  private final GigVenue[] venues;
  private final SourceLedger ledger;

  GigJson(World world, Gigs gigs, SourceLedger ledger) {
    this.world = world;
    this.dice = world.dice();
    this.gigs = gigs;
    this.venues = GigVenue.all(world);
    this.ledger = ledger;
  }

  /**
   * The JSON object of an artist on a day; {@code upcoming} is the number of its events to come.
   */
  void artist(Call call, Artist artist, int day, int upcoming) {
    JsonBytes out = call.out();
    int from = out.length();
    int number = artist.number();
    String id = artist.bandsintownId();
    boolean told = dice.hit(60, Trait.BANDSINTOWN_MBID, number);
    int trackers = dice.below(90_000, Trait.BANDSINTOWN_DETAIL, -number - 1) + day * (number % 3);
    out.raw("{\"thumb_url\":\"").raw(SITE).raw("thumb/").raw(id).raw(".jpeg\",\"mbid\":\"");
    out.raw(told ? artist.mbid() : "").raw("\",\"facebook_page_url\":\"");
    out.raw(number % 4 == 0 ? "" : "http://www.facebook.example/" + (90_000 + number));
    out.raw("\",\"image_url\":\"").raw(SITE).raw("large/").raw(id).raw(".jpeg\"");
    out.raw(",\"tracker_count\":").number(trackers).raw(",\"tracking\":[]");
    out.raw(",\"upcoming_event_count\":").number(upcoming).raw(",\"url\":\"").raw(SITE).raw("a/");
    out.raw(id).raw("?came_from=267&app_id=").raw(appId(call)).raw("\",\"support_url\":\"\"");
    out.raw(",\"show_multi_ticket\":true,\"name\":").text(gigs.name(artist));
    out.raw(",\"options\":{\"display_listen_unit\":false},\"links\":[");
    if (number % 3 != 0) {
      out.raw("{\"type\":\"website\",\"url\":\"http://").raw(AttractionJson.slug(artist.name()));
      out.raw(".example\"},{\"type\":\"itunes\",\"url\":\"https://music.sandbox.example/artist/");
      out.raw(id).raw("?utm_source=bandsintown\"}");
    }
    out.raw("],\"artist_optin_show_phone_number\":false,\"id\":\"").raw(id).raw("\"}");
    call.served().add(ARTIST, ledger.index(ARTIST, id), out.hashFrom(from));
  }

  /** The JSON object of an event; {@code head} writes the artist's object or nothing. */
  void event(Call call, int appearance, Show show, Artist artist, Runnable head) {
    JsonBytes out = call.out();
    int from = out.length();
    String id = gigs.eventId(appearance);
    List<String> lineup = gigs.lineup(appearance);
    boolean festival = lineup.size() > 6;
    LocalDate date = world.start().plusDays(show.day());
    boolean timed = !dice.hit(10, Trait.BANDSINTOWN_TIME, appearance);
    LocalTime time = timed ? doors(appearance, show.time()) : LocalTime.MIDNIGHT;
    String starts = LOCAL.format(LocalDateTime.of(date, time));
    out.raw("{\"offers\":[");
    if (dice.hit(80, Trait.BANDSINTOWN_OFFER, appearance)) {
      out.raw("{\"type\":\"Tickets\",\"url\":\"").raw(SITE).raw("t/").raw(id);
      out.raw("?app_id=").raw(appId(call)).raw("&came_from=267&utm_medium=api&utm_source=");
      out.raw("public_api&utm_campaign=ticket\",\"status\":\"available\"}");
    }
    out.raw("],\"venue\":");
    venue(call, show.venue().index());
    out.raw(",\"starts_at\":\"").raw(starts).raw("\"");
    head.run();
    out.raw(",\"festival_datetime_display_rule\":\"").raw(festival ? "date" : "");
    out.raw("\",\"description\":\"");
    out.raw(dice.hit(15, Trait.BANDSINTOWN_DETAIL, -appearance - 1L) ? "See you there!" : "");
    out.raw("\",\"lineup\":[");
    for (int i = 0; i < lineup.size(); i++) {
      out.raw(i == 0 ? "" : ",").text(lineup.get(i));
    }
    out.raw("],\"festival_start_date\":\"").raw(festival ? date.toString() : "");
    out.raw("\",\"bandsintown_plus\":false,\"title\":")
        .text(festival ? lineup.get(0) + " Fest" : "");
    out.raw(",\"artist_id\":\"").raw(artist.bandsintownId()).raw("\",\"url\":\"").raw(SITE);
    out.raw("e/").raw(id).raw("?app_id=").raw(appId(call)).raw("&came_from=267&utm_medium=api");
    out.raw("&utm_source=public_api&utm_campaign=event\",\"datetime_display_rule\":\"");
    out.raw(timed ? "datetime" : "date").raw("\",\"datetime\":\"").raw(starts);
    out.raw("\",\"on_sale_datetime\":\"");
    boolean saleTold = dice.hit(40, Trait.BANDSINTOWN_OFFER, -appearance - 1);
    out.raw(saleTold ? LOCAL.format(date.minusDays(90).atTime(10, 0)) : "");
    out.raw("\",\"sold_out\":").flag(dice.hit(4, Trait.BANDSINTOWN_DETAIL, appearance * 8L + 4));
    out.raw(",\"id\":\"").raw(id).raw("\",\"ends_at\":\"").raw(festival ? date + "T23:59:59" : "");
    out.raw("\",\"free\":").flag(dice.hit(2, Trait.BANDSINTOWN_DETAIL, appearance * 8L + 5));
    out.raw(",\"festival_end_date\":\"").raw(festival ? date.toString() : "").raw("\"}");
    call.served().add(EVENT, ledger.index(EVENT, id), out.hashFrom(from));
  }

  /** Some enter the hour at which the doors open. */
  private LocalTime doors(int appearance, LocalTime start) {
    boolean early = dice.hit(12, Trait.BANDSINTOWN_TIME, -appearance - 1);
    return early && start.getHour() > 1 ? start.minusMinutes(60) : start;
  }

  private void venue(Call call, int index) {
    JsonBytes out = call.out();
    GigVenue venue = venues[index];
    int from = out.length();
    out.raw("{\"street_address\":").text(venue.street()).raw(",\"country\":");
    out.text(venue.country()).raw(",\"city\":").text(venue.city()).raw(",\"latitude\":\"");
    out.raw(venue.latitude()).raw("\",\"name\":").text(venue.name()).raw(",\"location\":");
    out.text(venue.location()).raw(",\"postal_code\":\"").raw(venue.postalCode());
    out.raw("\",\"region\":\"").raw(venue.region()).raw("\",\"longitude\":\"");
    out.raw(venue.longitude()).raw("\"}");
    call.served().add(VENUE, ledger.index(VENUE, venue.key()), out.hashFrom(from));
  }

  private static String appId(Call call) {
    return URLEncoder.encode(call.params().get("app_id"), StandardCharsets.UTF_8);
  }
}
