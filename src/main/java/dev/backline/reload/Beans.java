package dev.backline.reload;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.camel.spi.BeanRepository;

/** Objects by name for a context that must not own them: when it is closed, they live on. */
final class Beans implements BeanRepository {
  private final Map<String, Object> objects;

  Beans(Map<String, Object> objects) {
    this.objects = objects;
  }

  @Override
  public Object lookupByName(String name) {
    return objects.get(name);
  }

  @Override
  public <T> T lookupByNameAndType(String name, Class<T> type) {
    Object object = objects.get(name);
    return type.isInstance(object) ? type.cast(object) : null;
  }

  @Override
  public <T> Map<String, T> findByTypeWithName(Class<T> type) {
    Map<String, T> found = new HashMap<>();
    objects.forEach(
        (name, object) -> {
          if (type.isInstance(object)) {
            found.put(name, type.cast(object));
          }
        });
    return found;
  }

  @Override
  public <T> Set<T> findByType(Class<T> type) {
    return new HashSet<>(findByTypeWithName(type).values());
  }
}
