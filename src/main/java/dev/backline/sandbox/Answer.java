package dev.backline.sandbox;

/**
 * What to send back: the first {@code length} bytes of {@code body}. {@code served} holds the
 * records in it, or is null when there are none to count.
 */
record Answer(int status, String contentType, byte[] body, int length, Served served) {
  static Answer of(int status, String contentType, byte[] body) {
    return new Answer(status, contentType, body, body.length, null);
  }
}
