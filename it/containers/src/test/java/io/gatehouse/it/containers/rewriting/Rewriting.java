package io.gatehouse.it.containers.rewriting;

import io.gatehouse.it.containers.rewriting.Message.Part;
import io.gatehouse.it.containers.rewriting.Message.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * One change to a request.
 *
 * @param what for the message of a failed test
 */
record Rewriting(String what, Change change) {

  /** Changes a message, if need be by the same message of another user. */
  @FunctionalInterface
  interface Change {
    Message apply(Message own, Supplier<Message> others);
  }

  private static final Map<String, UnaryOperator<String>> VALUES = values();

  private static final List<String> METHODS =
      List.of("HEAD", "GET", "POST", "OPTIONS", "PUT", "DELETE", "PATCH", "PROPFIND", "get");

  // What some proxies, frameworks and servers take for the truth.
  private static final List<String> HEADERS =
      List.of(
          "X-Forwarded-Host: evil.example",
          "X-Forwarded-Proto: https",
          "X-Forwarded-Prefix: /open",
          "X-Forwarded-User: product-manager",
          "Forwarded: host=evil.example;proto=https",
          "X-Original-URL: /open/who",
          "X-Rewrite-URL: /open/who",
          "X-HTTP-Method-Override: POST",
          "X-HTTP-Method-Override: GET",
          "Authorization: Bearer abc",
          "Remote-User: product-manager",
          "X-Requested-With: XMLHttpRequest",
          "Range: bytes=0-1",
          "If-None-Match: *",
          "If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT",
          "Content-Type: multipart/form-data",
          "Accept: application/json",
          "Accept-Encoding: gzip",
          "Accept-Language: ../../x",
          "Origin: https://evil.example",
          "Origin: null",
          "Referer: https://evil.example/",
          "Sec-Fetch-Site: cross-site",
          "Sec-Fetch-Dest: iframe",
          "Sec-Purpose: prefetch",
          "Upgrade: h2c",
          "Cookie: $Version=1",
          "Cookie: JSESSIONID=0123456789ABCDEF0123456789ABCDEF",
          "TE: trailers",
          "Max-Forwards: 0");

  private static final List<String> PARAMETERS =
      List.of(
          "error=access_denied",
          "error=server_error",
          "id_token=abc",
          "access_token=abc",
          "response=abc",
          "iss=https%3A%2F%2Fevil.example",
          "_method=DELETE",
          "x=%zz");

  // With @ for the path before its last segment, and # for that segment.
  private static final List<String> PATHS =
      List.of(
          "@/#;x=1",
          "@;x=1/#",
          "/@/#",
          "@//#",
          "@/#/",
          "@/./#",
          "@/x/../#",
          "@/open/../#",
          "@/#%20",
          "@/#.",
          "@/#%00",
          "@/#%3Bx",
          "@/%2e/#",
          "@%2f#",
          "@\\#");

  /** Returns each change of each part of this message. */
  static List<Rewriting> of(Message sample) {
    var all = new ArrayList<Rewriting>();
    for (var place : Place.values()) {
      for (int i = 0; i < sample.in(place).size(); i++) {
        all.addAll(ofPart(place, i, sample.in(place).get(i).name()));
      }
    }
    PARAMETERS.forEach(it -> all.add(added(Place.PARAMETERS, it, "=")));
    HEADERS.forEach(it -> all.add(added(Place.HEADERS, it, ": ")));
    METHODS.forEach(it -> all.add(new Rewriting(it, (own, others) -> own.withMethod(it))));
    PATHS.forEach(
        it -> all.add(new Rewriting("path " + it, (own, o) -> own.withPath(moved(own, it)))));
    return all;
  }

  private static Map<String, UnaryOperator<String>> values() {
    var values = new LinkedHashMap<String, UnaryOperator<String>>();
    values.put("emptied", it -> "");
    values.put("cut", Rewriting::head);
    values.put("one longer", it -> it + "A");
    values.put("altered at its end", it -> head(it) + (it.endsWith("A") ? "B" : "A"));
    values.put("altered at its beginning", it -> (it.startsWith("A") ? "B" : "A") + tail(it));
    values.put("in upper case", it -> it.toUpperCase(Locale.ROOT));
    values.put("with a NUL", it -> it + "%00");
    values.put("with a line", it -> it + "%0d%0aX-Injected:%201");
    values.put("with a space", it -> "%20" + it);
    values.put("with a semicolon", it -> it + ";x=1");
    values.put("in quotes", it -> "\"" + it + "\"");
    values.put("encoded again", it -> it.replace("%", "%25").replace("-", "%2D"));
    values.put("of 3,000 characters", it -> it + "A".repeat(3_000));
    return values;
  }

  private static String head(String text) {
    return text.isEmpty() ? "" : text.substring(0, text.length() - 1);
  }

  private static String tail(String text) {
    return text.isEmpty() ? "" : text.substring(1);
  }

  private static List<Rewriting> ofPart(Place place, int i, String name) {
    var part = name + " of " + place + " ";
    var all = new ArrayList<Rewriting>();
    all.add(new Rewriting(part + "left out", (own, others) -> own.replace(place, i)));
    all.add(
        new Rewriting(
            part + "twice",
            (own, others) -> own.replace(place, i, own.in(place).get(i), own.in(place).get(i))));
    all.add(
        new Rewriting(
            part + "renamed",
            (own, others) ->
                own.replace(place, i, new Part("x" + name, own.in(place).get(i).value()))));
    all.add(
        new Rewriting(
            part + "of another user",
            (own, others) -> own.replace(place, i, others.get().in(place).get(i))));
    all.add(
        new Rewriting(
            part + "and then another user's",
            (own, others) ->
                own.replace(place, i, own.in(place).get(i), others.get().in(place).get(i))));
    all.add(
        new Rewriting(
            part + "after another user's",
            (own, others) ->
                own.replace(place, i, others.get().in(place).get(i), own.in(place).get(i))));
    VALUES.forEach(
        (what, change) ->
            all.add(
                new Rewriting(
                    part + what,
                    (own, others) ->
                        own.replace(
                            place,
                            i,
                            new Part(
                                own.in(place).get(i).name(),
                                change.apply(own.in(place).get(i).value()))))));
    return all;
  }

  private static Rewriting added(Place place, String text, String between) {
    var at = text.indexOf(between);
    var part = new Part(text.substring(0, at), text.substring(at + between.length()));
    return new Rewriting("added " + text, (own, others) -> own.add(place, part));
  }

  private static String moved(Message own, String pattern) {
    var end = own.path().lastIndexOf('/');
    return pattern
        .replace("@", own.path().substring(0, end))
        .replace("#", own.path().substring(end + 1));
  }
}
