package io.gatehouse.cli.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;

/**
 * The headers of an HTTP/2 message in HPACK (RFC 7541): all headers of a request, and the status of
 * an answer. This needs neither the dynamic table nor the whole Huffman code.
 */
final class HeaderBlock {
  private static final int[] STATIC_STATUS = {200, 204, 206, 304, 400, 404, 500}; // A: 8 to 14
  private static final int FIRST_STATUS = 8;

  private final byte[] block;
  private int at;

  private HeaderBlock(byte[] block) {
    this.block = block;
  }

  /**
   * Writes headers as literals without indexing (RFC 7541 section 6.2.2) and without Huffman.
   *
   * @param headers each name in lower case, followed by its value
   */
  static byte[] of(List<String> headers) {
    var block = new ByteArrayOutputStream();
    for (int i = 0; i < headers.size(); i += 2) {
      block.write(0);
      writeText(headers.get(i), block);
      writeText(headers.get(i + 1), block);
    }
    return block.toByteArray();
  }

  private static void writeText(String text, ByteArrayOutputStream block) {
    var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    if (bytes.length < 127) {
      block.write(bytes.length);
    } else { // RFC 7541 5.1, with a prefix of 7 bits
      block.write(127);
      var rest = bytes.length - 127;
      for (; rest >= 128; rest /= 128) {
        block.write(rest % 128 + 128);
      }
      block.write(rest);
    }
    block.writeBytes(bytes);
  }

  /**
   * Reads {@code :status}, which comes before all other headers (RFC 9113 section 8.3); empty for a
   * block that no server writes.
   */
  static OptionalInt status(byte[] block) {
    try {
      return new HeaderBlock(block).status();
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  private OptionalInt status() {
    while ((block[at] & 0xE0) == 0x20) { // 6.3: a dynamic table size update
      integer(5);
    }
    var first = block[at];
    if ((first & 0x80) != 0) {
      return inStaticTable(integer(7)); // 6.1
    }
    var name = integer((first & 0x40) == 0 ? 4 : 6); // 6.2.1, 6.2.2, 6.2.3
    var named = name == 0 ? text().equals(":status") : isStatus(name);
    if (!named) {
      return OptionalInt.empty();
    }
    var value = text();
    return value.matches("[1-9]\\d\\d")
        ? OptionalInt.of(Integer.parseInt(value))
        : OptionalInt.empty();
  }

  private static boolean isStatus(int index) {
    return index >= FIRST_STATUS && index < FIRST_STATUS + STATIC_STATUS.length;
  }

  private static OptionalInt inStaticTable(int index) {
    return isStatus(index)
        ? OptionalInt.of(STATIC_STATUS[index - FIRST_STATUS])
        : OptionalInt.empty();
  }

  // RFC 7541 5.1; four bytes exceed any length here
  private int integer(int prefix) {
    var most = (1 << prefix) - 1;
    var value = block[at++] & most;
    if (value < most) {
      return value;
    }
    for (int shift = 0; shift < 28; shift += 7) {
      var next = block[at++];
      value += (next & 0x7F) << shift;
      if ((next & 0x80) == 0) {
        return value;
      }
    }
    throw new NumberFormatException("an integer of more than four bytes");
  }

  private String text() {
    var huffman = (block[at] & 0x80) != 0;
    var length = integer(7);
    if (length > block.length - at) {
      throw new IndexOutOfBoundsException("a text beyond the end");
    }
    var text =
        huffman
            ? HuffmanDigits.read(block, at, length)
            : new String(block, at, length, StandardCharsets.ISO_8859_1);
    at += length;
    return text;
  }
}
