package dev.backline.apply;

import dev.backline.identity.Offers;
import dev.backline.identity.Pair;
import dev.backline.identity.Partition.Thresholds;
import dev.backline.identity.ShowEvidence;
import dev.backline.identity.ShowFacts;
import dev.backline.identity.Words;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Shows: found by the day together with a venue or an artist. A record's keys name its own source's
 * ids ({@code p:} place, {@code r:} artist, {@code o:} the place of a listing sold beside a show),
 * so that they never change with what is joined; looking up goes through the other records of its
 * venue and its artists.
 */
final class ShowStratum implements Stratum {
  private static final double BESIDE = 0.95;

  /** As long as a date, so that what stands before it is found. */
  private static final String UNDATED = "0000-00-00";

  private final Supplier<Words> words;

  ShowStratum(Supplier<Words> words) {
    this.words = words;
  }

  @Override
  public String kind() {
    return "show";
  }

  @Override
  public Thresholds thresholds() {
    return new Thresholds(ShowEvidence.ACCEPT, ShowEvidence.REVIEW, MARGIN);
  }

  /**
   * Some sources have a record for each artist of a show: what it played, or the show as its own
   * (the others are then told by name).
   */
  @Override
  public String part(Translated t) {
    boolean own = t.entity().has("line_up") || t.entity().path("setlist").isObject();
    return own ? t.entity().path("artists").path(0).asText("") : "";
  }

  private ShowFacts facts(Translated t, Batch batch) {
    return batch.facts(t, show -> make(show, batch));
  }

  private ShowFacts make(Translated show, Batch batch) {
    String venue = null;
    String city = null;
    for (String record : Batch.namedRecords(show, "venue")) {
      venue = batch.entity("venue", record);
      city = batch.city(record);
    }
    List<String> artists = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (String record : Batch.namedRecords(show, "artist")) {
      String artist = batch.entity("artist", record);
      if (artist != null) {
        artists.add(artist);
        String name = batch.artistName(record);
        if (name != null && !name.isEmpty()) {
          names.add(name);
        }
      }
    }
    return ShowFacts.of(
        show.record().source(),
        show.record().id(),
        show.entity(),
        listing(show),
        venue,
        city,
        artists,
        names,
        words.get());
  }

  @Override
  public void prepare(Translated t) {
    keys(t);
    Batch.namedRecords(t, "venue");
    Batch.namedRecords(t, "artist");
  }

  @Override
  public Set<String> keys(Translated t, Batch batch) {
    return keys(t);
  }

  private Set<String> keys(Translated t) {
    return t.read(
        "keys",
        () -> {
          String date = date(t);
          String place = listing(t).offer() ? "o:" : "p:";
          Set<String> keys = new LinkedHashSet<>();
          Batch.named(t, "venue").forEach(id -> keys.add(place + id + '|' + date));
          if (!date.equals(UNDATED) || keys.isEmpty()) {
            Batch.named(t, "artist").forEach(id -> keys.add("r:" + id + '|' + date));
          }
          return keys;
        });
  }

  private Offers listing(Translated t) {
    return t.read("listing", () -> Offers.of(t.entity().path("name").asText(), words.get()));
  }

  private static String date(Translated t) {
    return t.entity().hasNonNull("local_date") ? t.entity().get("local_date").asText() : UNDATED;
  }

  @Override
  public List<Lookup> lookups(Translated t, Batch batch) {
    String date = date(t);
    String source = t.record().source();
    List<Lookup> lookups = new ArrayList<>();
    String counterpart = listing(t).offer() ? "p:" : "o:";
    for (String id : Batch.named(t, "venue")) {
      lookups.add(new Lookup(counterpart + id + '|' + date, source, null));
    }
    if (lookups.isEmpty()) {
      Batch.named(t, "artist")
          .forEach(id -> lookups.add(new Lookup("r:" + id + '|' + date, source, null)));
    }
    if (!date.equals(UNDATED)) {
      elsewhere(t, "venue", "p:", LocalDate.parse(date), batch, lookups);
      elsewhere(t, "artist", "r:", LocalDate.parse(date), batch, lookups);
    }
    return lookups;
  }

  /**
   * What the other sources call the venue or the artists, on the day itself and those beside it.
   */
  private static void elsewhere(
      Translated t, String kind, String prefix, LocalDate date, Batch batch, List<Lookup> into) {
    String source = t.record().source();
    for (String named : Batch.namedRecords(t, kind)) {
      String entity = batch.entity(kind, named);
      Set<String> records = entity == null ? null : batch.records(kind, entity);
      for (String record : records == null ? Set.<String>of() : records) {
        int space = record.indexOf(' ');
        String other = record.substring(0, space);
        if (!other.equals(source)) {
          for (int day = -1; day <= 1; day++) {
            String key = prefix + record.substring(space + 1) + '|' + date.plusDays(day);
            into.add(new Lookup(key, other, null));
          }
        }
      }
    }
  }

  @Override
  public Pair weigh(Translated a, Translated b, Batch batch) {
    ShowFacts left = facts(a, batch);
    ShowFacts right = facts(b, batch);
    return a.record().source().equals(b.record().source())
        ? beside(a, b, left, right)
        : left.listing().offer() || right.listing().offer()
            ? null // It goes where its own source's show goes.
            : Stratum.pair(a, b, ShowEvidence.of(left, right));
  }

  /** Two listings of one source: a show, and something that is sold beside it. */
  private static Pair beside(Translated a, Translated b, ShowFacts left, ShowFacts right) {
    boolean one = left.listing().offer() != right.listing().offer();
    boolean sameAct =
        left.headliner() != null && left.headliner().equals(right.headliner())
            || left.lineUp().stream().anyMatch(right.lineUp()::contains)
            || left.lineUp().isEmpty()
                && right.lineUp().isEmpty()
                && left.nameKey().equals(right.nameKey());
    boolean otherSession =
        left.session() != null
            && right.session() != null
            && !left.session().equals(right.session());
    if (!one
        || !sameAct
        || otherSession
        || !Objects.equals(left.date(), right.date())
        || !Objects.equals(left.venue(), right.venue())) {
      return null;
    }
    String offer = left.listing().offer() ? a.key() : b.key();
    List<String> lines = List.of("a listing sold beside the show of the same day and place");
    double score = left.nameKey().equals(right.nameKey()) ? 1 : BESIDE;
    return new Pair(a.key(), b.key(), score, lines, null, offer);
  }
}
