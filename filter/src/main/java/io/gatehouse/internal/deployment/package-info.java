/**
 * Reads the deployment of an application: its filter mappings, its web.xml, the available APIs and
 * the copies of the Gatehouse jar; and detects mistakes that leave a part of it unprotected.
 * Internal; applications import {@code io.gatehouse} only.
 */
@NullMarked
package io.gatehouse.internal.deployment;

import org.jspecify.annotations.NullMarked;
