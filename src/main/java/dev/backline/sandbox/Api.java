package dev.backline.sandbox;

import com.sun.net.httpserver.Headers;

/** One of the simulated APIs: what it answers, whatever happens on the way there and back. */
interface Api {
  /** Answers a GET; the body goes into {@link Call#out}, its records into {@link Call#served}. */
  Answer answer(Call call);

  /** The error body that this API sends with a status. */
  Answer status(int status, Params params);

  /** An error sent with status 200, as it must not be. */
  Answer errorWith200();

  /** Notes that a call came in, whatever will be answered. */
  default void called() {}

  /** Adds the headers that good answers have. */
  default void tell(Headers headers) {}

  /** Whether good answers have an ETag, and one that the caller has already is not sent again. */
  default boolean tagged() {
    return false;
  }
}
