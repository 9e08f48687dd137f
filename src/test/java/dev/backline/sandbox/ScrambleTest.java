package dev.backline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScrambleTest {
  private final Scramble ids = new Scramble(new Dice(3), Trait.SETLISTFM_ID);

  @Test
  void everyNumber_hasAnIdOfItsOwnThatLeadsBack() {
    Set<String> seen = new HashSet<>();
    for (int number = 0; number < 200_000; number += 7) {
      String id = ids.hex(number);
      assertThat(id).matches("[0-9a-f]{7,8}");
      assertThat(seen.add(id)).isTrue();
      assertThat(ids.ofHex(id)).isEqualTo(number);
    }
  }

  @Test
  void whatIsNoId_leadsNowhere() {
    assertThat(ids.ofHex("")).isNegative();
    assertThat(ids.ofHex("12345")).isNegative();
    assertThat(ids.ofHex("0123456a")).isNegative();
    assertThat(ids.ofHex("xyz12345")).isNegative();
  }
}
