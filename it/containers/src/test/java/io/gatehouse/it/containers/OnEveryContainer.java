package io.gatehouse.it.containers;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A class whose tests run on each container, with the application that its {@code @Deployment}
 * makes.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith({LoginServer.Start.class, ArquillianExtension.class, Application.Check.class})
@interface OnEveryContainer {}
