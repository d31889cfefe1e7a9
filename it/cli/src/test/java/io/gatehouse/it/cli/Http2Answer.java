package io.gatehouse.it.cli;

import io.gatehouse.it.servers.RawAnswer;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;

/**
 * One answer over HTTP/2 to a client that writes its headers as plain literals, from a server that
 * offers extended CONNECT (RFC 8441).
 */
final class Http2Answer {
  private static final int MAX_FRAMES = 20;
  private static final String SETTINGS = "000006" + "0400" + "00000000" + "000800000001";
  private static final String ACK = "000000" + "0401" + "00000000";

  private final Socket socket;
  private final DataInputStream in;

  Http2Answer(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
    in.readFully(new byte["SM\r\n\r\n".length()]); // the rest of the preface
    write(SETTINGS + ACK);
  }

  /** Reads the request: its method, path, and then all its headers, as HTTP/1.1 writes them. */
  String requestHead() throws IOException {
    for (int i = 0; i < MAX_FRAMES; i++) {
      var length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      var type = in.readUnsignedByte();
      in.readFully(new byte[5]);
      var payload = in.readNBytes(length);
      if (type == 1) {
        return head(payload);
      }
    }
    throw new IOException("no request");
  }

  private static String head(byte[] block) {
    var text = new String(block, StandardCharsets.ISO_8859_1);
    var headers = new LinkedHashMap<String, String>();
    for (int at = 0; at < text.length(); ) {
      var name = text(text, at + 1);
      var value = text(text, at + 2 + name.length());
      headers.put(name, value);
      at += 3 + name.length() + value.length();
    }
    var lines = new StringBuilder();
    headers.forEach((name, value) -> lines.append(name).append(": ").append(value).append("\r\n"));
    return "%s %s HTTP/2\r\n%s".formatted(headers.get(":method"), headers.get(":path"), lines);
  }

  // shorter than 127
  private static String text(String block, int at) {
    return block.substring(at + 1, at + 1 + block.charAt(at));
  }

  /** Answers with this status and without a body. */
  void send(int status) throws IOException {
    var value = HexFormat.of().formatHex(RawAnswer.ascii(String.valueOf(status)));
    write("000005" + "0105" + "00000001" + "0803" + value);
    socket.getInputStream().readNBytes(1_000); // until the client has ended it
  }

  private void write(String hex) throws IOException {
    socket.getOutputStream().write(HexFormat.of().parseHex(hex));
  }
}
