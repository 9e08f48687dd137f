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

  private VenueFacts facts(Translated t, Batch batch) {
    return batch.facts(
        t, v -> VenueFacts.of(v.record().source(), v.record().id(), v.entity(), words.get()));
  }

  @Override
  public Set<String> keys(Translated t, Batch batch) {
    return BlockingKeys.venue(facts(t, batch));
  }

  @Override
  public List<Lookup> lookups(Translated t, Batch batch) {
    return BlockingKeys.venueLookup(facts(t, batch)).stream()
        .map(key -> new Lookup(key, null, t.record().source()))
        .toList();
  }

  @Override
  public Pair weigh(Translated a, Translated b, Batch batch) {
    if (a.record().source().equals(b.record().source())) {
      return null;
    }
    Evidence evidence = VenueEvidence.of(facts(a, batch), facts(b, batch));
    return Stratum.pair(a, b, evidence);
  }
}
