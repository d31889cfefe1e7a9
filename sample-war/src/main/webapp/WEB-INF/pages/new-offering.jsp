<%@ page contentType="text/html;charset=UTF-8" %>
<%@ taglib prefix="s" uri="io.gatehouse.sample" %>
<s:page title="Publish an offering" current="publish">
  <h1>Publish an offering</h1>
  <s:when test="${not empty published}">
    <p id="published" class="notice" role="status">“${s:text(published)}” is published. You can find it among your <a href="${s:text(pageContext.servletContext.contextPath)}/account?tab=api">offerings</a>.</p>
  </s:when>
  <s:when test="${not empty problem}">
    <p id="problem" class="notice bad" role="alert">${s:text(problem)}</p>
  </s:when>
  <section class="card aside" aria-labelledby="about">
    <h2 id="about">A new offering</h2>
    <p>You may do this because your credential has the power to create product offerings.</p>
    <form id="new-offering" method="post" action="${s:text(pageContext.servletContext.contextPath)}/offerings/new">
      <div class="field">
        <label for="name">Name</label>
        <input id="name" name="name" type="text" required maxlength="80" autocomplete="off" aria-describedby="name-hint" aria-invalid="${s:text(nameIsInvalid ? 'true' : 'false')}" value="${s:text(name)}">
        <p id="name-hint" class="hint">1 to 80 characters.</p>
      </div>
      <p class="actions"><button id="publish" class="button primary" type="submit">Publish</button></p>
    </form>
  </section>
</s:page>
