package dev.backline.sandbox;

import java.util.Locale;

/** The APIs that one world is served as. */
public enum Source {
  TICKETMASTER,
  SETLISTFM,
  BANDSINTOWN,
  SPOTIFY;

  /** The word for it in addresses, faults and answers. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
