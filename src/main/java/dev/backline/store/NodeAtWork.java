package dev.backline.store;

/** A node runs on the database, and what was asked for needs it for itself. */
public final class NodeAtWork extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NodeAtWork() {
    super("Backline runs on this database");
  }
}
