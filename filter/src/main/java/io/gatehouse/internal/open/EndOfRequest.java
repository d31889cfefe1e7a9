package io.gatehouse.internal.open;

import io.gatehouse.Tokens;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/** Ends the registration of an asynchronous request when the request is complete. */
public record EndOfRequest(Tokens.Registration registration) implements AsyncListener {
  @Override
  public void onComplete(AsyncEvent event) {
    registration.close();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    // onComplete follows, if the application does not answer
  }

  @Override
  public void onError(AsyncEvent event) {
    // onComplete follows
  }

  // A container forgets its listeners when a dispatched request starts again (Servlet 6.0 section
  // 2.3.3.3).
  @Override
  public void onStartAsync(AsyncEvent event) {
    event.getAsyncContext().addListener(this);
  }
}
