package io.gatehouse.it.load;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.ContextLoaderListener;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.DelegatingFilterProxy;

/** Spring Security's filter before a plain servlet, as its own initializer would set it up. */
final class SpringInitializer implements ServletContainerInitializer {
  private static final String CHAIN = "springSecurityFilterChain";

  @Override
  public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
    var spring = new AnnotationConfigWebApplicationContext();
    spring.register(SpringConfiguration.class);
    context.addListener(new ContextLoaderListener(spring));
    var filter = context.addFilter(CHAIN, new DelegatingFilterProxy(CHAIN));
    filter.setAsyncSupported(true);
    filter.addMappingForUrlPatterns(
        EnumSet.of(DispatcherType.REQUEST, DispatcherType.ERROR, DispatcherType.ASYNC),
        false,
        "/*");
  }
}
