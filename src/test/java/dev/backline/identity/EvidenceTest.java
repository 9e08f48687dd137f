package dev.backline.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a pair's evidence says to a person; how often it is right, {@link LabelledPairsTest}. */
class EvidenceTest {
  private static final Words WORDS = WordsFile.load();
  private static final String COVINGTON = "Covington;KY;US;734 Madison Ave;41011;39.0831,-84.5086";

  private static ArtistFacts artist(String source, String name, String... shows) {
    return ArtistFacts.of(source, "1", name, null, null, List.of(), null, Set.of(shows), WORDS);
  }

  private static VenueFacts venue(String source, String name, String place) {
    return LabelledPairsTest.venue(source, name, place);
  }

  private static Evidence venues(String a, String placeOfA, String b, String placeOfB) {
    return VenueEvidence.of(venue("a", a, placeOfA), venue("b", b, placeOfB));
  }

  private static Evidence shows(String a, String b) {
    return ShowEvidence.of(LabelledPairsTest.show("a", a), LabelledPairsTest.show("b", b));
  }

  // --- Lines ------------------------------------------------------------------------------------

  @Test
  void score_isTheSumOfItsLines() {
    Evidence evidence =
        ArtistEvidence.of(artist("a", "Yes", "2026-05-01|v1"), artist("b", "YES", "2026-05-01|v1"));
    assertThat(evidence.lines())
        .containsExactly("names equal but for spelling (+50)", "a show in common (+35)");
    assertThat(evidence.score()).isEqualTo(0.85);
    assertThat(evidence.reaches(ArtistEvidence.ACCEPT)).isTrue();
  }

  @Test
  void pair_hasOneScoreInBothDirections() {
    assertThat(
            venues("Roxy Theatre-CA", "West Hollywood;CA;US;;;", "The Roxy", "Los Angeles;CA;US"))
        .isEqualTo(
            venues("The Roxy", "Los Angeles;CA;US", "Roxy Theatre-CA", "West Hollywood;CA;US;;;"));
  }

  @Test
  void twoIdsOfOneSource_areNeverJoinedByEvidence() {
    Evidence evidence = ArtistEvidence.of(artist("a", "Radiohead"), artist("a", "Radiohead"));
    assertThat(evidence.veto()).isEqualTo("two ids of one source");
    assertThat(evidence.reaches(0)).isFalse();
  }

  // --- Artists ----------------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({
    "Radiohead, The Radiohead, true",
    "Guns N' Roses, Guns N’ Roses, true",
    "Beyoncé, Beyonce, true",
    "Yes, Yes, false",
    "Yes, Yesterday, false",
    "Air, Fairground Attraction, false",
    "U2, U2 Tribute Band, false",
    "Radiohead, Radiohead Tribute, false",
    "!!!, +/-, false",
    "!!!, !!!, false"
  })
  void nameAlone_joinsWhereItIsRare(String a, String b, boolean joined) {
    Evidence evidence = ArtistEvidence.of(artist("a", a), artist("b", b));
    assertThat(evidence.reaches(ArtistEvidence.ACCEPT)).as("%s", evidence).isEqualTo(joined);
  }

  @Test
  void differentIds_forbidWhatAllElseSays() {
    ArtistFacts one =
        ArtistFacts.of("a", "1", "Trees", "m1", "s", List.of(), null, Set.of("d|v"), WORDS);
    ArtistFacts other =
        ArtistFacts.of("b", "1", "Trees", "m2", "s", List.of(), null, Set.of("d|v"), WORDS);
    assertThat(ArtistEvidence.of(one, other).veto()).isEqualTo("different MusicBrainz ids");
  }

  // --- Venues -----------------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Madison Live (734)  | Covington;KY;US;;;39.08,-84.50 | Madison Live - Covington | Covington;KY;US;;;39.11,-84.52",
        "Madison Live (734)  | Covington;KY;US                | Madison Live             | Covington;;United States",
        "Roxy Theatre-CA     | West Hollywood;CA;US           | The Roxy Theatre         | West Hollywood;California;US",
        "Satellite Lounge-WA | Seattle;WA;US                  | Satellite Lounge         | Seattle;WA;US",
        "Rumir Opera House   | 大阪市;;JP                      | The Rumir Opera House    | Osaka;;JP",
        "The Pageant         | St. Louis;MO;US                | Pageant                  | Saint Louis;;USA",
        "Terminal 5          | New York;NY;US                 | Terminal 5               | New York City;New York;US",
        "Lucerna Music Bar   | Praha;;CZ                      | Lucerna Music Bar        | Prague;;Czech Republic",
        "Brixton Academy     | London;;GB                     | O2 Academy Brixton       | London;England;United Kingdom",
      })
  void venue_isTheSame(String a, String placeOfA, String b, String placeOfB) {
    Evidence evidence = venues(a, placeOfA, b, placeOfB);
    assertThat(evidence.reaches(VenueEvidence.ACCEPT)).as("%s", evidence).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Paradiso            | Paradiso - Upstairs           | different rooms",
        "Paradiso Upstairs   | Paradiso - Main Hall          | different rooms",
        "Paradiso Stage 1    | Paradiso Stage 2              | different rooms",
        "Paradiso            | Paradiso Parking              | one is no venue",
        "Paradiso            | Studio at Paradiso            | different rooms",
        "Paradiso            | Tolhuis at Paradiso           | one stands inside the other",
        "Paradiso Palace     | Paradiso Palace Theatre       | one is a hall of the other",
      })
  void roomsAndCarParks_areNotTheHouse(String a, String b, String veto) {
    String place = "Amsterdam;;NL;Weteringschans 6;1017 SG;52.3622,4.8838";
    assertThat(venues(a, place, b, place).veto()).isEqualTo(veto);
  }

  @ParameterizedTest
  @CsvSource({"39.0831, true", "39.0931, true", "39.1331, true", "39.1631, false"})
  void coordinates_differByAFewHundredthsOfADegree(String latitude, boolean joined) {
    Evidence evidence =
        venues(
            "Madison Live",
            COVINGTON,
            "Madison Live",
            "Covington;KY;US;;;" + latitude + ",-84.5086");
    assertThat(evidence.reaches(VenueEvidence.ACCEPT)).as("%s", evidence).isEqualTo(joined);
  }

  @Test
  void cityCentre_saysNothingOfDistanceWithinTheCity() {
    String centre = "Covington;KY;US;;;~39.2,-84.5";
    assertThat(venues("Madison Live", COVINGTON, "Madison Live", centre).lines())
        .containsExactly("names equal (+50)", "same city (+35)");
  }

  @Test
  void oneNameInTwoCities_isTwoVenues() {
    Evidence evidence = venues("House of Blues", "Boston;MA;US", "House of Blues", "Chicago;IL;US");
    assertThat(evidence.reaches(VenueEvidence.REVIEW)).isFalse();
  }

  // --- Shows ------------------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A;v=v d=2026-05-01 t=20:00 a=a | A;v=v d=2026-05-01 a=a            | 0.85",
        "A;v=v d=2026-05-01 t=20:00 a=a | A;v=v d=2026-05-01 t=20:30 a=a    | 0.95",
        "A;v=v d=2026-05-01 t=20:00 a=a | A;v=v d=2026-05-01 t=14:00 a=a    | 0.60",
        "A;v=v d=2026-05-01 t=20:00 a=a | A;v=v d=2026-05-02 a=a            | 0.65",
        "A;v=v d=2026-05-01 t=20:00 a=a | A;v=v d=2026-05-02 t=20:00 a=a    | 0.35",
        "A;v=v d=2026-05-02 t=00:30 a=a | A;v=v d=2026-05-01 a=a            | 0.80",
        "A;v=v d=2026-05-01 c=Wien a=a  | A;d=2026-05-01 c=Vienna a=a       | 0.80",
        "A;v=v d=2026-05-01 t=20:00 a=a | A;v=v d=2026-05-01 a=b,a          | 0.80",
        "A;v=v d=2026-05-01 t=20:00 a=a | A;v=v d=2026-05-01 t=20:00 a=b    | 0.00",
        "A;v=v c=Wien d=2026-05-01 t=20:00 a=a | A;v=w c=Vienna d=2026-05-01 t=20:00 a=a | 0.80",
        "A;v=v c=Wien d=2026-05-01 t=20:00 a=a | A;v=w c=Vienna d=2026-05-01 a=a         | 0.40",
        "A;v=v c=Wien d=2026-05-01 t=20:00 a=a | A;v=w c=Graz d=2026-05-01 t=20:00 a=a   | 0.50",
        "A;v=v c=Wien d=2026-05-01 t=20:00 a=a | A;v=w c=Wien d=2026-05-01 t=20:00 a=b,a | 0.45",
        "A;v=v c=Wien d=2026-05-01 t=20:00 a=a | A;d=2026-05-01 t=20:00 a=a              | 0.80",
        "A;v=v c=Wien d=2026-05-01 t=20:00 a=a | A;d=2026-05-01 a=a                      | 0.60",
      })
  void show_scoresByVenueDayAndLineUp(String a, String b, double score) {
    assertThat(shows(a, b).score()).isEqualTo(score);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A - Matinee      | A - Late Show    | early and late show",
        "A (Early Show)   | A (2nd Show)     | early and late show",
        "A                | A - VIP Package  | one is an offer beside a show",
        "A                | A - 3-Day Pass   | one is a pass for several shows",
      })
  void listings_areNotTheShow(String a, String b, String veto) {
    String facts = ";v=v d=2026-05-01 t=20:00 a=a";
    assertThat(shows(a + facts, b + facts).veto()).isEqualTo(veto);
  }

  @Test
  void early_isABandsWordToo() {
    String facts = ";v=v d=2026-05-01 a=a";
    assertThat(LabelledPairsTest.show("a", "Early Man" + facts).session()).isNull();
    assertThat(LabelledPairsTest.show("a", "Man (Early)" + facts).session()).isEqualTo("early");
  }
}
