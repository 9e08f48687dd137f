package dev.backline.songs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which titles name one song (S90), by a table of pairs and by what keys look like. */
class TitleKeyTest {
  private final TitleKey keys = new TitleKey(Rules.shipped());

  static List<String[]> pairs() {
    return Rules.table("titles.tsv");
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void titlesOfOneSong_haveOneKeyAndOthersHaveTwo(String verdict, String one, String other) {
    assertThat(keys.of(one).equals(keys.of(other)))
        .as("%s and %s", keys.of(one), keys.of(other))
        .isEqualTo(verdict.equals("same"));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void keyOfASong_isThatOfItsPlainTitle(String verdict, String one, String other) {
    for (String title : List.of(one, other)) {
      assertThat(keys.of(keys.song(title))).as(title).isEqualTo(keys.of(title));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Yellow                                      | yellow",
        "(I Can't Get No) Satisfaction               | i cant get no satisfaction",
        "Another Brick in the Wall, Pt. II           | another brick in the wall part 2",
        "Shine On You Crazy Diamond (Parts I-V)      | shine on you crazy diamond part 1 5",
        "Part of Me                                  | part of me",
        "Rock ’n’ Roll                               | rock and roll",
        "Garçons & Filles                            | garcons and filles",
        "東京 (2020 Remaster)                         | 東京",
        "が                                          | が",
        "+/-                                         | +/-",
        "!!!                                         | !!!"
      })
  void key_holdsWhatBelongsToTheTitle(String title, String key) {
    assertThat(keys.of(title)).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Yellow - 2011 Remaster                         | Yellow",
        "Wonderwall (Live) [feat. Anna] - Remastered    | Wonderwall",
        "Wonderwall - Live - Knebworth 1996             | Wonderwall",
        "Jam - Live (Part 2)                            | Jam (Part 2)",
        "Don't You (Forget About Me) - Remastered       | Don't You (Forget About Me)",
        "Enter Sandman Live 1991                        | Enter Sandman",
        "Hope - Live for Tomorrow                       | Hope - Live for Tomorrow",
        "Tom &amp; Jerry                                | Tom & Jerry",
        "Live                                           | Live",
        "(Live)                                         | (Live)",
        "!!! (Live)                                     | !!!"
      })
  void song_isCalledByItsTitleWithoutVersionWords(String title, String song) {
    assertThat(keys.song(title)).isEqualTo(song);
  }

  @Test
  void titleWithoutAnythingVisible_isItsOwnKey() {
    assertThat(keys.of("\u200b")).isEqualTo("\u200b");
    assertThat(keys.of(" ")).isEqualTo(" ");
  }

  @Test
  void key_isAtMost2000CharactersAndHoldsNoHalfOfOne() {
    assertThat(keys.of("\ufdfa".repeat(2000))).hasSizeLessThanOrEqualTo(2000);
    String key = keys.of("a" + "\ud840\udc0b".repeat(1500));
    assertThat(key).hasSizeLessThanOrEqualTo(2000);
    assertThat(Character.isHighSurrogate(key.charAt(key.length() - 1))).isFalse();
  }
}
