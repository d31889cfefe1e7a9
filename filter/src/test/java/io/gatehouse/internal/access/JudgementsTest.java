package io.gatehouse.internal.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.filter.FakeRequest;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.ArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The marks of what was judged, and what they prove. */
@Tag("case-10")
class JudgementsTest {
  private final Judgements judgements = new Judgements();
  private final FakeRequest request = FakeRequest.get("/orders").decodedAs("/orders", "/7");

  private static HttpServletRequest showing(HttpServletRequest request, String path) {
    return new HttpServletRequestWrapper(request) {
      @Override
      public String getServletPath() {
        return path;
      }
    };
  }

  @Test
  void aRequestThatWasNotJudgedHasNone() {
    assertThat(judgements.areOn(request.http())).isFalse();
    assertThat(judgements.areOf(request.http())).isFalse();
  }

  @Test
  void aJudgedRequestHasTheMarkOfItsPathAndMethod() {
    judgements.leave(request.http());
    assertThat(judgements.areOn(request.http())).isTrue();
    assertThat(judgements.areOf(request.http())).isTrue();
  }

  @Test
  void anotherPathIsAnotherMatter() {
    judgements.leaveForUser(request.http());
    request.decodedAs("/orders", "/8");
    assertThat(judgements.areOn(request.http())).isTrue();
    assertThat(judgements.areOf(request.http())).isFalse();
  }

  @Test
  void anotherMethodIsAnotherMatter() {
    judgements.leave(request.http());
    var post =
        new HttpServletRequestWrapper(request.http()) {
          @Override
          public String getMethod() {
            return "POST";
          }
        };
    assertThat(judgements.areOf(post)).isFalse();
  }

  @Test
  void thePathThatAnotherFilterShowsIsNotTheOneThatWasJudged() {
    judgements.leave(request.http());
    assertThat(judgements.areOf(showing(request.http(), "/public"))).isFalse();
  }

  @Test
  void whatIsJudgedIsTheContainersPath() {
    judgements.leave(showing(request.http(), "/public"));
    assertThat(judgements.areOf(request.http())).isTrue();
  }

  @Test
  void theMarkOfAnotherFilterIsNone() {
    judgements.leave(request.http());
    assertThat(new Judgements().areOn(request.http())).isFalse();
  }

  @Test
  void aTextInPlaceOfTheMarkIsNone() {
    var names = new ArrayList<String>();
    var listening =
        new HttpServletRequestWrapper(request.http()) {
          @Override
          public void setAttribute(String name, Object value) {
            names.add(name);
          }
        };
    judgements.leave(listening);
    request.attribute(names.get(0), "judged");
    assertThat(judgements.areOn(request.http())).isFalse();
  }

  @Test
  void theMarkOfAUsersPageIsTheSameObjectAgain() {
    var marks =
        IntStream.range(0, 2)
            .mapToObj(
                it -> {
                  var page = FakeRequest.get("/orders").decodedAs("/orders", "/7");
                  var kept = new ArrayList<Object>();
                  judgements.leaveForUser(
                      new HttpServletRequestWrapper(page.http()) {
                        @Override
                        public void setAttribute(String name, Object value) {
                          kept.add(value);
                        }
                      });
                  return kept.get(0);
                })
            .toList();
    assertThat(marks.get(0)).isSameAs(marks.get(1));
  }

  @Test
  void theContainersRequestIsBeneathAllWrappersOfARequest() {
    var container = request.http();
    assertThat(ContainerRequest.of(container)).isSameAs(container);
    assertThat(ContainerRequest.of(showing(showing(container, "/a"), "/b"))).isSameAs(container);
  }

  @Test
  void ofAFurtherDispatchTheContainersOwnWrapperCounts() {
    var forwarded = showing(request.dispatchedAs(DispatcherType.FORWARD).http(), "/forwarded");
    // Here the test's class loader is the container's too.
    assertThat(ContainerRequest.of(forwarded)).isSameAs(forwarded);
  }
}
