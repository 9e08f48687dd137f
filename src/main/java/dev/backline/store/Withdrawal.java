package dev.backline.store;

import dev.backline.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes records out of the database with everything that they alone vouch for. What other records
 * vouch for too stays what it is, and those are landed again under a run of the job purge, so that
 * the flow makes its values of them alone; {@link #rest} ends that run. Bean {@code withdrawal} of
 * {@code routes/flow/withdraw.camel.yaml}.
 */
public final class Withdrawal {
  /** The job whose runs apply what remains. */
  public static final String JOB = "purge";

  /**
   * Tables that hold rows of a source, each with what deletes them; {@code ?} is the source. Rows
   * of the catalogue follow from these by their links.
   */
  static final Map<String, String> OF_SOURCE = new LinkedHashMap<>();

  /**
   * Tables with a source that a purge leaves alone: what the key has spent, and what owners asked
   * to be kept out.
   */
  static final Set<String> KEPT = Set.of("source_quota", "removed_records");

  /** The same for some records of a source, which stand in {@code withdrawn}. */
  private static final List<String> OF_RECORDS =
      List.of(
          gone("source_records"),
          gone("missed_records"),
          gone("dead_letters"),
          goneEntity("source_links"),
          goneEntity("identity_keys"),
          goneSide("identity_pairs"),
          goneSide("verdicts"),
          "delete from show_offers o using withdrawn w where o.source = w.source and o.source_id = w.source_id",
          "delete from song_recordings r using heard h where r.source = h.source and r.artist_id = h.artist_id",
          "update source_pages p set ids = array(select x from unnest(p.ids) x where x <> all (w.gone)),"
              + " changed = array(select x from unnest(p.changed) x where x <> all (w.gone))"
              + " from (select source, record_kind, array_agg(source_id) as gone from withdrawn group by 1, 2) w"
              + " where p.source = w.source and p.record_kind = w.record_kind and p.ids && w.gone",
          "delete from setlists l using touched t, (select distinct source from withdrawn) w"
              + " where t.entity_kind = 'show' and l.show_id = t.entity_id and l.kind = 'played' and l.source = w.source");

  static {
    OF_SOURCE.put("source_records", "delete from source_records where source = ?");
    OF_SOURCE.put("source_pages", "delete from source_pages where source = ?");
    OF_SOURCE.put("source_links", "delete from source_links where source = ?");
    OF_SOURCE.put("source_features", "delete from source_features where source = ?");
    OF_SOURCE.put("identity_keys", "delete from identity_keys where source = ?");
    OF_SOURCE.put(
        "identity_pairs", "delete from identity_pairs where ? in (left_source, right_source)");
    OF_SOURCE.put("verdicts", "delete from verdicts where ? in (left_source, right_source)");
    OF_SOURCE.put("mbid_redirects", "delete from mbid_redirects where told_by = ?");
    OF_SOURCE.put("missed_records", "delete from missed_records where source = ?");
    OF_SOURCE.put("dead_letters", "delete from dead_letters where source = ?");
    // The letters' own triggers have counted them away; the lines that name the source go too.
    OF_SOURCE.put("letter_counts", "delete from letter_counts where source = ?");
    OF_SOURCE.put("cached_answers", "delete from cached_answers where source = ?");
    OF_SOURCE.put("field_shares", "delete from field_shares where source = ?");
    OF_SOURCE.put("sync_events", "delete from sync_events where platform = ?");
    OF_SOURCE.put("alarms", "delete from alarms where split_part(subject, ' ', 1) = ?");
    OF_SOURCE.put("show_offers", "delete from show_offers where source = ?");
    OF_SOURCE.put("song_recordings", "delete from song_recordings where source = ?");
    OF_SOURCE.put("setlists", "delete from setlists where source = ? and kind = 'played'");
    OF_SOURCE.put("artist_syncs", "delete from artist_syncs where source = ?");
    OF_SOURCE.put("venue_syncs", "delete from venue_syncs where source = ?");
    // Also what remaps and replays asked of its records.
    OF_SOURCE.put(
        "sync_requests",
        "delete from sync_requests where ? in (source, request #>> '{of,source}')");
  }

  /** What would go with a source. */
  public record Loss(
      long records,
      long artists,
      long venues,
      long shows,
      long kept,
      long votes,
      long suggestions) {}

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final Settings settings;

  public Withdrawal(DataSource dataSource, Settings settings) {
    this.jdbc = new JdbcTemplate(dataSource);
    this.transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    this.settings = settings;
  }

  private static String gone(String table) {
    return "delete from "
        + table
        + " x using withdrawn w where x.source = w.source and x.record_kind = w.record_kind"
        + " and x.source_id = w.source_id";
  }

  private static String goneEntity(String table) {
    return "delete from "
        + table
        + " x using withdrawn_members w where x.entity_kind = w.entity_kind and x.source = w.source"
        + " and x.source_id = w.source_id";
  }

  private static String goneSide(String table) {
    return "delete from "
        + table
        + " x using withdrawn_members w where x.entity_kind = w.entity_kind and"
        + " ((x.left_source = w.source and x.left_id = w.source_id)"
        + " or (x.right_source = w.source and x.right_id = w.source_id))";
  }

  // --- What is asked before ---------------------------------------------------------------------

  /** What purging a source would take, and how many entities would remain. */
  public Loss loss(String source) {
    return jdbc.queryForObject(
        "with of as (select l.entity_kind, l.entity_id, not exists (select 1 from source_links o"
            + "   where o.entity_kind = l.entity_kind and o.entity_id = l.entity_id and o.source <> l.source) as alone"
            + "  from source_links l where l.source = ? group by 1, 2, 3),"
            + " lost as (select x.id, x.suggested from of join setlists s on s.show_id = of.entity_id"
            + "  join setlist_songs x on x.setlist_id = s.id"
            + "  where of.entity_kind = 'show' and of.alone and s.kind = 'predicted')"
            + " select (select count(*) from source_records where source = ?),"
            + " count(*) filter (where alone and entity_kind = 'artist'),"
            + " count(*) filter (where alone and entity_kind = 'venue'),"
            + " count(*) filter (where alone and entity_kind = 'show'),"
            + " count(*) filter (where not alone),"
            + " (select count(*) from lost join user_votes v on v.setlist_song_id = lost.id),"
            + " (select count(*) from lost where suggested) from of",
        (row, i) ->
            new Loss(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7)),
        source,
        source);
  }

  // --- Taking out -------------------------------------------------------------------------------

  /**
   * Takes out everything that a source delivered.
   *
   * @return the run that applies what remains
   * @throws NodeAtWork where a node runs, which might just be bringing more of it
   */
  public UUID source(String source) {
    // By itself and first: who lands a page of it just now loses the lease and takes its page back.
    transaction.executeWithoutResult(status -> forgetRuns(source));
    return transaction.execute(
        status -> {
          if (!jdbc.queryForObject("select " + Presence.ALONE, Boolean.class)) {
            throw new NodeAtWork();
          }
          open();
          jdbc.update(
              "insert into withdrawn select source, record_kind, source_id from source_records where source = ?"
                  + " union select e.source, e.record_kind, l.source_id from source_links l"
                  + " join members e on e.entity_kind = l.entity_kind and e.source = l.source where l.source = ?",
              source,
              source);
          jdbc.update(
              "insert into touched select distinct entity_kind, entity_id from source_links where source = ?",
              source);
          jdbc.update(
              "insert into heard select distinct source, artist_id from song_recordings where source = ?",
              source);
          look();
          return take(
              source,
              false,
              new ArrayList<>(OF_SOURCE.values())
                  .stream().map(sql -> (Runnable) () -> jdbc.update(sql, source)).toList());
        });
  }

  /** Requests to a source, and runs that asked nobody else: what they asked for tells of it. */
  private void forgetRuns(String source) {
    List<UUID> runs =
        jdbc.queryForList(
            "select distinct run_id from sync_requests where ? in (source, request #>> '{of,source}')"
                + " union select id from sync_jobs where job in ('remap', 'purge') and metadata ->> 'source' = ?",
            UUID.class,
            source,
            source);
    jdbc.update(OF_SOURCE.get("sync_requests"), source);
    for (String column :
        jdbc.queryForList(
            "select column_name from information_schema.columns where table_schema = 'public'"
                + " and table_name = 'sync_jobs' and column_name = ? || '_id'",
            String.class,
            source)) {
      jdbc.update("update sync_jobs set " + column + " = null where " + column + " is not null");
    }
    jdbc.update(
        "delete from sync_jobs j where j.id = any (?)"
            + " and not exists (select 1 from sync_requests r where r.run_id = j.id)"
            + " and not exists (select 1 from source_pages p where p.run_id = j.id and p.source <> ?)",
        runs.toArray(UUID[]::new),
        source);
  }

  /**
   * Takes out one record on request of whoever owns it, and keeps it out from now on.
   *
   * @return the run that applies what remains
   */
  public UUID remove(String source, String kind, String id) {
    return transaction.execute(
        status -> {
          jdbc.update(
              "insert into removed_records (source, record_kind, source_id) values (?, ?, ?) on conflict do nothing",
              source,
              kind,
              id);
          open();
          jdbc.update("insert into withdrawn values (?, ?, ?)", source, kind, id);
          return records(source, false);
        });
  }

  /** Whether the body of a removed record has come back: a page that landed meanwhile had it. */
  public boolean isBack(String source, String kind, String id) {
    return jdbc.queryForObject(
        "select count(*) > 0 from source_records"
            + " where source = ? and record_kind = ? and source_id = ? and length(raw) > 0",
        Boolean.class,
        source,
        kind,
        id);
  }

  /** How long what nothing is made of is kept, and what the catalogue is made of; 0: for good. */
  private record Limit(String source, String kind, int raw, int derived) {}

  /**
   * Forgets what is older than the settings of its source and kind allow and was not seen since. In
   * the transaction of the caller, if there is one.
   *
   * @return how many records went, in words
   */
  public String expire() {
    return transaction.execute(
        status -> {
          List<Limit> limits = limits();
          limits.forEach(this::noteSeen);
          List<String> said = new ArrayList<>();
          for (String source : new LinkedHashSet<>(limits.stream().map(Limit::source).toList())) {
            open();
            limits.stream().filter(l -> l.source().equals(source)).forEach(this::expired);
            long records = jdbc.queryForObject("select count(*) from withdrawn", Long.class);
            if (records > 0) {
              records(source, true);
              said.add(records + " of " + source);
            }
          }
          return said.isEmpty() ? "no record" : String.join(", ", said);
        });
  }

  private List<Limit> limits() {
    return jdbc
        .query(
            "select distinct source, record_kind from source_records order by 1, 2",
            (row, i) ->
                new Limit(
                    row.getString(1),
                    row.getString(2),
                    days(row.getString(1), row.getString(2), "raw-days"),
                    days(row.getString(1), row.getString(2), "derived-days")))
        .stream()
        .filter(limit -> limit.raw() > 0 || limit.derived() > 0)
        .toList();
  }

  /** Days for a kind: its own setting, else that of its source. */
  private int days(String source, String kind, String what) {
    return settings
        .find(source + "." + kind + "." + what)
        .or(() -> settings.find(source + "." + what))
        .map(Integer::parseInt)
        .orElse(0);
  }

  /** An unchanged page touches no record; here it is noted that its records were there. */
  private void noteSeen(Limit limit) {
    jdbc.update(
        "update source_records r set seen_at = p.seen from (select id, max(x.fetched_at) as seen"
            + "  from source_pages x cross join lateral unnest(x.ids) as id where x.source = ? and x.record_kind = ?"
            + "  and x.request_window <> 'what remains' group by 1) p"
            + " where r.source = ? and r.record_kind = ? and r.source_id = p.id"
            + " and p.seen > coalesce(r.seen_at, r.last_changed) + interval '12 hours'",
        limit.source(),
        limit.kind(),
        limit.source(),
        limit.kind());
  }

  private void expired(Limit limit) {
    expired(limit, "state = 'applied'", limit.derived());
    expired(limit, "state not in ('applied', 'landed')", limit.raw());
  }

  private void expired(Limit limit, String states, int days) {
    if (days > 0) {
      jdbc.update(
          "insert into withdrawn select source, record_kind, source_id from source_records r"
              + " where source = ? and record_kind = ? and "
              + states
              + " and length(raw) > 0 and coalesce(seen_at, last_changed) < now() - make_interval(days => ?)",
          limit.source(),
          limit.kind(),
          days);
    }
  }

  /** Takes out what stands in {@code withdrawn}, while nodes may be at work. */
  private UUID records(String source, boolean expired) {
    jdbc.execute(
        "select 1 from source_records r join withdrawn w using (source, record_kind, source_id)"
            + " order by record_kind, source_id for update of r");
    jdbc.update(
        "insert into touched select distinct l.entity_kind, l.entity_id from withdrawn_members w"
            + " join source_links l on l.entity_kind = w.entity_kind and l.source = w.source and l.source_id = w.source_id");
    jdbc.update(
        "insert into heard select distinct k.source, l.entity_id from withdrawn w"
            + " join identity_keys k on k.entity_kind = 'song' and k.source = w.source and k.source_id = w.source_id"
            + " join source_links l on l.entity_kind = 'artist' and l.source = k.source"
            + "  and k.key = 'r:' || l.source_id || '|' || w.record_kind"
            + " where exists (select 1 from song_recordings r where r.source = k.source and r.artist_id = l.entity_id)");
    look();
    // Which recordings came with which release is not kept: all of the artist are made again.
    jdbc.update(
        "insert into again select distinct r.source, r.record_kind, r.source_id from heard h"
            + " join source_links l on l.entity_kind = 'artist' and l.source = h.source and l.entity_id = h.artist_id"
            + " join identity_keys k on k.entity_kind = 'song' and k.source = l.source"
            + "  and k.key >= 'r:' || l.source_id || '|' and k.key < 'r:' || l.source_id || '}'"
            + " join source_records r on r.source = k.source and r.source_id = k.source_id"
            + "  and r.record_kind = substr(k.key, length(l.source_id) + 4) and r.state = 'applied'"
            + " on conflict do nothing");
    return take(
        source,
        expired,
        OF_RECORDS.stream().map(sql -> (Runnable) () -> jdbc.update(sql)).toList());
  }

  private void open() {
    jdbc.execute("select pg_advisory_xact_lock(hashtext('backline apply'))");
    jdbc.execute(
        "drop view if exists pg_temp.withdrawn_members;"
            + " drop table if exists pg_temp.withdrawn, pg_temp.touched, pg_temp.members, pg_temp.heard, pg_temp.again,"
            + " pg_temp.songs_of");
    jdbc.execute(
        "create temp table withdrawn (source text collate \"C\", record_kind text collate \"C\", source_id text collate \"C\","
            + "  primary key (source, record_kind, source_id)) on commit drop;"
            + "create temp table members (entity_kind text, source text collate \"C\", record_kind text collate \"C\") on commit drop;"
            + "create temp table touched (entity_kind text, entity_id uuid, primary key (entity_kind, entity_id)) on commit drop;"
            + "create temp table heard (source text collate \"C\", artist_id uuid) on commit drop;"
            + "create temp table songs_of (artist_id uuid primary key) on commit drop;"
            + "create temp table again (source text collate \"C\", record_kind text collate \"C\", source_id text collate \"C\","
            + "  primary key (source, record_kind, source_id)) on commit drop;"
            + "create temp view withdrawn_members as select e.entity_kind, w.source, w.source_id from withdrawn w"
            + "  join members e on e.source = w.source and e.record_kind = w.record_kind");
    for (String source : settings.sources()) {
      for (String kind : List.of("artist", "venue", "show")) {
        settings
            .find(source + "." + kind + "-records")
            .ifPresent(k -> jdbc.update("insert into members values (?, ?, ?)", kind, source, k));
      }
    }
  }

  /**
   * Finds what is landed again: the other records of the entities that are touched, of the shows
   * there, and of pairs that were weighed with a record that goes.
   */
  private void look() {
    jdbc.execute("analyze withdrawn; analyze touched");
    jdbc.update(
        "insert into again select distinct r.source, r.record_kind, r.source_id from ("
            + "  select l.entity_kind, l.source, l.source_id from touched t"
            + "   join source_links l on l.entity_kind = t.entity_kind and l.entity_id = t.entity_id"
            + "  union select l.entity_kind, l.source, l.source_id from touched t"
            + "   join shows s on (t.entity_kind = 'venue' and s.venue_id = t.entity_id)"
            + "   join source_links l on l.entity_kind = 'show' and l.entity_id = s.id"
            + "  union select l.entity_kind, l.source, l.source_id from touched t"
            + "   join show_artists s on t.entity_kind = 'artist' and s.artist_id = t.entity_id"
            + "   join source_links l on l.entity_kind = 'show' and l.entity_id = s.show_id"
            + "  union select p.entity_kind, p.left_source, p.left_id from identity_pairs p join withdrawn_members w"
            + "   on w.entity_kind = p.entity_kind and w.source = p.right_source and w.source_id = p.right_id"
            + "  union select p.entity_kind, p.right_source, p.right_id from identity_pairs p join withdrawn_members w"
            + "   on w.entity_kind = p.entity_kind and w.source = p.left_source and w.source_id = p.left_id"
            + "  union select k.entity_kind, k.source, k.source_id from mbid_redirects m"
            + "   join identity_keys k on k.entity_kind = 'artist' and k.trusted"
            + "    and k.key in ('mbid:' || m.old_mbid, 'mbid:' || m.mbid)"
            + "   where m.told_by in (select source from withdrawn)) n"
            + " join members e on e.entity_kind = n.entity_kind and e.source = n.source"
            + " join source_records r on r.source = e.source and r.record_kind = e.record_kind and r.source_id = n.source_id"
            + " where r.state = 'applied'");
    // Whose songs have to be worked out again: of recordings that go, and of what was played.
    jdbc.update(
        "insert into songs_of select artist_id from heard"
            + " union select s.artist_id from touched t join setlists l on t.entity_kind = 'show' and l.show_id = t.entity_id"
            + "  join setlist_songs x on x.setlist_id = l.id join songs s on s.id = x.song_id where l.kind = 'played'");
  }

  /** Deletes, and lands again what remains. */
  private UUID take(String source, boolean expired, List<Runnable> deletions) {
    UUID run = UUID.randomUUID();
    long records = jdbc.queryForObject("select count(*) from withdrawn", Long.class);
    jdbc.update(
        "insert into sync_jobs (id, job, priority, job_type, status, started_at, metadata) values (?, ?, 2, 'shows_only',"
            + " 'in_progress', now(), jsonb_build_object('source', cast(? as text), 'records', cast(? as bigint),"
            + " 'expired', cast(? as boolean), 'artists', (select coalesce(jsonb_agg(artist_id), '[]') from songs_of)))",
        run,
        JOB,
        source,
        records,
        expired);
    jdbc.update(
        "delete from again a using withdrawn w where (a.source, a.record_kind, a.source_id)"
            + " = (w.source, w.record_kind, w.source_id)");
    deletions.forEach(Runnable::run);
    unlinked();
    jdbc.update(
        "delete from show_changes c using touched t where t.entity_kind = 'show' and c.show_id = t.entity_id");
    jdbc.update(
        "delete from gone_shows g using touched t where t.entity_kind = 'show' and g.show_id = t.entity_id"
            + " and not exists (select 1 from source_links l join missed_records m on m.source = l.source and m.source_id = l.source_id"
            + "  where l.entity_kind = 'show' and l.entity_id = g.show_id)");
    jdbc.update(
        "with landed as (update source_records r set state = 'landed', error = null, run_id = ? from again a"
            + "  where r.source = a.source and r.record_kind = a.record_kind and r.source_id = a.source_id"
            + "  and r.state = 'applied' returning r.source, r.record_kind, r.source_id),"
            + " pages as (select source, record_kind, source_id, dense_rank() over (order by source) as n,"
            + "  (row_number() over (partition by source, record_kind order by source_id) - 1) / 500 as page from landed)"
            + " insert into source_pages (run_id, source, record_kind, request_window, request_n, page, ids, changed)"
            + " select ?, source, record_kind, 'what remains', n, page, array_agg(source_id), array_agg(source_id)"
            + " from pages group by source, record_kind, n, page",
        run,
        run);
    return run;
  }

  /** Entities that no applied record vouches for any longer go, with what hangs on them. */
  private void unlinked() {
    String stays =
        "exists (select 1 from source_links l join members e on e.entity_kind = l.entity_kind and e.source = l.source"
            + " join source_records r on r.source = l.source and r.record_kind = e.record_kind and r.source_id = l.source_id"
            + " where l.entity_kind = t.entity_kind and l.entity_id = t.entity_id and r.state in ('applied', 'landed'))";
    jdbc.execute(
        "create temp table lost on commit drop as select t.entity_kind, t.entity_id from touched t where not "
            + stays);
    for (String kind : List.of("show", "artist", "venue")) {
      jdbc.update(
          "delete from "
              + Entities.table(kind)
              + " x using lost t where t.entity_kind = ? and x.id = t.entity_id",
          kind);
    }
    jdbc.update(
        "delete from source_links l using lost t where l.entity_kind = t.entity_kind and l.entity_id = t.entity_id");
    jdbc.update(
        "delete from field_overrides o using lost t where o.entity_kind = t.entity_kind and o.entity_id = t.entity_id");
    jdbc.update(
        "delete from merged_entities m using lost t where m.entity_kind = t.entity_kind and m.keep_id = t.entity_id");
    jdbc.update(
        "update sync_jobs j set entity_id = null from lost t where j.entity_id = t.entity_id");
    jdbc.execute("drop table lost");
  }

  // --- The end of such a run --------------------------------------------------------------------

  /** Parameters of {@code derive-songs.sql}: the artists that have lost recordings or setlists. */
  public Map<String, Object> artists(@ExchangeProperty("run") String run) {
    List<String> artists =
        jdbc.queryForList(
            "select a from sync_jobs j, jsonb_array_elements_text(j.metadata -> 'artists') a where j.id = ?",
            String.class,
            UUID.fromString(run));
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("artist_ids", artists.toArray(String[]::new));
    return parameters;
  }

  /**
   * What is made of many records follows at the end: songs that only a prediction names any longer
   * go with their votes (unless they have only expired), tours are those that shows are part of.
   */
  public void rest(@Body Map<String, Object> artists, @ExchangeProperty("run") String run) {
    Object ids = artists.get("artist_ids");
    if (!jdbc.queryForObject(
        "select cast(metadata ->> 'expired' as boolean) from sync_jobs where id = ?",
        Boolean.class,
        UUID.fromString(run))) {
      unheard(ids);
    }
    jdbc.update(
        "update artists a set songs_synced_at = null where a.id = any (cast(? as uuid[])) and songs_synced_at is not null"
            + " and not exists (select 1 from song_recordings r where r.artist_id = a.id)",
        ids);
    jdbc.update(
        "delete from tours t where not exists (select 1 from shows s where s.tour_id = t.id)");
    jdbc.update(
        "update tours t set starts_on = d.starts_on, ends_on = d.ends_on from (select s.tour_id,"
            + "  min(s.local_date) as starts_on, max(s.local_date) as ends_on from shows s where s.tour_id is not null group by 1) d"
            + " where t.id = d.tour_id and (t.starts_on, t.ends_on) is distinct from (d.starts_on, d.ends_on)");
    jdbc.update(
        "delete from tour_venues v where not exists (select 1 from shows s where s.tour_id = v.tour_id and s.venue_id = v.venue_id)");
    jdbc.update(
        "insert into tour_venues as v (tour_id, venue_id, shows) select s.tour_id, s.venue_id, count(*) from shows s"
            + " where s.tour_id is not null and s.venue_id is not null group by 1, 2"
            + " on conflict (tour_id, venue_id) do update set shows = excluded.shows where v.shows <> excluded.shows");
  }

  /** Songs that only predictions name, which were made of what has gone. */
  private void unheard(Object ids) {
    String unheard =
        " songs s where s.artist_id = any (cast(? as uuid[])) and not exists (select 1 from song_recordings r"
            + "  where r.artist_id = s.artist_id and r.title_key = s.normalized_title and r.kind in ('studio', 'reissue'))"
            + " and not exists (select 1 from setlist_songs x join setlists l on l.id = x.setlist_id"
            + "  where x.song_id = s.id and l.kind = 'played')";
    List<UUID> lists =
        jdbc.queryForList(
            "select distinct x.setlist_id from setlist_songs x where x.song_id in (select s.id from"
                + unheard
                + ")",
            UUID.class,
            ids);
    jdbc.update("delete from" + unheard, ids);
    jdbc.update(
        "delete from setlists l where l.id = any (?)"
            + " and not exists (select 1 from setlist_songs x where x.setlist_id = l.id)",
        (Object) lists.toArray(UUID[]::new));
  }
}
