<%@ page contentType="text/html;charset=UTF-8" session="false" isErrorPage="true" %>
<%@ taglib prefix="s" uri="io.gatehouse.sample" %>
<s:page title="Something went wrong">
  <section class="card aside">
    <h1>Something went wrong</h1>
    <p>That is our fault and not yours. Try again in a moment.</p>
    <p class="actions"><a class="button primary" href="${s:text(pageContext.servletContext.contextPath)}/">Go to the start page</a></p>
  </section>
</s:page>
