package dev.backline.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Asks before something goes for good. */
final class Confirmation {
  private Confirmation() {}

  /**
   * @param what would be done, such as {@code removes all of it}
   * @param word that means it
   */
  static boolean given(String what, String word) throws IOException {
    System.out.print(what + "; type " + word + " to do it: ");
    System.out.flush();
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String answer = in.readLine();
    System.out.println();
    return word.equals(answer);
  }
}
