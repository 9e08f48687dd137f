package dev.backline.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.util.stream.IntStream;

/**
 * Tells what every track of Spotify has on it, one JSON object a line: {@code
 * {"kind":"recording","source":"spotify","id":"…","song":"song 17/3","recording":"live"}}.
 */
final class RecordingTruth {
  private final Releases releases;
  private final JsonBytes line = new JsonBytes(256);

  RecordingTruth(Releases releases) {
    this.releases = releases;
  }

  void write(OutputStream out) throws IOException {
    IntStream own = releases.artists().all().mapToInt(SpotifyArtist::number);
    IntStream all = IntStream.concat(own, IntStream.of(SpotifyArtists.VARIOUS));
    for (int artist : (Iterable<Integer>) all::iterator) {
      for (Release release : releases.of(artist)) {
        for (Track track : release.tracks()) {
          write(track, out);
        }
      }
    }
  }

  private void write(Track track, OutputStream out) throws IOException {
    line.clear().raw("{\"kind\":\"recording\",\"source\":\"spotify\",\"id\":\"").raw(track.id());
    line.raw("\",\"song\":\"").raw(track.recording().song().key()).raw("\",\"recording\":\"");
    line.raw(track.recording().kind().word()).raw("\"}\n");
    out.write(line.data(), 0, line.length());
  }
}
