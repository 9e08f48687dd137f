package dev.backline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReleasesTest {
  private final World world = new World(7, 60, LocalDate.parse("2026-11-20"));
  private final Releases releases = new Releases(world);

  @Test
  void everyArtist_hasAlbumsAndTracksThatAreFoundById() {
    for (SpotifyArtist artist : releases.artists().all().toList()) {
      List<Release> all = releases.of(artist.number());
      long albums = all.stream().filter(each -> each.type() == Release.Type.ALBUM).count();
      assertThat(albums).isBetween(releases.artists().tribute(artist.number()) ? 1L : 2L, 12L);
      for (Release release : all) {
        assertThat(release.id()).matches("[0-9A-Za-z]{22}");
        assertThat(releases.release(release.id())).isEqualTo(release);
        assertThat(release.tracks()).isNotEmpty();
      }
      Release last = all.get(all.size() - 1);
      Track track = last.tracks().get(last.tracks().size() - 1);
      assertThat(releases.track(track.id())).isEqualTo(new Releases.Pressed(last, track));
    }
  }

  @Test
  void oneCode_isOneRecording_oneTrackIdOneTrack() {
    Map<String, Recording> byCode = new HashMap<>();
    Set<String> ids = new HashSet<>();
    IntStream numbers = releases.artists().all().mapToInt(SpotifyArtist::number);
    IntStream.concat(numbers, IntStream.of(SpotifyArtists.VARIOUS))
        .boxed()
        .flatMap(number -> releases.of(number).stream())
        .flatMap(release -> release.tracks().stream())
        .forEach(
            track -> {
              assertThat(ids.add(track.id())).as(track.id()).isTrue();
              Recording recording = track.recording();
              assertThat(byCode.merge(recording.isrc(), recording, (first, next) -> first))
                  .isEqualTo(recording);
            });
    assertThat(byCode).hasSizeLessThan(ids.size());
  }

  @Test
  void everyKindOfRecording_andBareLiveTitles_occur() {
    Set<Recording.Kind> kinds = EnumSet.noneOf(Recording.Kind.class);
    int bare = 0;
    int guests = 0;
    for (SpotifyArtist artist : releases.artists().all().toList()) {
      for (Release release : releases.of(artist.number())) {
        for (Track track : release.tracks()) {
          Recording recording = track.recording();
          kinds.add(recording.kind());
          assertThat(track.name()).startsWith(recording.song().title());
          if (recording.kind() == Recording.Kind.LIVE
              && track.name().equals(recording.song().title())) {
            assertThat(release.name()).startsWith("Live at ");
            bare++;
          }
          guests += track.artists().size() - 1;
        }
      }
    }
    assertThat(kinds).containsExactlyInAnyOrder(Recording.Kind.values());
    assertThat(bare).isPositive();
    assertThat(guests).isPositive();
  }

  @Test
  void appearances_areOfOthersAndCreditTheArtist() {
    boolean asGuest = false;
    for (int artist = 0; artist < 20; artist++) {
      for (Release release : releases.appearances(artist)) {
        assertThat(release.artist()).isNotEqualTo(artist);
        assertThat(release.credits(artist)).isTrue();
        asGuest |= release.artist() != SpotifyArtists.VARIOUS;
      }
    }
    assertThat(asGuest).isTrue();
  }

  @Test
  void unmix_undoesMix() {
    for (long value = -5; value < 5; value++) {
      assertThat(Dice.unmix(Dice.mix(value * 0x1234567890ABCDEFL)))
          .isEqualTo(value * 0x1234567890ABCDEFL);
    }
  }
}
