package dev.backline.scratch;

import dev.backline.sandbox.Sandbox;
import dev.backline.testkit.*;
import java.util.*;
import org.junit.jupiter.api.Test;

class ScratchTest {
  @Test
  void offers() throws Exception {
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(11, 60));
        TestNode node = TestNode.start(sandbox.ticketmaster())) {
      node.sync("upcoming-shows");
      Set<String> shows = new TreeSet<>();
      Truth.shows(sandbox).forEach(s -> shows.add(s.get("id").asText()));
      node.jdbc()
          .queryForList(
              "select o.source_id, o.name, s.name as show, s.ticketmaster_id, s.local_date from show_offers o join shows s on s.id = o.show_id")
          .forEach(
              r -> {
                if (shows.contains(r.get("source_id"))) System.out.println("FOLDED " + r);
              });
      node.jdbc()
          .queryForList(
              "select s.ticketmaster_id, s.name, s.local_date, s.venue_id, v.name from shows s left join venues v on v.id = s.venue_id")
          .forEach(
              r -> {
                if (!shows.contains(r.get("ticketmaster_id")))
                  System.out.println("NOT FOLDED " + r);
              });
      node
          .jdbc()
          .queryForList(
              "select l.method, l.evidence, l.source_id, s.name from source_links l join shows s on s.id = l.entity_id where l.entity_kind = 'show' and l.method <> 'source-id'")
          .stream()
          .limit(5)
          .forEach(r -> System.out.println("LINK " + r));
    }
  }
}
