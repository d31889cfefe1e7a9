<%@ tag pageEncoding="UTF-8" body-content="scriptless" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="s" uri="io.gatehouse.sample" %>
<s:page title="${section.label()}" current="account">
  <div class="account">
    <p class="trail">Account <span aria-hidden="true">/</span> <span id="tab">${s:text(tab)}</span></p>
    <h1>Your account</h1>
    <nav class="tabs" aria-label="Sections of your account">
      <s:each items="${sections}" var="each">
        <a href="${s:text(pageContext.servletContext.contextPath)}/account?tab=${s:text(each.tab())}" aria-current="${s:text(each eq section ? 'page' : 'false')}">${s:text(each.label())}</a>
      </s:each>
    </nav>
    <s:when test="${not tabIsKnown}">
      <p id="unknown-tab" class="notice">There is no section “${s:text(tab)}”. This is your profile.</p>
    </s:when>
    <section class="card" aria-labelledby="section-title">
      <h2 id="section-title">${s:text(section.label())}</h2>
      <jsp:doBody/>
    </section>
  </div>
</s:page>
