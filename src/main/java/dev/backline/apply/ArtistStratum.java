package dev.backline.apply;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backline.identity.ArtistEvidence;
import dev.backline.identity.ArtistFacts;
import dev.backline.identity.BlockingKeys;
import dev.backline.identity.Pair;
import dev.backline.identity.Partition.Thresholds;
import dev.backline.identity.Words;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Artists: joined by ids that other catalogues vouch for, else found by name. */
final class ArtistStratum implements Stratum {
  private final Supplier<Words> words;

  ArtistStratum(Supplier<Words> words) {
    this.words = words;
  }

  @Override
  public String kind() {
    return "artist";
  }

  @Override
  public Thresholds thresholds() {
    return new Thresholds(ArtistEvidence.ACCEPT, ArtistEvidence.REVIEW, MARGIN);
  }

  /**
   * Artists that belong in the catalogue: of music by their own word, named by a listing, or known.
   */
  @Override
  public boolean wanted(Translated t, Batch batch) {
    return t.entity().path("music").asBoolean(false)
        || batch.named("artist").contains(t.record().id())
        || batch.entity("artist", t.record().source(), t.record().id()) != null;
  }

  @Override
  public boolean trusts() {
    return true;
  }

  @Override
  public Set<String> trustedIds(Translated t) {
    return trustedIds(t.entity());
  }

  static Set<String> trustedIds(JsonNode artist) {
    Set<String> trusted = new TreeSet<>();
    if (artist.hasNonNull("mbid")) {
      trusted.add("mbid:" + artist.get("mbid").asText());
    }
    if (artist.hasNonNull("spotify_id")) {
      trusted.add("spotify:" + artist.get("spotify_id").asText());
    }
    return trusted;
  }

  private ArtistFacts facts(Translated t, Batch batch) {
    Set<String> shows = batch.shows(t.key());
    return batch.facts(
        t,
        a ->
            ArtistFacts.of(
                a.record().source(),
                a.record().id(),
                a.entity(),
                null,
                shows == null ? Set.of() : shows,
                words.get()));
  }

  @Override
  public Set<String> keys(Translated t, Batch batch) {
    return BlockingKeys.artist(facts(t, batch));
  }

  @Override
  public List<Lookup> lookups(Translated t, Batch batch) {
    return keys(t, batch).stream().map(key -> new Lookup(key, null, t.record().source())).toList();
  }

  @Override
  public Pair weigh(Translated a, Translated b, Batch batch) {
    return a.record().source().equals(b.record().source())
        ? null
        : Stratum.pair(a, b, ArtistEvidence.of(facts(a, batch), facts(b, batch)));
  }
}
