package io.gatehouse.internal.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The network between the filter and a server: a relay of TCP on loopback, like a firewall or a
 * load balancer, that misbehaves on request.
 */
public final class Relay implements AutoCloseable {
  /** The treatment of a connection. */
  public enum Trouble {
    NONE,
    /** Passes each part on late. */
    DELAYS,
    /** Passes the answer on twice. */
    DUPLICATES,
    /** Closes the connection as soon as it is used. */
    CLOSES,
    /** Resets the connection as soon as it is used. */
    RESETS,
    /** Ends the direction to the filter as soon as the connection is used. */
    HALF_CLOSES,
    /** Passes half of the answer on, and ends the connection. */
    TRUNCATES
  }

  private static final int DELAY_MILLISECONDS = 200;

  private final ServerSocket listening;
  private final int target;
  private final boolean tunnels;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Relayed> relayed = new CopyOnWriteArrayList<>();
  private final Queue<Trouble> troubles = new ConcurrentLinkedQueue<>();
  private final AtomicInteger used = new AtomicInteger();

  private Relay(int target, boolean tunnels) throws IOException {
    this.target = target;
    this.tunnels = tunnels;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  /** Starts a relay to a port of this machine. */
  public static Relay to(int port) throws IOException {
    return new Relay(port, false);
  }

  /** Starts a proxy that connects to a port of this machine, whatever the client asks for. */
  public static Relay tunnelTo(int port) throws IOException {
    return new Relay(port, true);
  }

  public int port() {
    return listening.getLocalPort();
  }

  public String origin() {
    return "http://127.0.0.1:" + port();
  }

  /** Treats the next connections as given, one after another, and those that follow well. */
  public void next(Trouble... each) {
    troubles.addAll(List.of(each));
  }

  /** Forgets all connections silently: what is sent over them never arrives. */
  public void forget() {
    relayed.forEach(it -> it.forgotten = true);
  }

  /** The connections that have been opened. */
  public int connections() {
    return relayed.size();
  }

  /** The connections over which something has been sent. */
  public int used() {
    return used.get();
  }

  private void accept() {
    try {
      while (!listening.isClosed()) {
        var client = listening.accept();
        var trouble = troubles.isEmpty() ? Trouble.NONE : troubles.remove();
        var connection = new Relayed(client, trouble);
        relayed.add(connection);
        threads.execute(connection::up);
      }
    } catch (IOException closed) {
      threads.shutdown();
    }
  }

  private final class Relayed {
    private final Socket client;
    private final Trouble trouble;
    private volatile boolean forgotten;

    Relayed(Socket client, Trouble trouble) {
      this.client = client;
      this.trouble = trouble;
    }

    void up() {
      var buffer = new byte[8192];
      try (client;
          var server = new Socket(InetAddress.getLoopbackAddress(), target)) {
        if (tunnels) {
          openTunnel(client.getInputStream());
        }
        threads.execute(() -> down(server));
        var first = true;
        for (var read = client.getInputStream().read(buffer);
            read >= 0;
            read = client.getInputStream().read(buffer)) {
          if (first) {
            used.incrementAndGet();
            first = false;
          }
          if (forgotten) {
            continue;
          }
          if (!passesOn()) {
            return;
          }
          server.getOutputStream().write(buffer, 0, read);
        }
      } catch (IOException gone) {
        // either side went away
      }
    }

    private void openTunnel(InputStream in) throws IOException {
      for (var ends = 0; ends < 2; ) {
        var next = in.read();
        ends = next == '\n' ? ends + 1 : next == '\r' ? ends : 0;
      }
      client
          .getOutputStream()
          .write("HTTP/1.1 200 Established\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private boolean passesOn() throws IOException {
      switch (trouble) {
        case CLOSES -> {
          return false;
        }
        case RESETS -> {
          client.setSoLinger(true, 0);
          return false;
        }
        case HALF_CLOSES -> client.shutdownOutput();
        case DELAYS -> pause();
        default -> {
          // to be treated on its way back, or not at all
        }
      }
      return true;
    }

    private void down(Socket server) {
      var buffer = new byte[8192];
      try {
        for (var read = server.getInputStream().read(buffer);
            read >= 0;
            read = server.getInputStream().read(buffer)) {
          if (trouble == Trouble.TRUNCATES) {
            client.getOutputStream().write(buffer, 0, read / 2);
            break;
          }
          if (trouble == Trouble.DELAYS) {
            pause();
          }
          client.getOutputStream().write(buffer, 0, read);
          if (trouble == Trouble.DUPLICATES) {
            client.getOutputStream().write(buffer, 0, read);
          }
        }
        client.close();
      } catch (IOException gone) {
        // either side went away
      }
    }

    private static void pause() {
      try {
        Thread.sleep(DELAY_MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (var one : relayed) {
      one.client.close();
    }
    threads.shutdownNow();
  }
}
