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
  private static final List<String> ID = List.of("id");

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
            new Layout.Embedded("venue", List.of("_embedded", "venues"), ID),
            new Layout.Embedded("artist", List.of("acts"), ID));
    assertThat(Layout.parse("event", "events", null, null).embedded()).isEmpty();
  }

  @Test
  void embeddedRecordsWithoutAPath_areRefusedWithTheirText() {
    assertThatThrownBy(() -> Layout.parse("event", "events", "venue=a,artist", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("kind=path", "'artist'");
  }

  @Test
  void fieldsOfAnId_areNamedBehindThePath() {
    Layout layout = Layout.parse("artist", "artist:mbid", "venue=venue:name|city, tour=tour", "");
    assertThat(layout.records()).containsExactly("artist");
    assertThat(layout.id()).containsExactly("mbid");
    assertThat(layout.embedded())
        .containsExactly(
            new Layout.Embedded("venue", List.of("venue"), List.of("name", "city")),
            new Layout.Embedded("tour", List.of("tour"), ID));
    assertThat(Layout.parse("artist", "artist", "", "").id()).isEqualTo(ID);
  }

  @Test
  void dot_meansThatTheAnswerIsTheRecord() {
    assertThat(Layout.parse("album", ".", "", "").whole()).isTrue();
    assertThat(Layout.parse("album", "", "", "").whole()).isFalse();
  }

  @Test
  void severalPlaces_areALayoutEach() {
    assertThat(Layout.parseAll("track", "tracks.items, tracks,.", "", ""))
        .extracting(Layout::records)
        .containsExactly(List.of("tracks", "items"), List.of("tracks"), List.of());
    assertThat(Layout.parseAll("track", "", "", "")).hasSize(1);
  }

  @Test
  void volatileFields_areASetOfNames() {
    assertThat(Layout.parse("event", "events", "", " seen, updatedAt ,,").volatileFields())
        .containsExactlyInAnyOrder("seen", "updatedAt");
    assertThat(Layout.parse("event", "events", "", "").volatileFields()).isEmpty();
  }
}
