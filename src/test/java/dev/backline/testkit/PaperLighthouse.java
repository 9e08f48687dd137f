package dev.backline.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;

/**
 * One show as three sources tell it: the samples beside the mappings, which are about the same
 * band, hall and day.
 */
public final class PaperLighthouse {
  public static final String EVENT = "G5vYZexample1";
  public static final String SETLIST = "3bd00001";
  public static final String GIG = "900001";
  public static final String MBID = "3f2a1b0c-9d8e-4c7b-a6f5-0123456789ab";

  private static final ObjectMapper JSON = new ObjectMapper();

  private PaperLighthouse() {}

  /** Lands everything, venues and artists first; returns when it is applied. */
  public static void land(TestNode node) throws IOException {
    Landed.record(node, "ticketmaster", "venue", "KovZexample9", sample("ticketmaster/venue"));
    Landed.record(
        node, "ticketmaster", "attraction", "K8vZexample01", sample("ticketmaster/attraction"));
    Landed.record(node, "ticketmaster", "event", EVENT, sample("ticketmaster/event"));
    JsonNode gig = JSON.readTree(sample("bandsintown/event"));
    String hall = "Harbour Hall|Saltmarsh|Devonshire|United Kingdom";
    Landed.record(node, "bandsintown", "venue", hall, gig.get("venue").toString());
    Landed.record(node, "bandsintown", "artist", "4711", gig.get("artist").toString());
    Landed.record(node, "bandsintown", "event", GIG, gig.toString());
    ObjectNode setlist = (ObjectNode) JSON.readTree(sample("setlistfm/setlist"));
    setlist.put("eventDate", "13-03-2027"); // The day that the other two tell.
    Landed.record(node, "setlistfm", "venue", "6bd00001", setlist.get("venue").toString());
    Landed.record(node, "setlistfm", "artist", MBID, setlist.get("artist").toString());
    Landed.record(node, "setlistfm", "setlist", SETLIST, setlist.toString());
  }

  private static String sample(String name) throws IOException {
    return JSON.readTree(Path.of("routes/sources", name + ".sample.json").toFile()).toString();
  }
}
