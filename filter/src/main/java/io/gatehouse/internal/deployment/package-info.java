/**
 * Reads what an application has deployed: its filter mappings, its web.xml, the APIs and the copies
 * of our jar that are there; and finds the slips that leave a part of it open. Internal;
 * applications import {@code io.gatehouse} only.
 */
@NullMarked
package io.gatehouse.internal.deployment;

import org.jspecify.annotations.NullMarked;
