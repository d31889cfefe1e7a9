package io.gatehouse.it.load;

import java.time.Duration;

/** The times of a run, all of them shorter with {@code -Dload.scale=0.1}, for a quick look. */
final class Scale {
  private static final double SCALE = Double.parseDouble(System.getProperty("load.scale", "1"));

  private Scale() {}

  static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(1000 * seconds * SCALE));
  }

  static int times(int number) {
    return (int) Math.max(3, Math.round(number * SCALE));
  }

  /** Returns a note in words, if the run is not a whole one. */
  static String said() {
    return SCALE == 1 ? "" : "; times scaled by " + SCALE + ", so these are no figures to rely on";
  }
}
