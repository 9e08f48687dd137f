package dev.backline.web;

import dev.backline.testkit.TestNode;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.Set;
import java.util.TreeSet;
import javax.management.JMException;
import javax.management.ObjectName;

/** What a running node answers over HTTP, read from its MBeans: {@code METHOD /path}. */
final class HttpRoutes {
  private HttpRoutes() {}

  static Set<String> of(TestNode node) {
    Set<String> routes = new TreeSet<>();
    var server = ManagementFactory.getPlatformMBeanServer();
    try {
      for (ObjectName name :
          server.queryNames(
              new ObjectName("org.apache.camel:context=backline,type=routes,*"), null)) {
        String uri = (String) server.getAttribute(name, "EndpointUri");
        if (uri.startsWith("platform-http:")) {
          URI endpoint = URI.create(uri);
          String methods = endpoint.getQuery().replaceAll(".*httpMethodRestrict=([A-Z,]+).*", "$1");
          for (String method : methods.split(",")) {
            if (!method.equals("HEAD")) {
              routes.add(method + " " + endpoint.getPath());
            }
          }
        }
      }
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
    EventStreams.PATHS.forEach(path -> routes.add("GET " + path));
    if (routes.isEmpty()) {
      throw new IllegalStateException(node + " answers nothing");
    }
    return routes;
  }
}
