<%@ page contentType="text/html;charset=UTF-8" session="false" isErrorPage="true" %>
<%@ taglib prefix="s" uri="io.gatehouse.sample" %>
<s:page title="Not found">
  <section class="card aside">
    <h1>There is no such page</h1>
    <p>The address may be mistyped, or the page has moved.</p>
    <p class="actions"><a class="button primary" href="${s:text(pageContext.servletContext.contextPath)}/">Go to the start page</a></p>
  </section>
</s:page>
