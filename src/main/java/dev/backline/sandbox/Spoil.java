package dev.backline.sandbox;

/** How a record is served otherwise than the world has it. */
enum Spoil {
  NONE,
  POISON,
  GARBAGE,
  BAD_PRICE,
  HOSTILE,
  /** The second copy of a record in one page: another name, other prices. */
  COPY
}
