package dev.backline.identity;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * What evidence reads of a show's record. What is not known is null; an empty set says the same.
 *
 * @param venue entity of the venue
 * @param city key of the city
 * @param date day where it takes place
 * @param time time of day there
 * @param startsAt the same as an instant
 * @param headliner entity of the artist
 * @param lineUp entities of all artists, the headliner among them
 * @param lineUpNames keys of the names of all artists
 * @param tour key of the tour's name
 * @param listing what its name says of offers
 * @param nameKey key of the name without offers
 * @param session early or late, where the name says it
 */
public record ShowFacts(
    String source,
    String id,
    String venue,
    String city,
    LocalDate date,
    LocalTime time,
    Instant startsAt,
    String headliner,
    Set<String> lineUp,
    Set<String> lineUpNames,
    String tour,
    Offers listing,
    String nameKey,
    String session) {

  /**
   * From the canonical JSON of a show, and what lower strata have made of its venue and artists.
   *
   * @param listing what its name says of offers
   * @param venue entity of its venue, or null
   * @param city what its source calls the venue's city: a name or the key of one; or null
   * @param lineUp entities of its artists in billing order, the headliner first
   * @param lineUpNames what the source calls its artists: names or {@link BlockingKeys#artistName}
   */
  public static ShowFacts of(
      String source,
      String id,
      JsonNode show,
      Offers listing,
      String venue,
      String city,
      Collection<String> lineUp,
      Collection<String> lineUpNames,
      Words words) {
    String name = Fields.text(show, "name");
    String date = Fields.text(show, "local_date");
    String time = Fields.text(show, "local_time");
    String startsAt = Fields.text(show, "starts_at");
    String tour = Fields.text(show, "tour");
    Set<String> names = new TreeSet<>();
    lineUpNames.forEach(artist -> names.add(BlockingKeys.artistName(artist, words)));
    Fields.texts(show, "line_up")
        .forEach(artist -> names.add(BlockingKeys.artistName(artist, words)));
    return new ShowFacts(
        source,
        id,
        venue,
        city == null || city.isEmpty() ? null : words.city(city),
        date == null ? null : LocalDate.parse(date),
        time == null ? null : LocalTime.parse(time),
        startsAt == null ? null : Instant.parse(startsAt),
        lineUp.isEmpty() ? null : lineUp.iterator().next(),
        Set.copyOf(lineUp),
        names,
        tour == null ? null : TextKeys.name(tour),
        listing,
        TextKeys.name(listing.name()),
        session(name, words));
  }

  /** Is no time of day known, as in a setlist? */
  public boolean dateOnly() {
    return time == null && startsAt == null;
  }

  /** A phrase counts anywhere in the name, a single word only as a part of its own. */
  private static String session(String name, Words words) {
    String key = TextKeys.name(name);
    for (String session : new String[] {"early", "late"}) {
      Set<String> phrases = words.sessions.get(session);
      boolean whole = Parts.of(name).stream().map(TextKeys::name).anyMatch(phrases::contains);
      if (whole || Words.found(phrases, key).stream().anyMatch(found -> found.contains(" "))) {
        return session;
      }
    }
    return null;
  }
}
