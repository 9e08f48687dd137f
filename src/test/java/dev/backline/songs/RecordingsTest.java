package dev.backline.songs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What recordings are taken for, measured on a labelled table (S89, S95). */
class RecordingsTest {
  private final Recordings recordings = new Recordings(Rules.shipped());

  private record Row(String title, String album, String albumType, String kind) {
    boolean isAlternate() {
      return !RecordingKind.valueOf(kind.toUpperCase(Locale.ROOT)).isDisplay();
    }

    /** Whether the row is only measured; by its title, so that no title is in both halves. */
    boolean isHeldOut() {
      CRC32 crc = new CRC32();
      crc.update(title.getBytes(StandardCharsets.UTF_8));
      return (crc.getValue() & 1) == 1;
    }
  }

  private record Measured(
      int rows, double precision, double recall, double kinds, List<String> wrong) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%d rows: precision %.4f, recall %.4f, kind right %.4f",
          rows,
          precision,
          recall,
          kinds);
    }
  }

  private static List<Row> rows() {
    return Rules.table("recordings.tsv").stream()
        .map(cells -> new Row(cells[0], cells[1], cells[2], cells[3]))
        .toList();
  }

  private Measured measure(boolean heldOut) {
    int hits = 0;
    int falsely = 0;
    int missed = 0;
    int sameKind = 0;
    List<String> wrong = new ArrayList<>();
    List<Row> half = rows().stream().filter(row -> row.isHeldOut() == heldOut).toList();
    for (Row row : half) {
      Recordings.Judged judged = recordings.classify(row.title(), row.album(), row.albumType());
      boolean alternate = !judged.kind().isDisplay();
      hits += alternate && row.isAlternate() ? 1 : 0;
      falsely += alternate && !row.isAlternate() ? 1 : 0;
      missed += !alternate && row.isAlternate() ? 1 : 0;
      sameKind += judged.kind().text().equals(row.kind()) ? 1 : 0;
      if (!judged.kind().text().equals(row.kind())) {
        wrong.add(row + " taken for " + judged);
      }
    }
    return new Measured(
        half.size(),
        (double) hits / (hits + falsely),
        (double) hits / (hits + missed),
        (double) sameKind / half.size(),
        wrong);
  }

  @ParameterizedTest
  @CsvSource({"false, 0.97", "true, 0.97"})
  void liveAndAlternateRecordings_areToldFromTheOthers(boolean heldOut, double least) {
    Measured measured = measure(heldOut);
    System.out.println((heldOut ? "Held out, " : "Chosen on, ") + measured);
    assertThat(measured.rows()).isGreaterThan(300);
    assertThat(measured.precision()).as("precision; %s", measured.wrong()).isGreaterThan(least);
    assertThat(measured.recall()).as("recall; %s", measured.wrong()).isGreaterThan(least);
  }
}
