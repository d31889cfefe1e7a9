package io.gatehouse.it.containers.doors;

import io.gatehouse.it.servers.container.ContainerServer;
import java.util.List;
import java.util.stream.Stream;

/**
 * A page behind a door.
 *
 * @param path in the application, with a query if the page has one
 * @param marker the text that a user sees
 * @param rule the people who may see the page
 */
record Page(String path, String marker, Rule rule) {
  /** The people who may see a page. */
  enum Rule {
    USERS,
    MANAGERS,
    NO_ONE
  }

  private static final List<Page> OF_SERVLETS =
      List.of(
          users("/secret", "SECRET servlet"),
          users("/prefix", "SECRET servlet"),
          users("/prefix/more/of/it", "SECRET servlet"),
          users("/some.door", "SECRET servlet"),
          users("/deep/some.door", "SECRET servlet"),
          managers("/admin/secret", "SECRET servlet"),
          managers("/admin/some.door", "SECRET servlet"),
          closed("/boss/secret", "SECRET servlet"),
          users("/file.txt", "SECRET static"),
          managers("/admin/file.txt", "SECRET static"),
          closed("/boss/file.txt", "SECRET static"),
          users("/page.jsp", "SECRET jsp"),
          managers("/admin/page.jsp", "SECRET jsp"),
          closed("/boss/page.jsp", "SECRET jsp"),
          users("/rest/door", "SECRET rest"),
          users("/async", "SECRET async"),
          closed("/boss/async", "SECRET async"),
          users("/dispatch?by=async&to=/secret", "SECRET servlet"),
          users("/dispatch?by=async-wrapped&to=/secret", "SECRET servlet"),
          users("/dispatch?by=thread-dispatch&to=/secret", "SECRET servlet"),
          users("/dispatch?by=forward&to=/secret", "SECRET servlet"),
          users("/dispatch?by=include&to=/secret", "SECRET servlet"),
          users("/dispatch?by=async&to=/WEB-INF/inside.jsp", "INSIDE jsp"),
          users("/dispatch?by=thread", "OWN thread"),
          users("/dir/", "SECRET welcome of dir"),
          users("/jspdir/", "SECRET welcome jsp"),
          managers("/exact2/", "SECRET welcome of exact2"),
          managers("/exact3/index.html", "SECRET welcome of exact3"),
          users("/error-page", "SECRET error-page"));

  private static final List<Page> OF_FACES =
      List.of(
          users("/view.xhtml", "SECRET faces"),
          users("/view.jsf", "SECRET faces"),
          users("/view.faces", "SECRET faces"),
          users("/faces/view.xhtml", "SECRET faces"),
          managers("/admin/view.xhtml", "SECRET faces"),
          managers("/admin/view.jsf", "SECRET faces"),
          closed("/boss/view.xhtml", "SECRET faces"),
          closed("/boss/view.faces", "SECRET faces"));

  private static Page users(String path, String marker) {
    return new Page(path, marker, Rule.USERS);
  }

  private static Page managers(String path, String marker) {
    return new Page(path, marker, Rule.MANAGERS);
  }

  private static Page closed(String path, String marker) {
    return new Page(path, marker, Rule.NO_ONE);
  }

  /** Returns the pages that the current container serves. */
  static List<Page> all() {
    if (ContainerServer.hasServletsOnly()) {
      return OF_SERVLETS;
    }
    return Stream.concat(OF_SERVLETS.stream(), OF_FACES.stream()).toList();
  }
}
