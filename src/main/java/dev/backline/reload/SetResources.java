package dev.backline.reload;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.ResourceResolver;
import org.apache.camel.support.ResourceSupport;

/**
 * What {@code file:} names for Camel: a file of the set where it is one, else the file itself.
 * Bound under {@link #NAME}, it makes statements and mappings come from the set that was checked.
 */
public final class SetResources implements ResourceResolver {
  /** Where Camel looks for who resolves {@code file:}. */
  public static final String NAME = "resource-loader-file";

  private static final String SCHEME = "file";

  private final Supplier<RouteSet> set;
  private CamelContext context;

  public SetResources(Supplier<RouteSet> set) {
    this.set = set;
  }

  /** The name below the working directory, with slashes. */
  private static String name(String location) {
    String path = location.startsWith(SCHEME + ":") ? location.substring(5) : location;
    path = path.startsWith("///") ? path.substring(2) : path;
    path = path.startsWith("//") ? path.substring(2) : path;
    return Path.of(path).normalize().toString().replace('\\', '/');
  }

  @Override
  public Resource resolve(String location) {
    String name = name(location);
    String text = set.get().text(name);
    return text == null ? new OnDisk(name) : new InSet(name, text);
  }

  private static final class InSet extends ResourceSupport {
    private final String text;

    InSet(String name, String text) {
      super(SCHEME, name);
      this.text = text;
    }

    @Override
    public boolean exists() {
      return true;
    }

    @Override
    public InputStream getInputStream() {
      return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static final class OnDisk extends ResourceSupport {
    private final Path path;

    OnDisk(String name) {
      super(SCHEME, name);
      this.path = Path.of(name);
    }

    @Override
    public boolean exists() {
      return Files.isRegularFile(path);
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return Files.newInputStream(path);
    }
  }

  @Override
  public String getSupportedScheme() {
    return SCHEME;
  }

  @Override
  public void setCamelContext(CamelContext camelContext) {
    context = camelContext;
  }

  @Override
  public CamelContext getCamelContext() {
    return context;
  }

  @Override
  public void start() {}

  @Override
  public void stop() {}
}
