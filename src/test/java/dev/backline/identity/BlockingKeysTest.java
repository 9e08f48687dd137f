package dev.backline.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockingKeysTest {
  private static final Words WORDS = WordsFile.load();

  private static Set<String> artist(String name) {
    return BlockingKeys.artist(
        ArtistFacts.of("a", "1", name, null, null, List.of(), null, Set.of(), WORDS));
  }

  @Test
  void artist_isFoundByNameLatinLettersAndSortedWords() {
    assertThat(artist("Sigur Rós")).containsExactly("n:sigur rós", "t:sigurros", "s:ros sigur");
    assertThat(artist("!!!")).containsExactly("n:!!!", "t:!!!", "s:!!!");
  }

  @ParameterizedTest
  @CsvSource({
    "Beyoncé, Beyonce",
    "'Simone, Nina', Nina Simone",
    "The Cure, CURE",
    "Lantern (Band), Lantern",
    "AC/DC, ACDC",
    "Sleigh Bells, Sleighbells",
    "Lynyrd Skynyrd, Lynyrd Skynrd",
    "Einstürzende Neubauten, Einstuerzende Neubauten"
  })
  void spellings_haveAKeyInCommon(String a, String b) {
    assertThat(artist(a)).containsAnyElementsOf(artist(b));
  }

  @Test
  void venue_isFoundByCellAndByCityWithAWord() {
    VenueFacts venue =
        LabelledPairsTest.venue("a", "The Roxy Theatre", "West Hollywood;CA;US;;;34.0908,-118.388");
    assertThat(BlockingKeys.venue(venue))
        .containsExactly("g:9q5cf", "c:US|west hollywood|roxy", "c:US|west hollywood|theatre");
    assertThat(BlockingKeys.venueLookup(venue)).hasSize(11);
  }

  @Test
  void cityCentre_isNoCell() {
    assertThat(BlockingKeys.venue(LabelledPairsTest.venue("a", "Roxy", "Paris;;FR;;;~48.85,2.35")))
        .containsExactly("c:FR|paris|roxy");
  }

  /** The example of the Geohash article, and the ends of the world. */
  @ParameterizedTest
  @CsvSource({
    "57.64911, 10.40744, u4pru, 9",
    "0, 179.99, xbpbp, 9",
    "-90, -180, 00000, 6",
    "89.99, 179.99, zzzzz, 6"
  })
  void cell_hasNeighbours(double latitude, double longitude, String cell, int around) {
    assertThat(Geohash.of(latitude, longitude, 5)).isEqualTo(cell);
    assertThat(Geohash.around(latitude, longitude, 5)).startsWith(cell).hasSize(around);
  }
}
