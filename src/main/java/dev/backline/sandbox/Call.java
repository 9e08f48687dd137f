package dev.backline.sandbox;

import com.sun.net.httpserver.Headers;

/**
 * One call of a simulated API.
 *
 * @param path below the address of the API, as it came: nothing decoded, no slash in front
 * @param out where the body is written, empty
 * @param served where the records of the body are noted, empty
 */
record Call(
    String path, Params params, Headers headers, CallFaults faults, JsonBytes out, Served served) {

  /** A part of a path decoded once; unlike in a query a plus stands for itself. */
  static String decoded(String part) {
    return Params.decoded(part.replace("+", "%2B"));
  }

  /** 200 with what was written. */
  Answer answer() {
    return new Answer(200, Answers.JSON, out.data(), out.length(), served);
  }
}
