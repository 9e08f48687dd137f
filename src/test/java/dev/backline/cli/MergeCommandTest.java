package dev.backline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.testkit.Command;
import dev.backline.testkit.Command.Outcome;
import dev.backline.testkit.Http;
import dev.backline.testkit.Landed;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People join, part and judge; what was merged is found under its keeper. */
class MergeCommandTest {
  private static final String MBID = "3f2a1b0c-9d8e-4c7b-a6f5-0123456789ab";

  @TempDir private Path folder;

  private TestNode node;
  private Command command;

  @BeforeEach
  void start() {
    String database = Postgres.create();
    node = TestNode.serve(database, URI.create("http://127.0.0.1:9"), Map.of());
    command = Command.in(folder).with("DATABASE_URL", database);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  /** An artist of its own; answers its id. */
  private String artist(String name, String mbid) {
    Landed.artist(node, name, mbid, null);
    return node.jdbc()
        .queryForObject("select cast(id as text) from artists where name = ?", String.class, name);
  }

  private static String record(String name) {
    return "K" + Math.abs(name.hashCode());
  }

  private String entity(String name) {
    return node.jdbc()
        .queryForObject(
            "select cast(entity_id as text) from source_links where source_id = ?",
            String.class,
            record(name));
  }

  @Test
  void mergedId_leadsToItsKeeperEverywhere() {
    String one = artist("Adele", null);
    String other = artist("Adele Adkins", null);

    Outcome merge = command.run("merge", "artist", other, one);

    assertThat(merge.exitCode()).as(merge.err()).isZero();
    assertThat(merge.out())
        .isEqualTo("the artist " + other + " is one with " + one + ", whose id leads there\n");
    Http http = new Http(node.node().ports().http());
    Http.Answer gone = http.get("/api/artists/" + one);
    assertThat(gone.status()).isEqualTo(301);
    assertThat(gone.header("Location")).isEqualTo("/api/artists/" + other);
    assertThat(http.get("/api/artists/" + other).status()).isEqualTo(200);
    assertThat(http.get("/api/venues/" + one).status()).isEqualTo(404);
    assertThat(command.run("explain", "artist", one).out())
        .startsWith(one + " was merged into this artist:\n")
        .contains("joined by the word of a person")
        .contains("Took in, and answers for:\n  artist " + one);

    Outcome unmerge =
        command.run("unmerge", "artist", other, "ticketmaster", record("Adele"), "--json");

    assertThat(unmerge.exitCode()).as(unmerge.err()).isZero();
    assertThat(entity("Adele Adkins")).isEqualTo(other);
    assertThat(entity("Adele")).isNotIn(one, other);
    assertThat(unmerge.out()).contains("\"own\" : \"" + entity("Adele") + "\"");
    assertThat(http.get("/api/artists/" + one).header("Location"))
        .isEqualTo("/api/artists/" + other);
  }

  @Test
  void whatCanNeverBeOne_isRefusedInOneLine() {
    String one = artist("Air", MBID);
    String other = artist("Air (jazz)", MBID.replace('3', '4'));

    Outcome conflict = command.run("merge", "artist", one, other);

    assertThat(conflict.exitCode()).isEqualTo(2);
    assertThat(conflict.said())
        .containsExactly(
            "backline: they have different MBIDs (%s and %s) and are never joined; where MusicBrainz has made them one, say backline merge artist %s %s --mbid-redirect"
                .formatted(MBID, MBID.replace('3', '4'), one, other));
    assertThat(node.count("verdicts")).isZero();
    assertThat(command.run("merge", "artist", one, one).said())
        .containsExactly("backline: both are the artist " + one + " already");
    assertThat(command.run("merge", "song", one, other).said())
        .containsExactly("backline: there is no kind 'song'; the kinds are artist, venue, show");
    assertThat(command.run("unmerge", "artist", one, "ticketmaster", record("Air")).said())
        .containsExactly("backline: it is the only record of the artist " + one + " already");
  }

  @Test
  void artistsWhoseMbidsWereJoined_areOneByTheNewId() {
    String one = artist("Air", MBID);
    String other = artist("Air (jazz)", MBID.replace('3', '4'));

    Outcome merge = command.run("merge", "artist", other, one, "--mbid-redirect");

    assertThat(merge.exitCode()).as(merge.err()).isZero();
    assertThat(entity("Air")).isEqualTo(entity("Air (jazz)")).isEqualTo(other);
    assertThat(node.jdbc().queryForList("select mbid from artists", String.class))
        .containsExactly(MBID.replace('3', '4'));
    assertThat(command.run("explain", "artist", one).out()).doesNotContain(MBID);
  }

  @Test
  void pairThatWaits_isShownWithBothSidesAndDecided() {
    String one = artist("Beirut", null);
    String other = artist("Beyrouth", null);
    node.jdbc()
        .update(
            "insert into identity_pairs values ('artist', 'ticketmaster', ?, 'ticketmaster', ?, 0.8,"
                + " '[\"names alike (+30)\"]', 'review')",
            record("Beirut"),
            record("Beyrouth"));

    assertThat(command.run("review").out())
        .startsWith("  artist, score 0.8, since ")
        .contains("    ticketmaster " + record("Beirut") + ": Beirut\n")
        .contains("      - names alike (+30)\n");
    assertThat(command.run("review", "list", "--kind", "venue").out())
        .isEqualTo("no pair waits for a person\n");
    String[] pair = {"ticketmaster", record("Beirut"), "ticketmaster", record("Beyrouth")};
    Outcome no = command.run("review", "no", "artist", pair[0], pair[1], pair[2], pair[3]);

    assertThat(no.out()).isEqualTo("they are two artists for good\n");
    assertThat(node.count("identity_pairs")).isZero();
    assertThat(node.count("verdicts where not same")).isOne();
    Outcome yes = command.run("review", "yes", "artist", pair[2], pair[3], pair[0], pair[1]);
    assertThat(yes.exitCode()).as(yes.err()).isZero();
    assertThat(entity("Beirut")).isEqualTo(other).isNotEqualTo(one);
  }
}
