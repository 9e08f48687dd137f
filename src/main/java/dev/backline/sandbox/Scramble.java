package dev.backline.sandbox;

/**
 * Turns small numbers into what looks like random ids, and back. No two numbers share an id: the
 * steps are those that finish MurmurHash3, each of which can be undone.
 */
final class Scramble {
  private final int salt;

  Scramble(Dice dice, Trait trait) {
    this.salt = (int) dice.roll(trait, -1);
  }

  /** The id as eight hex digits, or seven when the first would be 0. */
  String hex(int number) {
    return String.format("%07x", mixed(number));
  }

  /** The id as a decimal number of at most ten digits. */
  String decimal(int number) {
    return Integer.toUnsignedString(mixed(number));
  }

  /** The number behind {@link #hex}, or a negative one when the text is no such id. */
  int ofHex(String id) {
    return id.matches("[1-9a-f][0-9a-f]{7}|[0-9a-f]{7}")
        ? unmixed(Integer.parseUnsignedInt(id, 16))
        : -1;
  }

  int mixed(int number) {
    int h = number ^ salt;
    h = (h ^ h >>> 16) * 0x85EBCA6B;
    h = (h ^ h >>> 13) * 0xC2B2AE35;
    return h ^ h >>> 16;
  }

  int unmixed(int id) {
    int h = (id ^ id >>> 16) * 0x7ED1B41D;
    h = (h ^ h >>> 13 ^ h >>> 26) * 0xA5CB9243;
    return h ^ h >>> 16 ^ salt;
  }
}
