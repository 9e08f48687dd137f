package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backline.sandbox.Sandbox;
import dev.backline.store.NodeAtWork;
import dev.backline.store.Presence;
import dev.backline.store.Run;
import dev.backline.store.Withdrawal;
import dev.backline.testkit.Catalogue;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** A purged source is nowhere any longer, and the catalogue is what the others alone make. */
class PurgeTest {
  private static final int EXAMPLES = 12;
  private static final List<String> SOURCES =
      List.of("bandsintown", "setlistfm", "spotify", "ticketmaster");

  private static Map<String, String> settings(Sandbox sandbox) {
    Map<String, String> settings = new HashMap<>(sandbox.settings());
    for (String job : List.of("upcoming-shows", "historical-setlists")) {
      settings.put("jobs." + job + ".artists", "10000");
    }
    settings.put("jobs.artist-songs.lookups", "10000");
    return settings;
  }

  private static void fill(TestNode node) {
    for (int pass = 0; pass < 2; pass++) {
      for (String job :
          List.of(
              "popular-artists",
              "upcoming-shows",
              "historical-setlists",
              "artist-songs",
              "venue-network")) {
        node.sync(job);
      }
    }
    node.awaitNoneLanded();
  }

  /** What fans have: a predicted setlist with a vote for each show of an artist with songs. */
  private static void vote(JdbcTemplate jdbc) {
    jdbc.execute(
        """
        insert into users (id) values ('00000000-0000-4000-8000-000000000007');
        insert into setlists (id, show_id, kind)
          select gen_random_uuid(), s.id, 'predicted' from shows s
          where exists (select 1 from songs x where x.artist_id = s.headliner_id);
        insert into setlist_songs (id, setlist_id, song_id, position, votes)
          select gen_random_uuid(), l.id, x.id, row_number() over (partition by l.id order by x.id) - 1, 1
          from setlists l join shows s on s.id = l.show_id join songs x on x.artist_id = s.headliner_id
          where l.kind = 'predicted';
        insert into user_votes (user_id, setlist_song_id)
          select u.id, x.id from users u, setlist_songs x join setlists l on l.id = x.setlist_id where l.kind = 'predicted';
        """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ticketmaster", "spotify"})
  void purgedSource_isNowhereAndTheRestIsWhatTheOthersMake(String source) throws IOException {
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(29, 8))) {
      List<Map<String, Object>> others;
      Set<String> ids;
      Set<String> purged;
      try (TestNode node =
          TestNode.start(Postgres.create(), sandbox.ticketmaster(), settings(sandbox))) {
        fill(node);
        JdbcTemplate jdbc = node.jdbc();
        others = jdbc.queryForList("select * from source_records where source <> ?", source);
        ids = ids(jdbc, source);
        assertThat(ids).hasSizeGreaterThan(10);
        vote(jdbc);
        Map<String, Object> kept = entities(jdbc, source);
        assertThat(kept).isNotEmpty();
        Withdrawal withdrawal = new Withdrawal(node.database().pool(), node.settings());
        assertThat(withdrawal.loss(source).records()).isPositive();

        Run run = node.await(withdrawal.source(source));

        assertThat(run.status()).as(run.toString()).isEqualTo("completed");
        assertThat(run.balanced()).isTrue();
        node.awaitNoneLanded();
        assertThat(found(jdbc, source, ids)).isEmpty();
        assertThat(entities(jdbc, source).keySet())
            .as("entities that others know keep their ids")
            .containsAll(kept.keySet());
        assertThat(unvouched(jdbc)).isEmpty();
        if (source.equals("bandsintown")) {
          assertThat(node.count("user_votes")).isPositive();
        }
        assertThat(
                node.count(
                    "user_votes v where not exists (select 1 from setlist_songs x where x.id = v.setlist_song_id)"))
            .isZero();
        jdbc.update("delete from setlists where source is null");
        purged = Catalogue.lines(jdbc);
        for (String other : SOURCES) {
          assertThat(node.tryOut(other, null, EXAMPLES).rows()).as(other).isEmpty();
        }
      }
      assertThat(differences(made(built(others, sandbox)), made(purged))).isEmpty();
    }
  }

  /** The catalogue that the records of the other sources make by themselves. */
  private static Set<String> built(List<Map<String, Object>> records, Sandbox sandbox) {
    Map<String, String> settings = settings(sandbox);
    settings.put("apply.sweep-delay", "10");
    try (TestNode node = TestNode.start(Postgres.create(), sandbox.ticketmaster(), settings)) {
      node.jdbc()
          .batchUpdate(
              "insert into source_records (source, record_kind, source_id, fingerprint, raw, state, error, held_back, last_changed)"
                  + " values (?, ?, ?, ?, ?, ?, ?, ?, now() - interval '1 hour')",
              records.stream()
                  .map(
                      r -> {
                        boolean kept = (Boolean) r.get("held_back");
                        return new Object[] {
                          r.get("source"),
                          r.get("record_kind"),
                          r.get("source_id"),
                          r.get("fingerprint"),
                          r.get("raw"),
                          kept ? r.get("state") : "landed",
                          kept ? r.get("error") : null,
                          kept
                        };
                      })
                  .toList());
      node.awaitNoneLanded();
      settle(node);
      return Catalogue.lines(node.jdbc());
    }
  }

  /**
   * Applies everything again until that changes nothing: records that come at once leave some to
   * do.
   */
  private static void settle(TestNode node) {
    boolean settled = false;
    for (int pass = 0; pass < 5 && !settled; pass++) {
      settled = true;
      for (String source : SOURCES) {
        if (!node.tryOut(source, null, 1).rows().isEmpty()) {
          settled = false;
          node.jdbc()
              .update(
                  "update source_records set state = 'landed', last_changed = now() - interval '1 hour'"
                      + " where source = ? and state = 'applied'",
                  source);
          node.awaitNoneLanded();
        }
      }
    }
    assertThat(settled).isTrue();
  }

  /** Lines but those of songs that only fans have named, which the other catalogue has none of. */
  private static Set<String> made(Set<String> lines) {
    return lines.stream()
        .filter(line -> !line.matches("\\[song, .*, setlist, false]"))
        .collect(Collectors.toSet());
  }

  private static List<String> differences(Set<String> first, Set<String> again) {
    Set<String> differences = new LinkedHashSet<>();
    first.stream().filter(line -> !again.contains(line)).forEach(l -> differences.add(l + " lost"));
    again.stream().filter(line -> !first.contains(line)).forEach(l -> differences.add(l + " new"));
    return differences.stream().sorted().limit(EXAMPLES).toList();
  }

  /** Ids that only this source gives: others may well name them. */
  private static Set<String> ids(JdbcTemplate jdbc, String source) {
    return Set.copyOf(
        jdbc.queryForList(
            "select distinct source_id from source_records where source = ? and length(source_id) > 6"
                + " except select k.key from identity_keys k"
                + " except select substr(k.key, 9) from identity_keys k where k.key like 'spotify:%' and k.source <> ?"
                + " except select substr(k.key, 6) from identity_keys k where k.key like 'mbid:%' and k.source <> ?",
            String.class, source, source, source));
  }

  /** Entities that another source vouches for. */
  private static Map<String, Object> entities(JdbcTemplate jdbc, String source) {
    Map<String, Object> entities = new HashMap<>();
    jdbc.queryForList(
            "select l.entity_kind || ' ' || min(l.entity_id::text) as entity, count(distinct l.entity_id) as n from source_links l"
                + " where l.source <> ? and exists (select 1 from source_links o where o.entity_id = l.entity_id and o.source = ?)"
                + " group by l.entity_kind, l.entity_id",
            source,
            source)
        .forEach(row -> entities.put((String) row.get("entity"), row.get("n")));
    jdbc.queryForList(
            "select l.entity_kind || ' ' || l.entity_id as entity from source_links l where l.source <> ?",
            source)
        .forEach(row -> entities.putIfAbsent((String) row.get("entity"), 1L));
    return entities;
  }

  private static List<String> unvouched(JdbcTemplate jdbc) {
    return jdbc.queryForList(
        "select 'artist ' || name from artists a where not exists (select 1 from source_links l where l.entity_kind = 'artist' and l.entity_id = a.id)"
            + " union all select 'venue ' || name from venues a where not exists (select 1 from source_links l where l.entity_kind = 'venue' and l.entity_id = a.id)"
            + " union all select 'show ' || name from shows a where not exists (select 1 from source_links l where l.entity_kind = 'show' and l.entity_id = a.id)"
            + " union all select 'tour ' || name from tours t where not exists (select 1 from shows s where s.tour_id = t.id)",
        String.class);
  }

  /** Every place where the source, or an id that it gave, still stands. */
  private static Set<String> found(JdbcTemplate jdbc, String source, Set<String> ids) {
    Set<String> found = new LinkedHashSet<>();
    for (Map<String, Object> column :
        jdbc.queryForList(
            "select c.table_name, c.column_name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)"
                + " where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.table_name not in ('flyway_schema_history', 'source_quota')")) {
      String table = (String) column.get("table_name");
      String name = (String) column.get("column_name");
      Long rows =
          jdbc.queryForObject(
              "select count(*) from " + table + " where " + name + "::text = ?",
              Long.class,
              source);
      if (rows > 0) {
        found.add(table + "." + name + " = " + source + ": " + rows);
      }
      if (name.equals(source + "_id") && !name.equals("spotify_id")) {
        rows =
            jdbc.queryForObject(
                "select count(*) from " + table + " where " + name + " is not null", Long.class);
        if (rows > 0) {
          found.add(table + "." + name + ": " + rows);
        }
      }
    }
    for (String table :
        jdbc.queryForList(
            "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace",
            String.class)) {
      jdbc.queryForList(
              "with words as materialized (select distinct w from "
                  + table
                  + " t, regexp_split_to_table(t::text, '[^A-Za-z0-9_-]+') w)"
                  + " select w from words where w = any (?) limit 5",
              String.class,
              (Object) ids.toArray(String[]::new))
          .forEach(id -> found.add(table + " holds " + id));
    }
    return found;
  }

  @Test
  void nodeAtWork_refuses() throws Exception {
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(29, 1));
        TestNode node =
            TestNode.start(Postgres.create(), sandbox.ticketmaster(), settings(sandbox));
        Presence presence = Presence.announce(node.database())) {
      Withdrawal withdrawal = new Withdrawal(node.database().pool(), node.settings());
      assertThat(presence).isNotNull();
      assertThatThrownBy(() -> withdrawal.source("ticketmaster")).isInstanceOf(NodeAtWork.class);
    }
  }
}
