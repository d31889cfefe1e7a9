package io.gatehouse.container;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Runs one trial for each request. */
final class TrialServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient BlockingQueue<ServletRule.Trial> trials = new LinkedBlockingQueue<>();
  private final transient BlockingQueue<Optional<Throwable>> failures = new LinkedBlockingQueue<>();

  void next(ServletRule.Trial trial) {
    trials.clear();
    failures.clear();
    trials.add(trial);
  }

  /** Throws what the trial threw. */
  void rethrow() throws Exception {
    var failure = Objects.requireNonNull(failures.poll(10, TimeUnit.SECONDS), "no trial");
    if (failure.isPresent()) {
      throw new AssertionError(failure.get().getMessage(), failure.get());
    }
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response) {
    Optional<Throwable> failure = Optional.empty();
    try {
      Objects.requireNonNull(trials.poll(), "no trial").run(request, response);
    } catch (Throwable e) { // an AssertionError too
      failure = Optional.of(e);
    } finally {
      completeIfStarted(request);
      failures.add(failure);
    }
  }

  // Until the end of the dispatch, a request is asynchronous even if it is completed.
  private static void completeIfStarted(HttpServletRequest request) {
    if (request.isAsyncStarted()) {
      try {
        request.getAsyncContext().complete();
      } catch (IllegalStateException completed) {
        // by the trial
      }
    }
  }
}
