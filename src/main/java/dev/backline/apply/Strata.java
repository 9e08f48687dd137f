package dev.backline.apply;

import dev.backline.identity.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The kinds of entities whose records are resolved, in the order in which they are. */
public final class Strata {
  private final Map<String, Stratum> byKind = new LinkedHashMap<>();

  /**
   * @param words those in force; they may be replaced while batches are applied
   */
  public Strata(Supplier<Words> words) {
    for (Stratum stratum :
        List.of(new VenueStratum(words), new ArtistStratum(words), new ShowStratum(words))) {
      byKind.put(stratum.kind(), stratum);
    }
  }

  /** The stratum of an entity kind; null where its records are not resolved. */
  Stratum of(String kind) {
    return byKind.get(kind);
  }

  Set<String> kinds() {
    return byKind.keySet();
  }
}
