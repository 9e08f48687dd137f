package dev.backline.sandbox;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A growing buffer of JSON in UTF-8. It checks no grammar: the caller writes commas and braces. */
final class JsonBytes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private byte[] data;
  private int length;

  JsonBytes(int capacity) {
    data = new byte[capacity];
  }

  byte[] data() {
    return data;
  }

  int length() {
    return length;
  }

  JsonBytes clear() {
    length = 0;
    return this;
  }

  byte[] copy() {
    return Arrays.copyOf(data, length);
  }

  /** Appends ASCII as it is. */
  // The deprecated method drops the high bytes, which ASCII does not have; the others take a copy.
  @SuppressWarnings("deprecation")
  JsonBytes raw(String ascii) {
    int n = ascii.length();
    reserve(n);
    ascii.getBytes(0, n, data, length);
    length += n;
    return this;
  }

  JsonBytes raw(byte[] bytes, int from, int to) {
    reserve(to - from);
    System.arraycopy(bytes, from, data, length, to - from);
    length += to - from;
    return this;
  }

  JsonBytes number(long value) {
    return raw(Long.toString(value));
  }

  JsonBytes flag(boolean value) {
    return raw(value ? "true" : "false");
  }

  /** Appends a JSON string with its quotes, or {@code null}. */
  JsonBytes text(String value) {
    if (value == null) {
      return raw("null");
    }
    raw("\"");
    return escaped(value).raw("\"");
  }

  /** Appends the inside of a JSON string. */
  JsonBytes escaped(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < 0x80) {
        reserve(6);
        ascii(c);
      } else {
        int point = value.codePointAt(i);
        i += Character.charCount(point) - 1;
        reserve(4);
        utf8(point);
      }
    }
    return this;
  }

  /** A 64-bit hash of the bytes from {@code from} to the end, made in four lanes for speed. */
  long hashFrom(int from) {
    long a = length - from;
    long b = 1;
    long c = 2;
    long d = 3;
    int i = from;
    for (; i + 32 <= length; i += 32) {
      a = stirred(a, (long) LONGS.get(data, i));
      b = stirred(b, (long) LONGS.get(data, i + 8));
      c = stirred(c, (long) LONGS.get(data, i + 16));
      d = stirred(d, (long) LONGS.get(data, i + 24));
    }
    for (; i < length; i++) {
      a = stirred(a, data[i]);
    }
    return Dice.mix(stirred(stirred(stirred(a, b), c), d));
  }

  private static long stirred(long hash, long value) {
    long stirred = (hash ^ value) * 0xBF58476D1CE4E5B9L;
    return stirred ^ stirred >>> 32;
  }

  private void ascii(char c) {
    if (c == '"' || c == '\\') {
      data[length++] = '\\';
      data[length++] = (byte) c;
    } else if (c >= 0x20) {
      data[length++] = (byte) c;
    } else {
      data[length++] = '\\';
      data[length++] = 'u';
      data[length++] = '0';
      data[length++] = '0';
      data[length++] = (byte) HEX[c >> 4];
      data[length++] = (byte) HEX[c & 15];
    }
  }

  private void utf8(int point) {
    if (point < 0x800) {
      data[length++] = (byte) (0xC0 | point >> 6);
    } else {
      if (point < 0x10000) {
        data[length++] = (byte) (0xE0 | point >> 12);
      } else {
        data[length++] = (byte) (0xF0 | point >> 18);
        data[length++] = (byte) (0x80 | point >> 12 & 0x3F);
      }
      data[length++] = (byte) (0x80 | point >> 6 & 0x3F);
    }
    data[length++] = (byte) (0x80 | point & 0x3F);
  }

  private void reserve(int more) {
    if (length + more > data.length) {
      data = Arrays.copyOf(data, Math.max(length + more, data.length * 2));
    }
  }
}
