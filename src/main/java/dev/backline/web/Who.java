package dev.backline.web;

/** Who may call a route: everybody, a visitor with a signed cookie, the scheduler, an operator. */
enum Who {
  PUBLIC,
  VISITOR,
  CRON,
  ADMIN;

  /** An operator may do what anybody may; nobody else more than a rule names. */
  boolean admits(Who caller) {
    return this == PUBLIC || this == caller || caller == ADMIN;
  }
}
