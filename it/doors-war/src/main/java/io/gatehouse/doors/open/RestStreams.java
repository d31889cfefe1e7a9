package io.gatehouse.doors.open;

import io.gatehouse.LoginNeededException;
import io.gatehouse.Tokens;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Event streams and asynchronous responses of Jakarta REST. */
@Path("/open")
public class RestStreams {
  /** Constructor for the container. */
  public RestStreams() {}

  /** An event stream that closes with the session of its user. */
  @GET
  @Path("/events")
  @Produces("text/event-stream")
  public void events(
      @Context SseEventSink sink, @Context Sse sse, @Context HttpServletRequest request) {
    var tokens = Tokens.of(request).orElseThrow(LoginNeededException::new);
    sink.send(sse.newEvent("user " + request.getRemoteUser()));
    if (request.getParameter("ended") != null) {
      request.getSession().invalidate(); // as another request may at this moment
    }
    tokens.onEnd(sink);
  }

  /** Throws within the request. */
  @GET
  @Path("/thrown")
  public String thrown(@QueryParam("what") String what) {
    throw AsyncFaults.fault(what);
  }

  /** Resumes with an exception, on another thread. */
  @GET
  @Path("/resumed")
  public void resumed(@Suspended AsyncResponse response, @QueryParam("what") String what) {
    new Thread(() -> response.resume(AsyncFaults.fault(what))).start();
  }

  /** Returns a stage that fails. */
  @GET
  @Path("/failed")
  @Produces({"text/plain", "application/json"}) // of a stage Jersey finds no writer
  public CompletionStage<String> failed(@QueryParam("what") String what) {
    return CompletableFuture.supplyAsync(
        () -> {
          throw AsyncFaults.fault(what);
        });
  }
}
