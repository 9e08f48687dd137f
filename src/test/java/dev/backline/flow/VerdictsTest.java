package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backline.store.Decisions;
import dev.backline.store.Decisions.Key;
import dev.backline.testkit.Landed;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people say of records counts more than any rule, for good, whatever order it is said in. */
class VerdictsTest {
  private static final Key ADA = new Key("ticketmaster", "KA");
  private static final Key BEA = new Key("ticketmaster", "KB");
  private static final Key CAT = new Key("ticketmaster", "KC");

  private TestNode node;
  private Decisions decisions;

  @BeforeEach
  void start() {
    node = TestNode.start(Postgres.create(), URI.create("http://127.0.0.1:9"), Map.of());
    decisions =
        new Decisions(
            node.database().pool(),
            Map.of(
                "artist", Map.of("ticketmaster", "attraction"),
                "show", Map.of("ticketmaster", "event")));
    for (Key key : List.of(ADA, BEA, CAT)) {
      Landed.record(
          node, "ticketmaster", "attraction", key.id(), attraction(key, "Name of " + key.id()));
    }
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private static String attraction(Key key, String name) {
    return """
        {"id":"%s","name":"%s","classifications":[{"segment":{"id":"KZFzniwnSyZfZ7v7nJ"}}]}"""
        .formatted(key.id(), name);
  }

  private static String event(String id, Key artist) {
    return event(id, artist, "2031-02-03");
  }

  private static String event(String id, Key artist, String day) {
    return """
        {"id":"%s","name":"A show","dates":{"start":{"localDate":"%s"},"status":{"code":"onsale"}},
         "classifications":[{"segment":{"id":"KZFzniwnSyZfZ7v7nJ"}}],
         "_embedded":{"attractions":[%s]}}"""
        .formatted(id, day, attraction(artist, "Name of " + artist.id()));
  }

  private UUID entity(Key key) {
    return entity("artist", key);
  }

  private UUID entity(String kind, Key key) {
    return node.jdbc()
        .queryForObject(
            "select entity_id from source_links where entity_kind = ? and source = ? and source_id = ?",
            UUID.class,
            kind,
            key.source(),
            key.id());
  }

  private void same(Key keeper, Key other) {
    decisions.same("artist", keeper, other);
    node.awaitNoneLanded();
  }

  private void notSame(Key record, Key... keepers) {
    decisions.notSame("artist", record, List.of(keepers));
    node.awaitNoneLanded();
  }

  /** As a remap does it: every record once more, in the order given. */
  private void again(Key... order) {
    for (Key key : order) {
      node.jdbc()
          .update("update source_records set state = 'landed' where source_id = ?", key.id());
      node.awaitNoneLanded();
    }
  }

  @Test
  void keeper_goesOnWhicheverKeyComesFirst() {
    UUID ada = entity(ADA);
    UUID bea = entity(BEA);

    same(BEA, ADA);

    assertThat(entity(ADA)).isEqualTo(bea);
    assertThat(entity(BEA)).isEqualTo(bea);
    assertThat(node.count("artists where id = '" + ada + "'")).isZero();
    assertThat(
            node.count("merged_entities where gone_id = '" + ada + "' and keep_id = '" + bea + "'"))
        .isOne();
    assertThat(node.count("source_links where method = 'verdict' and decided_by = 'human'"))
        .isEqualTo(2);
  }

  @Test
  void verdict_outlivesANewVersionAndARemap() {
    same(ADA, BEA);
    UUID ada = entity(ADA);

    node.jdbc()
        .update(
            "update source_records set raw = raw, fingerprint = decode(md5(source_id), 'hex'), state = 'landed'"
                + " where source_id = 'KB'");
    node.awaitNoneLanded();
    again(BEA, CAT, ADA);

    assertThat(List.of(entity(ADA), entity(BEA))).containsOnly(ada);
    assertThat(entity(CAT)).isNotEqualTo(ada);
  }

  @Test
  void recordThatIsTakenOut_getsItsShowsBackAndTheKeeperItsId() {
    Landed.record(node, "ticketmaster", "event", "E1", event("E1", ADA));
    same(BEA, ADA);
    UUID kept = entity(BEA);
    assertThat(node.count("shows where headliner_id = '" + kept + "'")).isOne();

    notSame(ADA, BEA);

    assertThat(entity(BEA)).isEqualTo(kept);
    assertThat(entity(ADA)).isNotEqualTo(kept);
    assertThat(node.count("shows where headliner_id = '" + entity(ADA) + "'")).isOne();
    assertThat(node.count("show_artists where artist_id = '" + kept + "'")).isZero();
    again(ADA, BEA, CAT);
    assertThat(entity(BEA)).isEqualTo(kept);
    assertThat(entity(ADA)).isNotEqualTo(kept);
  }

  @Test
  void newerWord_counts() {
    same(ADA, BEA);
    notSame(BEA, ADA);
    assertThat(entity(ADA)).isNotEqualTo(entity(BEA));

    same(ADA, BEA);

    assertThat(entity(ADA)).isEqualTo(entity(BEA));
  }

  @Test
  void joiningInAnyOrder_givesTheSameGroups() {
    UUID cat = entity(CAT);
    same(CAT, ADA);
    same(CAT, BEA);
    assertThat(List.of(entity(ADA), entity(BEA), entity(CAT))).containsOnly(cat);

    notSame(ADA, BEA, CAT);
    notSame(BEA, ADA, CAT);
    same(ADA, BEA);
    same(CAT, ADA);

    assertThat(List.of(entity(ADA), entity(BEA), entity(CAT))).containsOnly(cat);
  }

  @Test
  void verdict_beatsTheTrustedIdThatBothName() {
    String mbid = "3f2a1b0c-9d8e-4c7b-a6f5-0123456789ab";
    Landed.artist(node, "One", mbid, null);
    Landed.artist(node, "Other", mbid, null);
    Key one = new Key("ticketmaster", "K" + Math.abs("One".hashCode()));
    Key other = new Key("ticketmaster", "K" + Math.abs("Other".hashCode()));
    assertThat(entity(one)).isEqualTo(entity(other));
    UUID kept = entity(one);

    notSame(other, one);

    assertThat(entity(one)).isEqualTo(kept);
    assertThat(entity(other)).isNotEqualTo(kept);
    again(other, one);
    assertThat(entity(other)).isNotEqualTo(entity(one));
  }

  @Test
  void joinedMbidsAndWhoGoesOn_areStoredTogetherOrNotAtAll() {
    node.jdbc()
        .execute("alter table verdicts add constraint nobody_decides check (false) not valid");
    String old = "3f2a1b0c-9d8e-4c7b-a6f5-0123456789ab";
    String joined = old.replace('3', '4');

    assertThatThrownBy(() -> decisions.same("artist", ADA, BEA, List.of(old), joined))
        .hasMessageContaining("nobody_decides");

    assertThat(node.count("mbid_redirects")).isZero();
  }

  @Test
  void valueOfAPerson_outlivesARemapAndAMerge() {
    UUID ada = entity(ADA);
    decisions.override("artist", ada, "name", "\"Ada herself\"");
    node.awaitNoneLanded();
    again(ADA);
    assertThat(node.count("artists where id = '" + ada + "' and name = 'Ada herself'")).isOne();

    same(BEA, ADA);
    assertThat(node.count("artists where id = '" + entity(BEA) + "' and name = 'Ada herself'"))
        .isOne();

    assertThat(decisions.clear("artist", entity(BEA), "name")).isTrue();
    node.awaitNoneLanded();
    assertThat(node.count("artists where name = 'Ada herself'")).isZero();
  }

  // --- Several that become one at once ----------------------------------------------------------

  /** Says that both others are the keeper, and has it applied in one batch. */
  private void allSame(String kind, Key keeper, Key... others) {
    node.invoke("sweep", "stop");
    for (Key other : others) {
      decisions.same(kind, keeper, other);
    }
    node.invoke("sweep", "start");
    node.awaitNoneLanded();
    assertThat(node.count("dead_letters")).isZero();
    for (Key other : others) {
      assertThat(entity(kind, other)).isEqualTo(entity(kind, keeper));
    }
  }

  private UUID added(String insert, Object... values) {
    return node.jdbc().queryForObject(insert + " returning id", UUID.class, values);
  }

  private UUID song(UUID artist, String title) {
    return added(
        "insert into songs (id, artist_id, title, normalized_title, source) values (gen_random_uuid(), ?, ?, lower(?), 'catalogue')",
        artist,
        title,
        title);
  }

  /** The predicted setlist of a show, with one song. */
  private UUID setlist(UUID show, UUID song) {
    UUID list =
        added(
            "insert into setlists (id, show_id, kind, rule) values (gen_random_uuid(), ?, 'predicted', 'popular')",
            show);
    entry(list, song, 0, false);
    return list;
  }

  private UUID entry(UUID list, UUID song, int position, boolean suggested) {
    return added(
        "insert into setlist_songs (id, setlist_id, song_id, position, suggested) values (gen_random_uuid(), ?, ?, ?, ?)",
        list,
        song,
        position,
        suggested);
  }

  private void vote(UUID visitor, UUID list, UUID song) {
    node.jdbc().update("insert into users (id) values (?) on conflict do nothing", visitor);
    node.jdbc()
        .update(
            "insert into user_votes (user_id, setlist_song_id) select ?, id from setlist_songs where setlist_id = ? and song_id = ?",
            visitor,
            list,
            song);
  }

  @Test
  void threeArtistsWithTheSameSongAndTour_becomeOneWithOneOfEach() {
    for (Key key : List.of(ADA, BEA)) {
      song(entity(key), "Our song");
      added(
          "insert into tours (id, artist_id, name) values (gen_random_uuid(), ?, 'Our tour')",
          entity(key));
      node.jdbc()
          .update(
              "insert into field_overrides (entity_kind, entity_id, field, value) values ('artist', ?, 'name', '\"Set by hand\"')",
              entity(key));
    }
    song(entity(BEA), "Her song");

    allSame("artist", CAT, ADA, BEA);

    String cat = "artist_id = '" + entity(CAT) + "'";
    assertThat(
            node.jdbc()
                .queryForList("select title from songs where " + cat + " order by 1", String.class))
        .containsExactly("Her song", "Our song");
    assertThat(node.count("tours where " + cat)).isOne();
    assertThat(node.count("artists where name = 'Set by hand'")).isOne();
  }

  @Test
  void threeShowsWithSetlists_becomeOneWithAllThatFansHaveSaid() {
    List<Key> events = new ArrayList<>();
    for (String id : List.of("E1", "E2", "E3")) {
      Landed.record(node, "ticketmaster", "event", id, event(id, ADA, "2031-02-0" + id.charAt(1)));
      events.add(new Key("ticketmaster", id));
    }
    UUID both = song(entity(ADA), "Of both");
    UUID suggested = song(entity(ADA), "Suggested for the second");
    UUID first = setlist(entity("show", events.get(0)), both);
    UUID second = setlist(entity("show", events.get(1)), both);
    entry(second, suggested, 1, true);
    UUID everywhere = UUID.randomUUID();
    vote(everywhere, first, both);
    vote(UUID.randomUUID(), first, both);
    vote(everywhere, second, both);
    vote(everywhere, second, suggested);
    vote(UUID.randomUUID(), second, both);
    vote(UUID.randomUUID(), second, both);

    allSame("show", events.get(2), events.get(0), events.get(1));

    assertThat(node.count("setlists")).isOne();
    assertThat(node.count("setlists where show_id = '" + entity("show", events.get(2)) + "'"))
        .isOne();
    assertThat(
            node.jdbc()
                .queryForList(
                    "select s.title || ': ' || e.votes from setlist_songs e join songs s on s.id = e.song_id order by e.position",
                    String.class))
        .containsExactly("Of both: 4", "Suggested for the second: 1");
    assertThat(node.count("user_votes")).isEqualTo(5);
  }
}
