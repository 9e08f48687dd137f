package dev.backline.reload;

/**
 * Something wrong in a file under {@code routes/}.
 *
 * @param line from 1; 0 where it is the file as a whole
 * @param what is wrong, in one line
 * @param cure what to do
 */
public record Problem(String file, int line, String what, String cure)
    implements Comparable<Problem> {
  public Problem {
    what = oneLine(what);
    cure = oneLine(cure);
  }

  private static String oneLine(String text) {
    return String.valueOf(text).replaceAll("[\\s\\p{Cntrl}]+", " ").trim();
  }

  /** {@code file:line: what is wrong}. */
  public String where() {
    return file + (line > 0 ? ":" + line : "") + ": " + what;
  }

  @Override
  public String toString() {
    return where() + "; " + cure;
  }

  @Override
  public int compareTo(Problem other) {
    int byFile = file.compareTo(other.file);
    int byLine = byFile != 0 ? byFile : Integer.compare(line, other.line);
    return byLine != 0 ? byLine : what.compareTo(other.what);
  }
}
