<%@ page contentType="text/html;charset=UTF-8" %>
<%@ taglib prefix="s" uri="io.gatehouse.sample" %>
<s:account>
  <dl class="facts">
    <div><dt>Name</dt><dd id="display-name">${s:text(sessionScope['gatehouse.tokens'].user.displayName)}</dd></div>
    <s:when test="${not empty sessionScope['gatehouse.tokens'].user.claims.email}">
      <div><dt>E-mail</dt><dd id="email">${s:text(sessionScope['gatehouse.tokens'].user.claims.email)}</dd></div>
    </s:when>
    <s:when test="${not empty mandator}">
      <div><dt>Organisation</dt><dd id="organization">${s:text(mandator.organization())}</dd></div>
    </s:when>
    <s:when test="${not empty mandator.organizationIdentifier()}">
      <div><dt>Registered as</dt><dd id="organization-identifier">${s:text(mandator.organizationIdentifier())}</dd></div>
    </s:when>
    <div><dt>Subject</dt><dd id="subject" class="code">${s:text(sessionScope['gatehouse.tokens'].user.subject)}</dd></div>
    <div><dt>Vouched for by</dt><dd id="issuer" class="code">${s:text(sessionScope['gatehouse.tokens'].user.claims.iss)}</dd></div>
  </dl>
</s:account>
