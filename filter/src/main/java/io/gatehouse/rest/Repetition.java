package io.gatehouse.rest;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.core.Form;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Variant;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * A request sent once more, with another access token; its answer takes the first one's place. It
 * carries its Authorization header from the start, so that the filter leaves it, and its answer,
 * alone.
 */
final class Repetition {
  private Repetition() {}

  /** Whether what was sent is still there. */
  static boolean isPossible(ClientRequestContext request) {
    var entity = request.getEntity();
    return entity == null
        || entity instanceof String
        || entity instanceof byte[]
        || entity instanceof Form;
  }

  static void send(ClientRequestContext request, String token, ClientResponseContext response)
      throws IOException {
    var refusal = response.getEntityStream();
    if (refusal != null) {
      refusal.close();
    }
    var unread = new Unread();
    var again = invocation(request, token, unread).invoke();
    response.setStatusInfo(again.getStatusInfo());
    response.getHeaders().clear();
    response.getHeaders().putAll(again.getStringHeaders());
    response.setEntityStream(new Rest(unread.entity, again));
  }

  private static Invocation invocation(ClientRequestContext request, String token, Unread unread) {
    var headers = new MultivaluedHashMap<String, Object>();
    headers.putAll(request.getHeaders());
    headers.putSingle(HttpHeaders.AUTHORIZATION, "Bearer " + token);
    var builder =
        request
            .getClient()
            .target(request.getUri())
            .register(unread, Integer.MAX_VALUE) // the first to see the answer
            .request()
            .headers(headers);
    request.getPropertyNames().forEach(it -> builder.property(it, request.getProperty(it)));
    return request.hasEntity()
        ? builder.build(request.getMethod(), Entity.entity(request.getEntity(), variant(request)))
        : builder.build(request.getMethod());
  }

  private static Variant variant(ClientRequestContext request) {
    var mediaType =
        Objects.requireNonNullElse(request.getMediaType(), MediaType.APPLICATION_OCTET_STREAM_TYPE);
    return new Variant(
        mediaType, request.getLanguage(), request.getHeaderString(HttpHeaders.CONTENT_ENCODING));
  }

  /**
   * Takes the entity away before anything reads it: the client's interceptors read it as the answer
   * to the first request, and what they have decoded once they must not decode again.
   */
  private static final class Unread implements ClientResponseFilter {
    private InputStream entity = InputStream.nullInputStream();

    @Override
    public void filter(ClientRequestContext request, ClientResponseContext response) {
      var stream = response.getEntityStream();
      if (stream != null) {
        entity = stream;
        response.setEntityStream(InputStream.nullInputStream());
      }
    }
  }

  /** The entity, with the answer that it belongs to: some clients close one that nobody holds. */
  private static final class Rest extends FilterInputStream {
    private final Response answer;

    Rest(InputStream entity, Response answer) {
      super(entity);
      this.answer = answer;
    }

    @Override
    public void close() throws IOException {
      try (answer) {
        super.close();
      }
    }
  }
}
