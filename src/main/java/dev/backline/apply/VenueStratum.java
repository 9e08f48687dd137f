package dev.backline.apply;

import dev.backline.identity.BlockingKeys;
import dev.backline.identity.Evidence;
import dev.backline.identity.Pair;
import dev.backline.identity.Partition.Thresholds;
import dev.backline.identity.VenueEvidence;
import dev.backline.identity.VenueFacts;
import dev.backline.identity.Words;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Venues: found by place and name. */
final class VenueStratum implements Stratum {
  private final Supplier<Words> words;

  VenueStratum(Supplier<Words> words) {
    this.words = words;
  }

  @Override
  public String kind() {
    return "venue";
  }

  @Override
  public Thresholds thresholds() {
    return new Thresholds(VenueEvidence.ACCEPT, VenueEvidence.REVIEW, MARGIN);
  }

  private VenueFacts facts(Translated t) {
    return t.read(
        "facts",
        () -> VenueFacts.of(t.record().source(), t.record().id(), t.entity(), words.get()));
  }

  @Override
  public void prepare(Translated t) {
    facts(t);
  }

  @Override
  public Set<String> keys(Translated t, Batch batch) {
    return BlockingKeys.venue(facts(t));
  }

  @Override
  public List<Lookup> lookups(Translated t, Batch batch) {
    return BlockingKeys.venueLookup(facts(t)).stream()
        .map(key -> new Lookup(key, null, t.record().source()))
        .toList();
  }

  @Override
  public Pair weigh(Translated a, Translated b, Batch batch) {
    if (a.record().source().equals(b.record().source())) {
      return null;
    }
    Evidence evidence = VenueEvidence.of(facts(a), facts(b));
    return Stratum.pair(a, b, evidence);
  }
}
