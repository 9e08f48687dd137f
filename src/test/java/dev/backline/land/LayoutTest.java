package dev.backline.land;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutTest {
  @ParameterizedTest
  @CsvSource({
    "_embedded.events,   _embedded;events",
    "' data.items ',     data;items",
    "items,              items"
  })
  void pathOfRecords_isReadStepByStep(String records, String steps) {
    assertThat(Layout.parse("event", records, "", "").records())
        .isEqualTo(List.of(steps.split(";")));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "  "})
  void noPath_meansTheAnswerItself(String records) {
    assertThat(Layout.parse("event", records, "", "").records()).isEmpty();
  }

  @Test
  void embeddedRecords_areReadAsPairs() {
    assertThat(
            Layout.parse("event", "events", " venue=_embedded.venues , artist = acts ,", "")
                .embedded())
        .containsExactly(
            new Layout.Embedded("venue", List.of("_embedded", "venues")),
            new Layout.Embedded("artist", List.of("acts")));
    assertThat(Layout.parse("event", "events", null, null).embedded()).isEmpty();
  }

  @Test
  void embeddedRecordsWithoutAPath_areRefusedWithTheirText() {
    assertThatThrownBy(() -> Layout.parse("event", "events", "venue=a,artist", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("kind=path", "'artist'");
  }

  @Test
  void volatileFields_areASetOfNames() {
    assertThat(Layout.parse("event", "events", "", " seen, updatedAt ,,").volatileFields())
        .containsExactlyInAnyOrder("seen", "updatedAt");
    assertThat(Layout.parse("event", "events", "", "").volatileFields()).isEmpty();
  }
}
