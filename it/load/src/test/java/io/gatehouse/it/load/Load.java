package io.gatehouse.it.load;

import io.gatehouse.it.servers.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * Connections that send the next request as soon as they are answered, for a time.
 *
 * @param connections the number of connections
 */
record Load(int connections, Duration time) {
  /**
   * Sends requests, one after another and again from the first.
   *
   * @param status the status that each answer must have
   */
  Rate send(LoadedServer server, int status, List<String> requests) {
    var processorTime = server.processorTime();
    var start = System.nanoTime();
    var streams = new ArrayList<Callable<Latencies>>();
    for (int i = 0; i < connections; i++) {
      var first = i;
      streams.add(() -> stream(server, status, requests, first, start + time.toNanos()));
    }
    var latencies = new Latencies();
    var threads = Executors.newFixedThreadPool(connections);
    try {
      for (var stream : threads.invokeAll(streams)) {
        latencies.add(stream.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
    return new Rate(
        latencies,
        Duration.ofNanos(System.nanoTime() - start),
        server.processorTime().minus(processorTime));
  }

  private Latencies stream(
      LoadedServer server, int status, List<String> requests, int first, long end) {
    var latencies = new Latencies();
    try (var connection = new Connection(server.port())) {
      var next = first % requests.size();
      for (var asked = System.nanoTime(); asked < end; ) {
        var answer = connection.send(requests.get(next));
        var answered = System.nanoTime();
        latencies.add(answered - asked);
        if (answer.status() != status) {
          throw new IllegalStateException(server.variant() + ": " + answer);
        }
        next = (next + connections) % requests.size();
        asked = answered;
      }
    }
    return latencies;
  }
}
