package dev.backline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RepertoireTest {
  private final World world = new World(7, 40, LocalDate.parse("2026-11-20"));
  private final Repertoire repertoire = new Repertoire(world);

  @Test
  void everyArtist_has8To60SongsWithTitlesOfTheirOwn() {
    for (int artist = 0; artist < 200; artist++) {
      List<Song> songs = repertoire.songs(artist);
      assertThat(songs).hasSizeBetween(8, 60);
      assertThat(songs.stream().map(song -> Titles.key(song.title()))).doesNotHaveDuplicates();
      assertThat(songs)
          .allSatisfy(song -> assertThat(song.durationMs()).isBetween(45_000, 900_000));
    }
  }

  @Test
  void codes_areTwelveCharactersAndNoTwoAreEqual() {
    List<String> codes =
        IntStream.range(0, 200)
            .mapToObj(repertoire::songs)
            .flatMap(List::stream)
            .map(Song::isrc)
            .toList();
    assertThat(codes)
        .doesNotHaveDuplicates()
        .allMatch(code -> code.matches("[A-Z]{2}[A-Z0-9]{3}\\d{7}"));
  }

  @Test
  void artist0_hasEveryHardTitle() {
    List<String> hard = Titles.HARD.stream().flatMap(List::stream).toList();
    assertThat(repertoire.songs(0)).extracting(Song::title).containsAll(hard);
  }

  @Test
  void sameSeed_sameSongsInAnyOrder_anotherSeedOthers() {
    List<Song> late = new Repertoire(new World(7, 90, world.start())).songs(5);
    assertThat(late).isEqualTo(repertoire.songs(5));
    assertThat(new Repertoire(new World(8, 40, world.start())).songs(5)).isNotEqualTo(late);
  }
}
