package dev.backline.sandbox;

import java.io.IOException;
import java.io.OutputStream;

/** Tells who each artist of Spotify is and what each track has on it, one JSON object a line. */
final class SpotifyTruth {
  private final Releases releases;
  private final OutputStream out;
  private final JsonBytes line = new JsonBytes(256);

  SpotifyTruth(Releases releases, OutputStream out) {
    this.releases = releases;
    this.out = out;
  }

  /** Writes every artist followed by the tracks of its own releases. */
  void write() throws IOException {
    SpotifyArtists artists = releases.artists();
    for (SpotifyArtist artist : (Iterable<SpotifyArtist>) artists.all()::iterator) {
      write(artist);
    }
    write(artists.of(SpotifyArtists.VARIOUS));
  }

  private void write(SpotifyArtist artist) throws IOException {
    line.clear().raw("{\"kind\":\"same\",\"source\":\"spotify\",\"record\":\"artist\",\"id\":\"");
    line.raw(artist.id()).raw("\",\"entity\":\"").raw(artist.entity());
    flush();
    for (Release release : releases.of(artist.number())) {
      for (Track track : release.tracks()) {
        Recording recording = track.recording();
        line.clear().raw("{\"kind\":\"recording\",\"source\":\"spotify\",\"id\":\"");
        line.raw(track.id()).raw("\",\"song\":\"").raw(recording.song().key());
        line.raw("\",\"recording\":\"").raw(recording.kind().word());
        flush();
      }
    }
  }

  private void flush() throws IOException {
    line.raw("\"}\n");
    out.write(line.data(), 0, line.length());
  }
}
