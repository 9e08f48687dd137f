package dev.backline.sandbox;

/** What is sold under an event: the show itself, or something beside it at the same show. */
enum Listing {
  SHOW("show"),
  VIP("vip"),
  PARKING("parking"),
  ADDON("addon");

  /** The word for it in the truth. */
  final String word;

  Listing(String word) {
    this.word = word;
  }
}
