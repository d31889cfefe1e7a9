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
 * Sends a request once more, with another access token; its response replaces the first one. The
 * repeated request carries its Authorization header from the start, so the filter ignores both the
 * request and its response.
 */
final class Repetition {
  private Repetition() {}

  /** Returns whether the entity can be sent again. */
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
            .register(unread, Integer.MAX_VALUE) // sees the response first
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
   * Takes the entity away before anything reads it. The client's interceptors read the entity as
   * the response to the first request, and an entity must not be decoded twice.
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

  /**
   * The entity, together with the response that it belongs to: some clients close a response that
   * is unreachable.
   */
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
