package dev.backline.reload;

import dev.backline.apply.JqScope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.thisptr.jackson.jq.Scope;
import org.apache.camel.Component;
import org.apache.camel.FluentProducerTemplate;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.PropertyBindingSupport;

/**
 * A second Camel context on which a set is tried: it makes every endpoint and every route, and
 * starts none. What is wrong shows here, while the running routes run.
 */
final class Draft implements AutoCloseable {
  private final RouteSet set;
  private final DefaultCamelContext context;
  private final Scope scope;
  private final Map<String, Object> beans;

  Draft(RouteSet set, Map<String, Object> beans, Properties settings) {
    this.set = set;
    this.scope = JqScope.create(set::modules);
    this.beans = new HashMap<>(beans);
    this.beans.put("jqScope", scope);
    this.beans.put(SetResources.NAME, new SetResources(() -> set));
    this.context = new DefaultCamelContext(new DefaultRegistry(new Beans(this.beans)));
    context.disableJMX();
    context.getCamelContextExtension().setName("backline-draft");
    context.setAutoStartup(false);
    ((PropertiesComponent) context.getPropertiesComponent()).setEnvironmentVariableMode(0);
    context.getPropertiesComponent().setInitialProperties(settings);
    context.getPropertiesComponent().setOverrideProperties(settings);
    context.build();
    // A route that was not started fails its caller at once, instead of keeping a transaction open.
    context.getComponent("direct", DirectComponent.class).setBlock(false);
    components(settings);
  }

  /** Options of components, as Camel's main sets them: {@code camel.component.<name>.<option>}. */
  private void components(Properties settings) {
    Pattern option = Pattern.compile("camel\\.component\\.(?!properties\\.)([^.]+)\\.(.+)");
    for (String key : settings.stringPropertyNames()) {
      Matcher matcher = option.matcher(key);
      if (matcher.matches() && !isServer(matcher.group(1) + ":")) {
        PropertyBindingSupport.build()
            .withCamelContext(context)
            .withTarget(context.getComponent(matcher.group(1)))
            .withProperty(matcher.group(2), resolve(settings.getProperty(key)))
            .bind();
      }
    }
  }

  Scope scope() {
    return scope;
  }

  Object bean(String name) {
    return beans.get(name);
  }

  boolean hasType(String name) {
    return context.getClassResolver().resolveClass(name) != null;
  }

  /** Whether this program has a component, or a language, of that name. */
  boolean has(String kind, String name) {
    return beans.containsKey(name)
        || context
                .getClassResolver()
                .loadResourceAsURL("META-INF/services/org/apache/camel/" + kind + "/" + name)
            != null;
  }

  /** A text with its settings filled in. */
  String resolve(String text) {
    return context.resolvePropertyPlaceholders(text);
  }

  /** Whether there is a setting of that name. */
  boolean hasSetting(String key) {
    return context.getPropertiesComponent().resolveProperty(key).isPresent();
  }

  /** Makes an endpoint; not one of a server, which would start that server once more. */
  void endpoint(String uri) {
    if (!isServer(uri)) {
      context.getEndpoint(uri);
    }
  }

  private static boolean isServer(String uri) {
    return uri.startsWith("platform-http:");
  }

  /** Reads an expression of a language. */
  void expression(String language, String text) {
    context.resolveLanguage(language).createExpression(text);
  }

  /** Reads a route file as Camel's YAML; its routes are not kept. */
  void read(String file) throws Exception {
    Resource resource = resource(file);
    for (RoutesBuilder builder :
        PluginHelper.getRoutesLoader(context).findRoutesBuilders(resource)) {
      ((RouteBuilder) builder).configureRoutes(context);
    }
  }

  /** Makes all routes of the set, without starting one. */
  void build() throws Exception {
    build(id -> true);
  }

  /** Makes some routes of the set, and starts these: none of them may begin by itself. */
  void start(Set<String> ids) throws Exception {
    build(ids::contains);
    for (String id : ids) {
      context.getRouteController().startRoute(id);
    }
  }

  /** Calls a route that was started, by its {@code direct:} name. */
  <T> T call(String direct, Object body, Map<String, Object> properties, Class<T> answer) {
    FluentProducerTemplate call =
        context.createFluentProducerTemplate().to("direct:" + direct).withBody(body);
    properties.forEach(call::withExchangeProperty);
    return call.request(answer);
  }

  private void build(Predicate<String> wanted) throws Exception {
    List<RouteBuilder> builders = new ArrayList<>();
    for (String file : set.routes().keySet()) {
      for (RoutesBuilder builder :
          PluginHelper.getRoutesLoader(context).findRoutesBuilders(resource(file))) {
        builders.add((RouteBuilder) builder);
      }
    }
    for (RouteBuilder builder : builders) {
      if (builder instanceof RouteConfigurationsBuilder policies) {
        policies.addRouteConfigurationsToCamelContext(context);
      }
    }
    for (RouteBuilder builder : builders) {
      List<RouteDefinition> routes = new ArrayList<>(builder.configureRoutes(context).getRoutes());
      routes.removeIf(route -> !wanted.test(route.getId()));
      builder.getRouteCollection().setRoutes(routes);
      for (RouteDefinition route : routes) {
        if (isServer(String.valueOf(route.getInput().getEndpointUri()))) {
          route.getInput().setUri("direct:" + route.getId() + "-of-a-server");
        }
      }
      builder.addRoutesToCamelContext(context);
    }
    Component quartz = context.hasComponent("quartz");
    if (quartz != null) { // A tick of the draft would be nobody's.
      PropertyBindingSupport.build()
          .withCamelContext(context)
          .withTarget(quartz)
          .withProperty("autoStartScheduler", "false")
          .bind();
    }
    context.start();
  }

  private Resource resource(String file) {
    return PluginHelper.getResourceLoader(context).resolveResource("file:" + file);
  }

  @Override
  public void close() {
    // The scheduler of quartz takes half a second to end; nobody has to wait for that.
    Thread end = new Thread(context::stop, "backline-draft-end");
    end.setDaemon(true);
    end.start();
  }
}
