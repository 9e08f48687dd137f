package dev.backline.sandbox;

import java.util.UUID;

/** The ten sizes in which the API gives every picture. */
final class Images {
  private static final String[] SIZES = {
    "16_9 RETINA_LANDSCAPE_16_9 1136 639",
    "16_9 TABLET_LANDSCAPE_16_9 1024 576",
    "4_3 CUSTOM 305 225",
    "3_2 RETINA_PORTRAIT_3_2 640 427",
    "16_9 RECOMENDATION_16_9 100 56",
    "16_9 TABLET_LANDSCAPE_LARGE_16_9 2048 1152",
    "3_2 ARTIST_PAGE_3_2 305 203",
    "3_2 TABLET_LANDSCAPE_3_2 1024 683",
    "16_9 EVENT_DETAIL_PAGE_16_9 205 115",
    "16_9 RETINA_PORTRAIT_16_9 640 360"
  };

  private Images() {}

  /** Appends the array. */
  static void write(JsonBytes out, Dice dice, long picture) {
    String name =
        new UUID(
                dice.roll(Trait.ARTIST_IMAGE, picture * 2), dice.roll(Trait.ARTIST_IMAGE, ~picture))
            .toString();
    String folder = name.substring(33);
    String base = "\",\"url\":\"https://images.sandbox.example/dam/a/" + folder + "/" + name + "_";
    long number = 10_000 + Math.floorMod(picture * 7919, 1_900_000);
    for (int i = 0; i < SIZES.length; i++) {
      String[] size = SIZES[i].split(" ");
      out.raw(i == 0 ? "[" : ",").raw("{\"ratio\":\"").raw(size[0]).raw(base);
      out.number(number).raw("_").raw(size[1]).raw(".jpg\",\"width\":").raw(size[2]);
      out.raw(",\"height\":").raw(size[3]).raw(",\"fallback\":false}");
    }
    out.raw("]");
  }
}
