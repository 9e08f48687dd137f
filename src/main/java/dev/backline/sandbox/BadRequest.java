package dev.backline.sandbox;

/** A request that the API answers with status 400 and an error code of its own. */
final class BadRequest extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  BadRequest(String code, String detail) {
    super(detail);
    this.code = code;
  }

  String code() {
    return code;
  }
}
