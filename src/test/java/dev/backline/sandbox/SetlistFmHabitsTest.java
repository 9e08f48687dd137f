package dev.backline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The habits of setlist.fm, each counted over one world. */
class SetlistFmHabitsTest {
  private static final List<JsonNode> SETLISTS = new ArrayList<>();
  private static final List<JsonNode> SETS = new ArrayList<>();
  private static final List<JsonNode> SONGS = new ArrayList<>();
  private static final List<JsonNode> ARTISTS = new ArrayList<>();
  private static final Map<String, JsonNode> VENUES = new HashMap<>();
  private static World world;

  @BeforeAll
  static void readTheWorld() throws IOException {
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(4, 600))) {
      Client client = new Client(sandbox);
      SETLISTS.addAll(client.allOf("setlist", "search/setlists", ""));
      ARTISTS.addAll(client.allOf("artist", "search/artists", ""));
      world = sandbox.world();
    }
    for (JsonNode setlist : SETLISTS) {
      VENUES.put(setlist.at("/venue/id").asText(), setlist.get("venue"));
      setlist.at("/sets/set").forEach(SETS::add);
    }
    SETS.forEach(set -> set.get("song").forEach(SONGS::add));
  }

  @Test
  void history_isAboutEightShowsAnArtist() {
    Map<String, Integer> shows = new HashMap<>();
    SETLISTS.forEach(each -> shows.merge(each.at("/artist/mbid").asText(), 1, Integer::sum));
    assertThat(SETLISTS.size() / 600.0).isBetween(7.0, 14.0);
    assertThat(shows.size()).isLessThan(ARTISTS.size());
  }

  @Test
  void gapsOfSetlists_haveTheirShares() {
    assertThat(share(SETLISTS, each -> !each.has("tour"))).isBetween(15.0, 50.0);
    assertThat(share(SETLISTS, each -> each.at("/sets/set").isEmpty())).isBetween(3.0, 12.0);
    assertThat(share(SETLISTS, each -> each.has("info"))).isBetween(4.0, 15.0);
    assertThat(SETLISTS).anyMatch(each -> each.path("info").asText().equals("Early show"));
    assertThat(SETLISTS).anyMatch(each -> each.path("info").asText().equals("Late show"));
  }

  @Test
  void earlyAndLateShow_haveDifferentSongs() {
    Map<String, JsonNode> early = new HashMap<>();
    SETLISTS.stream()
        .filter(each -> each.path("info").asText().equals("Early show"))
        .forEach(each -> early.put(key(each), each));
    List<JsonNode> pairs =
        SETLISTS.stream()
            .filter(each -> each.path("info").asText().equals("Late show"))
            .filter(each -> early.containsKey(key(each)))
            .toList();
    assertThat(pairs).isNotEmpty();
    assertThat(pairs)
        .allMatch(late -> !late.get("id").equals(early.get(key(late)).get("id")))
        .anyMatch(late -> !late.get("sets").equals(early.get(key(late)).get("sets")));
  }

  @Test
  void sets_haveNamesAndEncores() {
    assertThat(share(SETS, set -> set.path("name").asText().equals("Set 1:"))).isBetween(1.0, 8.0);
    assertThat(SETS).anyMatch(set -> set.has("name") && set.get("name").asText().isEmpty());
    assertThat(SETS).anyMatch(set -> set.path("encore").asInt() == 1);
    assertThat(SETS).anyMatch(set -> set.path("encore").asInt() == 2);
    assertThat(SETS).noneMatch(set -> set.get("song").isEmpty());
  }

  @Test
  void songs_haveTheirHabits() {
    assertThat(share(SONGS, song -> song.path("tape").asBoolean())).isBetween(0.3, 2.0);
    assertThat(share(SONGS, song -> song.has("cover"))).isBetween(3.0, 10.0);
    assertThat(share(SONGS, song -> song.has("with"))).isCloseTo(2, near(40));
    assertThat(share(SONGS, song -> song.has("info"))).isCloseTo(5, near(30));
    assertThat(share(SONGS, song -> song.get("name").asText().isEmpty())).isBetween(0.5, 3.0);
    assertThat(SONGS).anyMatch(song -> song.get("name").asText().contains(" / "));
    assertThat(SONGS).anyMatch(song -> song.get("name").asText().contains(" > "));
  }

  @Test
  void venues_haveOnlyTheirCitysCentreAndOtherNames() {
    assertThat(share(VENUES.values(), venue -> !venue.at("/city").has("coords")))
        .isBetween(1.0, 15.0);
    Map<String, Set<JsonNode>> centres = new HashMap<>();
    VENUES.values().stream()
        .filter(venue -> venue.at("/city").has("coords"))
        .forEach(
            venue ->
                centres
                    .computeIfAbsent(venue.at("/city/id").asText(), id -> new HashSet<>())
                    .add(venue.at("/city/coords")));
    assertThat(centres.values()).allMatch(coords -> coords.size() == 1);
    Set<String> names = new HashSet<>();
    for (int i = 0; i < world.venueCount(); i++) {
      if (world.venue(i).name() != null) {
        names.add(Spellings.clean(world.venue(i).name()));
      }
    }
    assertThat(share(VENUES.values(), venue -> !names.contains(venue.get("name").asText())))
        .isBetween(20.0, 50.0);
    assertThat(VENUES.values())
        .anyMatch(venue -> venue.get("name").asText().startsWith("O2 "))
        .anyMatch(venue -> venue.get("name").asText().matches(".*-[A-Z]{2,3}"))
        .anyMatch(venue -> venue.at("/city/name").asText().equals("Munich"))
        .anyMatch(venue -> venue.at("/city/country/name").asText().equals("United Kingdom"));
  }

  @Test
  void artists_haveTributesAndNamesakesUnderMbidsOfTheirOwn() {
    assertThat(ARTISTS)
        .anyMatch(artist -> artist.get("name").asText().matches(".*(Tribute|Experience).*"));
    Map<String, Set<String>> byName = new HashMap<>();
    ARTISTS.forEach(
        artist ->
            byName
                .computeIfAbsent(artist.get("name").asText(), name -> new HashSet<>())
                .add(artist.get("mbid").asText()));
    assertThat(byName.values()).anyMatch(mbids -> mbids.size() > 1);
    assertThat(ARTISTS).anyMatch(artist -> artist.get("sortName").asText().endsWith(", The"));
    assertThat(share(ARTISTS, artist -> !artist.get("disambiguation").asText().isEmpty()))
        .isBetween(5.0, 20.0);
  }

  @Test
  void supportAct_hasASetlistOfTheSameShow() {
    Map<String, Set<String>> artists = new HashMap<>();
    SETLISTS.forEach(
        each ->
            artists
                .computeIfAbsent(
                    each.get("eventDate") + " " + each.at("/venue/id"), k -> new HashSet<>())
                .add(each.at("/artist/mbid").asText()));
    assertThat(share(artists.values(), each -> each.size() > 1)).isGreaterThan(15);
  }

  private static String key(JsonNode setlist) {
    return setlist.get("eventDate") + " " + setlist.at("/artist/mbid");
  }

  private static <T> double share(Collection<T> things, Predicate<T> habit) {
    return things.stream().filter(habit).count() * 100.0 / things.size();
  }

  private static Percentage near(int percent) {
    return Percentage.withPercentage(percent);
  }
}
