package io.gatehouse.standin.control;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Registers the control API, whose endpoints stay hidden in this package. */
@Configuration(proxyBeanMethods = false)
@Import({ControlEndpoint.class, ApplicationControl.class, LogOutControl.class, ControlErrors.class})
public final class ControlApi {}
