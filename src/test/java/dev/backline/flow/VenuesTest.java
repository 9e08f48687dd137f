package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.backline.store.Run;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which venues are one: those of one id of the source, whatever they are called (S69). */
class VenuesTest {
  private static final String MUSIC = "KZFzniwnSyZfZ7v7nJ";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** An event at a venue. */
  private record Listing(String event, String venue, String name, String city) {}

  private final List<Listing> listings = new ArrayList<>();
  private HttpServer server;
  private TestNode node;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/events.json",
        exchange -> {
          boolean dated = exchange.getRequestURI().getQuery().contains("startDateTime");
          byte[] body = JSON.writeValueAsBytes(answer(dated ? listings : List.of()));
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    node = TestNode.start(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"));
  }

  @AfterEach
  void stop() {
    node.close();
    server.stop(0);
  }

  private static ObjectNode answer(List<Listing> listings) {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode events = answer.putObject("_embedded").putArray("events");
    for (Listing listing : listings) {
      ObjectNode event =
          events.addObject().put("id", listing.event()).put("name", "Night " + listing.event());
      event.putArray("classifications").addObject().putObject("segment").put("id", MUSIC);
      event.putObject("dates").putObject("start").put("localDate", "2027-03-04");
      event
          .putObject("_embedded")
          .putArray("venues")
          .addObject()
          .put("id", listing.venue())
          .put("name", listing.name())
          .putObject("city")
          .put("name", listing.city());
    }
    answer
        .putObject("page")
        .put("size", 200)
        .put("number", 0)
        .put("totalPages", listings.isEmpty() ? 0 : 1)
        .put("totalElements", listings.size());
    return answer;
  }

  private List<String> venues() {
    return node.jdbc()
        .queryForList(
            "select ticketmaster_id || ' ' || name || ', ' || city from venues order by 1",
            String.class);
  }

  @Test
  void venuesOfOneName_stayTwo() {
    listings.add(new Listing("e1", "v1", "The Forum", "London"));
    listings.add(new Listing("e2", "v2", "The Forum", "London"));

    Run run = node.sync("upcoming-shows");

    assertThat(run.status()).as(run.toString()).isEqualTo("completed");
    assertThat(venues()).containsExactly("v1 The Forum, London", "v2 The Forum, London");
    assertThat(node.count("(select distinct venue_id from shows) x")).isEqualTo(2);
  }

  @Test
  void aVenueOfOneId_staysOneWhenItIsRenamed() {
    listings.add(new Listing("e1", "v1", "The Forum", "London"));
    node.sync("upcoming-shows");
    List<String> ids = node.jdbc().queryForList("select id::text from venues", String.class);
    listings.clear();
    listings.add(new Listing("e1", "v1", "Forum Hall", "London"));
    listings.add(new Listing("e2", "v1", "Forum Hall", "London"));

    Run run = node.sync("upcoming-shows");

    assertThat(run.status()).as(run.toString()).isEqualTo("completed");
    assertThat(venues()).containsExactly("v1 Forum Hall, London");
    assertThat(node.jdbc().queryForList("select id::text from venues", String.class))
        .isEqualTo(ids);
    assertThat(node.count("shows")).isEqualTo(2);
  }
}
