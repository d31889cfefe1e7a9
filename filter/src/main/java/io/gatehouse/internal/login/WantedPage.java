package io.gatehouse.internal.login;

import io.gatehouse.internal.protocol.RequestedAuthentication;

/**
 * A page that a browser asked for, and to which it returns after its log-in.
 *
 * @param returnPath within the application
 * @param requested how the user is asked to log in
 */
public record WantedPage(String returnPath, RequestedAuthentication requested) {}
