package dev.backline.land;

import com.github.luben.zstd.ZstdException;
import java.io.IOException;

/** How raw records are stored: zstd, level 1. */
public final class Zstd {
  private static final int LEVEL = 1;
  private static final int LARGEST = 64 << 20;

  private Zstd() {}

  public static byte[] compress(byte[] raw) {
    return com.github.luben.zstd.Zstd.compress(raw, LEVEL);
  }

  /**
   * @throws IOException when the bytes are not what {@link #compress} made
   */
  public static byte[] decompress(byte[] stored) throws IOException {
    if (stored.length == 0) {
      throw new IOException("a stored record is not zstd but empty");
    }
    long size = com.github.luben.zstd.Zstd.getFrameContentSize(stored);
    if (size < 0 || size > LARGEST) {
      throw new IOException("a stored record is not zstd or claims " + size + " bytes");
    }
    try {
      return com.github.luben.zstd.Zstd.decompress(stored, (int) size);
    } catch (ZstdException e) {
      throw new IOException("a stored record is damaged: " + e.getMessage(), e);
    }
  }
}
