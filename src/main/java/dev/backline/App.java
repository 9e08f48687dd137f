package dev.backline;

/** Entry point. */
public final class App {
  private App() {}

  public static void main(String[] args) {
    System.out.println("hi");
  }
}
