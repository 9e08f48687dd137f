package dev.backline.scratch;

import dev.backline.sandbox.Sandbox;
import dev.backline.selftest.Score;
import dev.backline.store.Run;
import dev.backline.testkit.*;
import java.util.*;
import org.junit.jupiter.api.Test;

class ScratchTest {
  @Test
  void score() throws Exception {
    int n = Integer.getInteger("artists", 100);
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(Integer.getInteger("seed", 5), n))) {
      Map<String, String> more = new HashMap<>(sandbox.settings());
      more.put("jobs.artist-songs.lookups", "5000");
      more.put("jobs.historical-setlists.artists", "5000");
      more.put("jobs.upcoming-shows.artists", "5000");
      more.put("apply.sweep-after", "1");
      try (TestNode node = TestNode.start(Postgres.create(), sandbox.ticketmaster(), more)) {
        for (String job :
            List.of(
                "upcoming-shows",
                "upcoming-shows",
                "historical-setlists",
                "upcoming-shows",
                "upcoming-shows",
                "historical-setlists",
                "popular-artists",
                "upcoming-shows")) {
          long t = System.nanoTime();
          Run run = node.sync(job);
          node.awaitNoneLanded();
          System.out.println(
              "JOB "
                  + job
                  + " "
                  + (System.nanoTime() - t) / 1000000
                  + " ms "
                  + run.status()
                  + " "
                  + run.error()
                  + " fetched "
                  + run.fetched()
                  + " inserted "
                  + run.inserted()
                  + " rejected "
                  + run.rejected()
                  + " dead "
                  + run.dead()
                  + " skipped "
                  + run.skipped());
        }
        node.jdbc()
            .queryForList(
                "select source, record_kind, state, left(error,100) as error, count(*) from source_records group by 1,2,3,4 order by 1,2,3")
            .forEach(r -> System.out.println("REC " + r));
        node.jdbc()
            .queryForList("select cause, error, count(*) from dead_letters group by 1,2")
            .forEach(r -> System.out.println("LETTER " + r));
        Score.of(node.database().pool(), sandbox.identities())
            .forEach(
                (k, sc) ->
                    System.out.printf(
                        "BEFORE SCORE %s precision %.4f recall %.4f review %.3f%n",
                        k, sc.precision(), sc.recall(), sc.reviewShare()));
        if (Boolean.getBoolean("reland"))
          for (String rk : List.of("venue", "artist", "attraction", "setlist", "event")) {
            System.out.println("RELAND " + rk);
            node.jdbc()
                .update(
                    "update source_records set state = 'landed', last_changed = now() - interval '1 hour' where state = 'applied' and record_kind = ?",
                    rk);
            node.awaitNoneLanded();
          }
        Score.of(node.database().pool(), sandbox.identities())
            .forEach(
                (k, s) -> {
                  System.out.printf(
                      "SCORE %s records %d joined %d right %d wanted %d precision %.4f recall %.4f review %d (%.3f)%n",
                      k,
                      s.records(),
                      s.joined(),
                      s.right(),
                      s.wanted(),
                      s.precision(),
                      s.recall(),
                      s.review(),
                      s.reviewShare());
                  s.wrong().forEach(w -> System.out.println("  WRONG " + w));
                  s.missed().forEach(w -> System.out.println("  MISSED " + w));
                });
        Score.of(node.database().pool(), sandbox.identities())
            .forEach(
                (k, sc) -> {
                  if (List.of("venue", "show", "artist").contains(k))
                    sc.missed()
                        .forEach(
                            w -> {
                              var m =
                                  java.util.regex.Pattern.compile(
                                          "^(\\w+) (.*) \\((\\w+ [^)]*)\\) and (\\w+) (.*) \\((\\w+ [^)]*)\\)$")
                                      .matcher(w);
                              if (!m.matches()) return;
                              System.out.println("DBG " + w);
                              for (int g : new int[] {1, 4}) {
                                String sql =
                                    switch (k) {
                                      case "venue" ->
                                          "select v.name, v.city, v.state, v.country_code, v.country, v.latitude, v.longitude, v.address from venues v";
                                      case "show" ->
                                          "select v.name, v.local_date, v.local_time, v.venue_id, v.headliner_id, v.status, (select name from venues x where x.id = v.venue_id) as venue from shows v";
                                      default ->
                                          "select v.name, v.mbid, v.spotify_id, v.genres from artists v";
                                    };
                                System.out.println(
                                    "DBG   "
                                        + node.jdbc()
                                            .queryForList(
                                                sql
                                                    + " join source_links l on l.entity_id = v.id where l.entity_kind = ? and l.source = ? and l.source_id = ?",
                                                k,
                                                m.group(g),
                                                m.group(g + 1)));
                              }
                              if (k.equals("venue"))
                                for (int g : new int[] {1, 4})
                                  System.out.println(
                                      "DBG   keys "
                                          + node.jdbc()
                                              .queryForList(
                                                  "select key from identity_keys where entity_kind = 'venue' and source = ? and source_id = ?",
                                                  String.class,
                                                  m.group(g),
                                                  m.group(g + 1))
                                          + node.jdbc()
                                              .queryForList(
                                                  "select state, last_changed from source_records where record_kind = 'venue' and source = ? and source_id = ?",
                                                  m.group(g),
                                                  m.group(g + 1))
                                          + node.jdbc()
                                              .queryForList(
                                                  "select entity_id, method, decided_at from source_links where entity_kind = 'venue' and source = ? and source_id = ?",
                                                  m.group(g),
                                                  m.group(g + 1)));
                              System.out.println(
                                  "DBG   pair "
                                      + node.jdbc()
                                          .queryForList(
                                              "select score, evidence, state from identity_pairs where entity_kind = ? and ((left_source = ? and left_id = ? and right_source = ? and right_id = ?) or (right_source = ? and right_id = ? and left_source = ? and left_id = ?))",
                                              k,
                                              m.group(1),
                                              m.group(2),
                                              m.group(4),
                                              m.group(5),
                                              m.group(1),
                                              m.group(2),
                                              m.group(4),
                                              m.group(5)));
                            });
                });
        for (String t :
            List.of(
                "artists",
                "venues",
                "shows",
                "songs",
                "song_recordings",
                "setlists",
                "setlist_songs",
                "tours",
                "tour_venues",
                "show_offers",
                "identity_pairs",
                "identity_keys",
                "source_links")) System.out.println("COUNT " + t + " " + node.count(t));
      }
    }
  }
}
