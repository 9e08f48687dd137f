package dev.backline.store;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The one list of what seeding fills and clearing empties. The order of the constants is the order
 * of clearing; the stage is the order of seeding, which writes parents before children. Tables
 * within a constant are emptied from left to right: those that depend on its table stand before it.
 */
public enum Catalogue {
  EVENTS(
      "events",
      new Stage(2, "venue-events"),
      "user_votes",
      "setlist_songs",
      "setlists",
      "show_offers",
      "show_changes",
      "gone_shows",
      "show_artists",
      "shows"),
  TOUR_VENUES("tourVenues", null, "tour_venues"),
  TOURS("tours", null, "tours"),
  VENUE_NETWORK("venueNetwork", new Stage(4, "venue-network"), "venue_network"),
  ARTISTS(
      "artists",
      new Stage(3, "event-artists"),
      "song_recordings",
      "songs",
      "artist_syncs",
      "import_status",
      "artists"),
  VENUES("venues", new Stage(1, "seed-venues"), "venue_syncs", "venues"),
  USERS("users", null, "users"),
  /** What the sources delivered and which runs fetched it, so that the next sync starts anew. */
  RECORDS(
      "records",
      null,
      "source_links",
      "identity_keys",
      "identity_pairs",
      "missed_records",
      "field_overrides",
      "merged_entities",
      "dead_letters",
      "letter_counts",
      "source_pages",
      "cached_answers",
      "source_records",
      "sync_events",
      "sync_progress",
      "sync_requests",
      "sync_jobs");

  /**
   * Tables that clearing leaves alone: what people decided for good, what was spent at the sources,
   * what schedules did, and whose database it is.
   */
  public static final List<String> KEPT =
      List.of(
          "verdicts",
          "mbid_redirects",
          "removed_records",
          "source_quota",
          "source_features",
          "job_ticks",
          "paused_jobs",
          "cron_logs",
          "alarms",
          "field_shares",
          "nodes",
          "installation");

  /**
   * How seeding fills a part.
   *
   * @param number 1 comes first
   * @param job that fetches or works out the rows
   */
  private record Stage(int number, String job) {}

  private final String title;
  private final Stage stage;
  private final List<String> tables;

  Catalogue(String title, Stage stage, String... tables) {
    this.title = title;
    this.stage = stage;
    this.tables = List.of(tables);
  }

  /** The parts that seeding fills, parents first. */
  public static List<Catalogue> seeding() {
    return Stream.of(values())
        .filter(part -> part.stage != null)
        .sorted(Comparator.comparing(part -> part.stage.number()))
        .toList();
  }

  /** What people call it. */
  public String title() {
    return title;
  }

  /** The job of its stage of seeding; null where seeding does not fill it. */
  public String job() {
    return stage == null ? null : stage.job();
  }

  /** Its tables in the order in which they are emptied; the last one holds the part itself. */
  public List<String> tables() {
    return tables;
  }

  /** The table that holds the part itself. */
  public String table() {
    return tables.get(tables.size() - 1);
  }
}
