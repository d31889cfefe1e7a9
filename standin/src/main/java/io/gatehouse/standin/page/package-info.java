/** HTML pages, the error page, and the redirects that send a browser back to the client. */
@NullMarked
package io.gatehouse.standin.page;

import org.jspecify.annotations.NullMarked;
