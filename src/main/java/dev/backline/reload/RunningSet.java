package dev.backline.reload;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The set that a node runs on. Whoever keeps something made from it asks to be told of the next.
 */
public final class RunningSet {
  private final List<Consumer<RouteSet>> followers = new ArrayList<>();
  private volatile RouteSet set;

  public RunningSet(RouteSet set) {
    this.set = set;
  }

  public RouteSet get() {
    return set;
  }

  /** Is told of the set when the node begins, and of each that takes its place. */
  public void follow(Consumer<RouteSet> follower) {
    followers.add(follower);
  }

  /** The node begins to run on the set. */
  public void begin() {
    use(set);
  }

  void use(RouteSet next) {
    set = next;
    followers.forEach(follower -> follower.accept(next));
  }
}
