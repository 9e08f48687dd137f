package dev.backline.songs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
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

  private static List<Row> rows(String table) {
    return Rules.table(table).stream()
        .map(cells -> new Row(cells[0], cells[1], cells[2], cells[3]))
        .toList();
  }

  private static List<Row> half(boolean heldOut) {
    return rows("recordings.tsv").stream().filter(row -> row.isHeldOut() == heldOut).toList();
  }

  private Measured measure(List<Row> rows) {
    int hits = 0;
    int falsely = 0;
    int missed = 0;
    int sameKind = 0;
    List<String> wrong = new ArrayList<>();
    for (Row row : rows) {
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
        rows.size(),
        (double) hits / (hits + falsely),
        (double) hits / (hits + missed),
        (double) sameKind / rows.size(),
        wrong);
  }

  @ParameterizedTest
  @CsvSource({"false, 0.97", "true, 0.97"})
  void liveAndAlternateRecordings_areToldFromTheOthers(boolean heldOut, double least) {
    Measured measured = measure(half(heldOut));
    System.out.println((heldOut ? "Held out, " : "Chosen on, ") + measured);
    assertThat(measured.rows()).isGreaterThan(300);
    assertThat(measured.precision()).as("precision; %s", measured.wrong()).isGreaterThan(least);
    assertThat(measured.recall()).as("recall; %s", measured.wrong()).isGreaterThan(least);
  }

  @Test
  void hardCases_areSeldomTakenForWhatTheyAreNot() {
    Measured measured = measure(rows("hard.tsv"));
    System.out.println("Hard cases, " + measured);
    assertThat(measured.precision()).as("precision; %s", measured.wrong()).isGreaterThan(0.95);
    assertThat(measured.recall()).as("recall; %s", measured.wrong()).isGreaterThan(0.75);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Alive (Live at Benaroya Hall)  | -             | live    | 0.5 | live (bracket) +8.5",
        "Alive                          | Live at Leeds | live    | 0.5 | live (album start) +6.5",
        "Alive - 2011 Remaster          | -             | reissue | 0.5 | remaster (dash) +8.0",
        "Live Forever                   | -             | studio  | 0.9 | -"
      })
  void judgement_saysWhichWordsDecidedIt(
      String title, String album, String kind, double least, String evidence) {
    Recordings.Judged judged =
        recordings.classify(title, album.equals("-") ? null : album, "album");
    assertThat(judged.kind().text()).isEqualTo(kind);
    assertThat(judged.score()).isBetween(least, 1.0);
    assertThat(judged.evidence()).isEqualTo(evidence.equals("-") ? List.of() : List.of(evidence));
  }
}
