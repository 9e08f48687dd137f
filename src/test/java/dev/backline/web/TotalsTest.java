package dev.backline.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A total belongs to a list, whichever page is asked for. */
class TotalsTest {
  private static Map<String, Object> query(String list, String city, int page) {
    Map<String, Object> query = new HashMap<>();
    query.put("list", list);
    query.put("city", city);
    query.put("page", page);
    query.put("pageSize", 20);
    query.put("offset", (page - 1L) * 20);
    query.put("total", null);
    return query;
  }

  @Test
  void totalOfAList_isThatOfItsOtherPages() {
    Totals totals = new Totals(60);
    totals.remember(query("shows", "Berlin", 1), 7);

    assertThat(totals.find(query("shows", "Berlin", 3))).isEqualTo(7);
    assertThat(totals.find(query("shows", "Bern", 1))).isNull();
    assertThat(totals.find(query("shows", null, 1))).isNull();
    assertThat(totals.find(query("venues", "Berlin", 1))).isNull();
  }

  @Test
  void totalForNoTime_isNotRemembered() {
    Totals totals = new Totals(0);
    totals.remember(query("shows", "Berlin", 1), 7);
    assertThat(totals.find(query("shows", "Berlin", 1))).isNull();
  }
}
