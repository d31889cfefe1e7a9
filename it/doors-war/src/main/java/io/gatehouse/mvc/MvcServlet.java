package io.gatehouse.mvc;

import jakarta.servlet.annotation.WebServlet;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;

/** Spring's servlet, mapped to a prefix and to all that no other servlet is mapped to. */
@WebServlet(
    urlPatterns = {"/mvc/*", "/"},
    loadOnStartup = 1,
    asyncSupported = true)
public class MvcServlet extends DispatcherServlet {
  private static final long serialVersionUID = 1L;

  /** Constructor for the container. */
  public MvcServlet() {
    super(context());
  }

  private static AnnotationConfigWebApplicationContext context() {
    var context = new AnnotationConfigWebApplicationContext();
    context.register(MvcConfiguration.class, MvcPages.class);
    return context;
  }
}
