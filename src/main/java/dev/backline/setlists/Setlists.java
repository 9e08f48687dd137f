package dev.backline.setlists;

import java.sql.Array;
import java.sql.Date;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/** Bean {@code setlists} of {@code routes/flow/setlists.camel.yaml}. */
public final class Setlists {
  /** Songs of a setlist that is made of what is popular: those that a first visitor sees. */
  private static final int POPULAR = 10;

  /** Parameters of the statements about a show. */
  public Map<String, Object> show(@ExchangeProperty("show") String show) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("show", show);
    return parameters;
  }

  /**
   * Parameters of {@code insert-prediction.sql}; null where nothing is known to foretell.
   *
   * @param history rows of {@code setlist-history.sql}
   * @param popular rows of {@code suggestions.sql}
   */
  public Map<String, Object> predict(
      @ExchangeProperty("show") String show,
      @Header("history") List<Map<String, Object>> history,
      @Header("popular") List<Map<String, Object>> popular)
      throws SQLException {
    Optional<Prediction> prediction = prediction(history);
    List<String> songs =
        prediction
            .map(Prediction::songs)
            .orElseGet(
                () ->
                    popular.stream().limit(POPULAR).map(row -> (String) row.get("song")).toList());
    if (songs.isEmpty()) {
      return null;
    }
    Map<String, Object> parameters = show(show);
    parameters.put("rule", prediction.map(Prediction::rule).orElse("popular"));
    parameters.put("hit_rate", prediction.map(Prediction::hitRate).orElse(null));
    parameters.put("tested", prediction.map(Prediction::tested).orElse(0));
    parameters.put("songs", songs.toArray(String[]::new));
    return parameters;
  }

  private static Optional<Prediction> prediction(List<Map<String, Object>> history)
      throws SQLException {
    List<Played> shows = new ArrayList<>();
    Played asked = null;
    for (Map<String, Object> row : history) {
      Played show =
          new Played(
              ((Date) row.get("day")).toLocalDate(),
              (String) row.get("venue"),
              (String) row.get("city"),
              (String) row.get("tour"),
              List.of((String[]) ((Array) row.get("songs")).getArray()));
      if ((Boolean) row.get("asked")) {
        asked = show;
      } else {
        shows.add(show);
      }
    }
    return asked == null ? Optional.empty() : Prediction.of(asked, shows);
  }
}
