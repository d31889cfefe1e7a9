package io.gatehouse.filter;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UnsupportedEncodingException;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The body of a {@link FakeResponse}, and whether the client has its beginning. */
final class ResponseBody {
  private final ResponseHeaders headers;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private @Nullable Stream stream;
  private @Nullable PrintWriter writer;
  private int bufferSize = 8192;
  private boolean committed;
  private boolean ended; // what is written from now on is ignored
  private boolean closed; // what is written from now on is refused

  ResponseBody(ResponseHeaders headers) {
    this.headers = headers;
  }

  String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  int size() {
    return bytes.size();
  }

  boolean isCommitted() {
    return committed;
  }

  void commit() {
    committed = true;
  }

  void end() {
    committed = true;
    ended = true;
  }

  int bufferSize() {
    return bufferSize;
  }

  void setBufferSize(int size) {
    requireUncommitted();
    if (bytes.size() > 0) {
      throw new IllegalStateException("the body is begun");
    }
    bufferSize = Math.max(bufferSize, size);
  }

  /** Sets the header; Jetty alone refuses a length that is exceeded already. */
  void announce(long length) {
    if (length >= 0 && length < bytes.size()) {
      throw new IllegalArgumentException("more is written already");
    }
    headers.set("Content-Length", length < 0 ? null : String.valueOf(length));
    endIfWhole();
  }

  void requireUncommitted() {
    if (committed) {
      throw new IllegalStateException("the response is committed");
    }
  }

  /** Drops the body; whoever has the writer keeps it, and the headers stay. */
  void reset() {
    requireUncommitted();
    drop();
  }

  void drop() {
    bytes.reset();
  }

  void resetAll() {
    reset();
    stream = null;
    writer = null;
    headers.freeCharset();
  }

  ServletOutputStream stream() {
    if (writer != null) {
      throw new IllegalStateException("getWriter() was called");
    }
    if (stream == null) {
      stream = new Stream();
    }
    return stream;
  }

  PrintWriter writer() throws UnsupportedEncodingException {
    if (stream != null) {
      throw new IllegalStateException("getOutputStream() was called");
    }
    if (writer == null) {
      writer = new PrintWriter(new Text(charset()));
    }
    return writer;
  }

  private Charset charset() throws UnsupportedEncodingException {
    try {
      return headers.fixCharset();
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      headers.freeCharset();
      throw new UnsupportedEncodingException(headers.charset());
    }
  }

  private void write(byte[] octets) throws IOException {
    if (closed) {
      throw new IOException("the response is closed");
    }
    if (ended) {
      return;
    }
    if (headers.contentLength().filter(it -> it < bytes.size() + octets.length).isPresent()) {
      throw new IOException("more than Content-Length");
    }
    bytes.writeBytes(octets);
    if (bytes.size() > bufferSize) {
      commit();
    }
    endIfWhole();
  }

  private void endIfWhole() {
    if (headers.contentLength().filter(it -> it > 0 && it <= bytes.size()).isPresent()) {
      end();
    }
  }

  private void close() {
    end();
    closed = true;
  }

  private final class Stream extends ServletOutputStream {
    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new IllegalStateException("the request is not asynchronous");
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      ResponseBody.this.write(Arrays.copyOfRange(octets, offset, offset + length));
    }

    @Override
    public void flush() {
      commit();
    }

    @Override
    public void close() {
      ResponseBody.this.close();
    }
  }

  private final class Text extends Writer {
    private final Charset charset;

    Text(Charset charset) {
      this.charset = charset;
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
      ResponseBody.this.write(new String(text, offset, length).getBytes(charset));
    }

    @Override
    public void flush() {
      commit();
    }

    @Override
    public void close() {
      ResponseBody.this.close();
    }
  }
}
