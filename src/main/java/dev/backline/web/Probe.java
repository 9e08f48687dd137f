package dev.backline.web;

import java.util.UUID;

/**
 * A request that a node sends to its own port, to know that it is its own: a port that was taken
 * between the look and the start is answered by somebody else, who does not tell us.
 */
final class Probe {
  private final String path = "/" + UUID.randomUUID();
  private volatile boolean arrived;

  String path() {
    return path;
  }

  void seen(String requested) {
    if (!arrived && path.equals(requested)) {
      arrived = true;
    }
  }

  boolean arrived() {
    return arrived;
  }
}
