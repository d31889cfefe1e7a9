package io.gatehouse.standin.control;

import java.util.Map;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers a wrong control call of a test with the reason. */
@RestControllerAdvice(
    assignableTypes = {ControlEndpoint.class, LogOutControl.class, ApplicationControl.class})
final class ControlErrors {

  @ExceptionHandler({IllegalArgumentException.class, HttpMessageNotReadableException.class})
  ResponseEntity<Map<String, String>> wrong(Exception e) {
    var reason = NestedExceptionUtils.getMostSpecificCause(e).getMessage();
    return ResponseEntity.badRequest()
        .contentType(MediaType.APPLICATION_JSON)
        .body(Map.of("error", String.valueOf(reason)));
  }
}
