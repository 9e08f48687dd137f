package dev.backline.songs;

import dev.backline.songs.Findings.Finding;
import dev.backline.songs.VersionRules.Place;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Tells what a recording is of its song by adding up what its title and the name of its release
 * say; explainable, and measured on a labelled table ({@code RecordingsTest}). Reads nothing but
 * its arguments and the rules.
 */
public final class Recordings {
  private static final String SINGLE = "single";

  /**
   * What a recording is taken for.
   *
   * @param score how sure that is, 0.5 to 1
   * @param evidence the words that decided it with place and weight; none for a studio recording
   *     without any
   */
  public record Judged(RecordingKind kind, double score, List<String> evidence) {}

  private final VersionRules rules;

  public Recordings(VersionRules rules) {
    this.rules = rules;
  }

  /**
   * @param album name of the release; may be null
   * @param albumType album, single, compilation or null
   */
  public Judged classify(String title, String album, String albumType) {
    Map<RecordingKind, Finding> inTitle = strongest(ofTitle(Title.of(title)));
    boolean repeated = album != null && TitleText.fold(album).equals(TitleText.fold(title));
    Map<RecordingKind, Finding> inAlbum = // A single that is called like its song says no more.
        strongest(album == null || repeated ? List.of() : ofAlbum(Title.of(album)));
    double share = SINGLE.equals(albumType) ? rules.albumOfSingle : 1;
    RecordingKind best = RecordingKind.STUDIO;
    double most = Double.NEGATIVE_INFINITY;
    double reissue = Double.NEGATIVE_INFINITY;
    for (RecordingKind kind : RecordingKind.values()) {
      double sum = weight(inTitle.get(kind)) + share * weight(inAlbum.get(kind)) - rules.doubt;
      if (kind == RecordingKind.REISSUE) {
        reissue = sum;
      } else if (kind != RecordingKind.STUDIO && sum > most) {
        most = sum;
        best = kind;
      }
    }
    double other = Math.max(most, -rules.doubt);
    if (most > 0) {
      return judged(best, most, inTitle, inAlbum);
    }
    if (reissue > 0) {
      return judged(RecordingKind.REISSUE, reissue, inTitle, inAlbum);
    }
    return new Judged(RecordingKind.STUDIO, probability(-other), List.of());
  }

  private static Judged judged(
      RecordingKind kind,
      double sum,
      Map<RecordingKind, Finding> inTitle,
      Map<RecordingKind, Finding> inAlbum) {
    List<String> evidence = new ArrayList<>();
    if (inTitle.containsKey(kind)) {
      evidence.add(inTitle.get(kind).toString());
    }
    if (inAlbum.containsKey(kind)) {
      evidence.add(inAlbum.get(kind).toString());
    }
    return new Judged(kind, probability(sum), evidence);
  }

  private List<Finding> ofTitle(Title title) {
    List<Finding> findings = new ArrayList<>(Findings.inBase(rules, title.base()));
    title
        .parts()
        .forEach(
            part ->
                findings.addAll(
                    Findings.inPart(
                        rules, part.words(), part.dash() ? Place.DASH : Place.BRACKET)));
    return findings;
  }

  private List<Finding> ofAlbum(Title album) {
    List<Finding> findings = new ArrayList<>(Findings.inAlbum(rules, album.base()));
    album
        .parts()
        .forEach(part -> findings.addAll(Findings.inPart(rules, part.words(), Place.ALBUM_PART)));
    return findings;
  }

  /** For each kind what speaks most for it; what speaks against it in one place says nothing. */
  private static Map<RecordingKind, Finding> strongest(List<Finding> findings) {
    Map<RecordingKind, Finding> strongest = new EnumMap<>(RecordingKind.class);
    for (Finding finding : findings) {
      if (finding.phrase().kind() != null && finding.weight() > 0) {
        strongest.merge(
            finding.phrase().kind(),
            finding,
            (one, two) -> two.weight() > one.weight() ? two : one);
      }
    }
    return strongest;
  }

  private static double weight(Finding finding) {
    return finding == null ? 0 : finding.weight();
  }

  private static double probability(double sum) {
    return Math.round(1000 / (1 + Math.exp(-sum))) / 1000.0;
  }
}
