package dev.backline.sandbox;

/** The countries of the world; the constant's name is the ISO 3166 code. */
enum Country {
  US("United States Of America", "USD", "tmr"),
  CA("Canada", "CAD", "tmr"),
  GB("Great Britain", "GBP", "mfx-uk"),
  IE("Ireland", "EUR", "mfx-uk"),
  DE("Germany", "EUR", "mfx-de"),
  FR("France", "EUR", "mfx-fr"),
  CZ("Czech Republic", "CZK", "mfx-cz"),
  MX("Mexico", "MXN", "tmr"),
  AU("Australia", "AUD", "ticketmaster-au"),
  NZ("New Zealand", "NZD", "ticketmaster-au"),
  JP("Japan", "JPY", "universe");

  final String title;
  final String currency;

  /** The name of the second counter in {@code upcomingEvents}. */
  final String source;

  Country(String title, String currency, String source) {
    this.title = title;
    this.currency = currency;
    this.source = source;
  }

  /** The name that setlist.fm and Bandsintown use. */
  String plainTitle() {
    return switch (this) {
      case US -> "United States";
      case GB -> "United Kingdom";
      default -> title;
    };
  }
}
