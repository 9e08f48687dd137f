package dev.backline.testkit;

import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A catalogue as lines that say the same for the same partition and values, whatever ids and times
 * its rows have: an entity is named by its records.
 */
public final class Catalogue {
  private static final String NAMED =
      """
      with named as (
        select entity_kind, entity_id, string_agg(source || ' ' || source_id, ', ' order by source, source_id) as records
        from source_links group by 1, 2)
      """;

  private Catalogue() {}

  public static Set<String> lines(JdbcTemplate jdbc) {
    Set<String> lines = new TreeSet<>();
    add(
        lines,
        jdbc,
        "select 'artist', n.records, x.name, x.sort_name, x.mbid, x.spotify_id, x.ticketmaster_id, x.bandsintown_id,"
            + " x.image_url, x.genres, x.popularity from artists x join named n on n.entity_kind = 'artist' and n.entity_id = x.id");
    add(
        lines,
        jdbc,
        "select 'venue', n.records, x.name, x.city, x.state, x.country_code, x.country, x.address, x.postal_code, x.latitude,"
            + " x.longitude, x.timezone, x.capacity, x.ticketmaster_id, x.setlistfm_id"
            + " from venues x join named n on n.entity_kind = 'venue' and n.entity_id = x.id");
    add(
        lines,
        jdbc,
        "select 'show', n.records, x.name, v.records as venue, h.records as headliner, x.local_date, x.local_time, x.starts_at,"
            + " x.status, x.url, x.price_min, x.price_max, x.currency, x.ticketmaster_id, x.setlistfm_id, x.bandsintown_id, t.name as tour,"
            + " (select string_agg(a.records || '@' || l.position, '; ' order by l.position, a.records) from show_artists l"
            + "   join named a on a.entity_kind = 'artist' and a.entity_id = l.artist_id where l.show_id = x.id) as line_up,"
            + " (select string_agg(o.source_id || ' ' || o.name, '; ' order by o.source_id) from show_offers o where o.show_id = x.id) as offers"
            + " from shows x join named n on n.entity_kind = 'show' and n.entity_id = x.id"
            + " left join named v on v.entity_kind = 'venue' and v.entity_id = x.venue_id"
            + " left join named h on h.entity_kind = 'artist' and h.entity_id = x.headliner_id"
            + " left join tours t on t.id = x.tour_id");
    add(
        lines,
        jdbc,
        "select 'played', n.records, l.known, l.source, l.source_url, s.position, s.title, s.set_name, s.encore, s.tape,"
            + " x.normalized_title, a.records as artist from setlists l join named n on n.entity_kind = 'show' and n.entity_id = l.show_id"
            + " left join setlist_songs s on s.setlist_id = l.id left join songs x on x.id = s.song_id"
            + " left join named a on a.entity_kind = 'artist' and a.entity_id = x.artist_id");
    add(
        lines,
        jdbc,
        "select 'recording', n.records, r.source, r.source_id, r.title, r.song_title, r.title_key, r.kind, r.score, r.isrc,"
            + " r.duration_ms, r.album, r.album_type, r.released_on, r.popularity, s.normalized_title"
            + " from song_recordings r join named n on n.entity_kind = 'artist' and n.entity_id = r.artist_id"
            + " left join songs s on s.id = r.song_id");
    add(
        lines,
        jdbc,
        "select 'song', n.records, s.title, s.normalized_title, s.spotify_id, s.isrc, s.duration_ms, s.popularity, s.album,"
            + " s.released_on, s.source, exists (select 1 from setlist_songs x where x.song_id = s.id) as named"
            + " from songs s join named n on n.entity_kind = 'artist' and n.entity_id = s.artist_id");
    add(
        lines,
        jdbc,
        "select 'open', p.entity_kind, p.left_source, p.left_id, p.right_source, p.right_id, p.score"
            + " from identity_pairs p where p.state = 'review'");
    return lines;
  }

  private static void add(Set<String> lines, JdbcTemplate jdbc, String query) {
    jdbc.queryForList(NAMED + query).forEach(row -> lines.add(row.values().toString()));
  }
}
