package io.gatehouse.cli.http;

/** The digits in HPACK's Huffman code (RFC 7541 appendix B); a status consists of digits only. */
final class HuffmanDigits {
  private HuffmanDigits() {}

  /**
   * Reads digits.
   *
   * @throws NumberFormatException if the bytes encode anything else
   */
  static String read(byte[] bytes, int offset, int length) {
    var bits = new StringBuilder();
    for (int i = offset; i < offset + length; i++) {
      bits.append(Integer.toBinaryString((bytes[i] & 0xFF) | 0x100), 1, 9);
    }
    var text = new StringBuilder();
    var at = 0;
    while (!bits.substring(at).matches("1{0,7}")) { // 5.2: the rest of the last byte is ones
      var five = number(bits, at, 5);
      if (five <= 2) { // 00000, 00001, 00010
        text.append(five);
        at += 5;
      } else {
        var six = number(bits, at, 6); // 011001 to 011111
        if (six < 0b011001 || six > 0b011111) {
          throw new NumberFormatException("no digit");
        }
        text.append(six - 0b011001 + 3);
        at += 6;
      }
    }
    return text.toString();
  }

  private static int number(StringBuilder bits, int at, int length) {
    if (at + length > bits.length()) {
      throw new NumberFormatException("half a digit");
    }
    return Integer.parseInt(bits.substring(at, at + length), 2);
  }
}
