package dev.backline.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Route;
import org.apache.camel.api.management.ManagedCamelContext;
import org.apache.camel.api.management.mbean.ManagedRouteMBean;
import org.apache.camel.spi.RouteController;

/** The routes of this node for operators: bean {@code routeControl}. */
public final class RouteControl {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> ACTIONS = List.of("start", "stop");

  /** All routes by name, with their state and statistics, as document. */
  public void list(Exchange exchange) {
    CamelContext camel = exchange.getContext();
    ArrayNode items = JSON.createArrayNode();
    camel.getRoutes().stream()
        .sorted(Comparator.comparing(Route::getId))
        .forEach(route -> items.add(document(camel, route)));
    ObjectNode page = JSON.createObjectNode().put("total", items.size());
    page.set("items", items);
    exchange.getMessage().setHeader("found", page.toString());
  }

  private static ObjectNode document(CamelContext camel, Route route) {
    ObjectNode document =
        JSON.createObjectNode()
            .put("id", route.getId())
            .put("description", route.getDescription())
            .put("state", camel.getRouteController().getRouteStatus(route.getId()).name());
    ManagedRouteMBean managed =
        camel
            .getCamelContextExtension()
            .getContextPlugin(ManagedCamelContext.class)
            .getManagedRoute(route.getId());
    if (managed != null) {
      try {
        document
            .put("exchanges", managed.getExchangesTotal())
            .put("failed", managed.getExchangesFailed())
            .put("inflight", managed.getExchangesInflight())
            .put("meanMillis", managed.getMeanProcessingTime());
      } catch (Exception e) {
        throw new IllegalStateException("the statistics of " + route.getId() + " failed", e);
      }
    }
    return document;
  }

  /** Starts or stops the route that the path names, on this node. */
  public void act(Exchange exchange) throws Exception {
    Message message = exchange.getMessage();
    String id = message.getHeader("id", "", String.class);
    String action = message.getHeader("action", "", String.class);
    CamelContext camel = exchange.getContext();
    if (camel.getRoute(id) == null || !ACTIONS.contains(action)) {
      throw new Refused(
          Problem.of(404, "there is no such route, or no such action; actions are start and stop"));
    }
    if (id.equals(exchange.getFromRouteId())) {
      throw new Refused(Problem.of(409, "this route answers the request itself"));
    }
    RouteController control = camel.getRouteController();
    if (action.equals("start")) {
      control.startRoute(id);
    } else {
      control.stopRoute(id);
    }
    message.setHeader("found", document(camel, camel.getRoute(id)).toString());
  }
}
