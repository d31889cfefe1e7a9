<%@ page contentType="text/html;charset=UTF-8" session="false" %>
<%@ taglib prefix="s" uri="io.gatehouse.sample" %>
<%-- session="false": a visitor who only looks around gets no session. --%>
<s:page title="Welcome" current="start">
  <section class="hero" aria-labelledby="welcome">
    <div class="pitch">
      <p class="eyebrow">Gatehouse sample application</p>
      <h1 id="welcome">Cloud offerings from suppliers you can trust</h1>
      <p class="lead">Harbour Market is where companies buy and sell cloud services. Nobody here has a password: you log in with the credential that your company gave you.</p>
      <s:when test="${empty pageContext.request.userPrincipal}">
        <p class="actions">
          <a id="login" class="button primary" href="${s:text(pageContext.servletContext.contextPath)}/gatehouse/login"><svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><path d="M19 8V6a2 2 0 0 0-2-2H5a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h14a2 2 0 0 0 2-2V10a2 2 0 0 0-2-2H5a2 2 0 0 1-2-2"/><path d="M16.5 14h.01"/></svg>Log in with your wallet</a>
          <a id="account" class="more" href="${s:text(pageContext.servletContext.contextPath)}/account">Go to your account</a>
        </p>
      </s:when>
      <s:when test="${not empty pageContext.request.userPrincipal}">
        <p class="notice">You are logged in as <strong id="display-name">${s:text(pageContext.request.userPrincipal.displayName)}</strong>.</p>
        <p class="actions">
          <a id="account" class="button primary" href="${s:text(pageContext.servletContext.contextPath)}/account">Go to your account</a>
          <a id="publish" class="more" href="${s:text(pageContext.servletContext.contextPath)}/offerings/new">Publish an offering</a>
        </p>
      </s:when>
    </div>
    <img class="art" src="${s:text(pageContext.servletContext.contextPath)}/icons/quay.svg" alt="" width="480" height="400">
  </section>
  <section aria-labelledby="how">
    <h2 id="how">How you log in</h2>
    <ol class="steps">
      <li>
        <h3>Open your wallet</h3>
        <p>You are taken to the Verifier, which shows a code. Scan it with your wallet.</p>
      </li>
      <li>
        <h3>Present your credential</h3>
        <p>You see what is asked for, and you decide. The credential says who you are and what you may do for your company.</p>
      </li>
      <li>
        <h3>Get to work</h3>
        <p>You are back on the page that you wanted, with the powers that your credential gives you.</p>
      </li>
    </ol>
  </section>
  <section class="card" aria-labelledby="inside">
    <h2 id="inside">What is inside</h2>
    <p>This application has no login code of its own. One filter in <code>web.xml</code> and a few lines of configuration are enough; the pages read the user from the request and the tokens from the session.</p>
    <p>One more line says who may <a href="${s:text(pageContext.servletContext.contextPath)}/offerings/new">publish an offering</a>: only users whose credential has the power to create one.</p>
  </section>
</s:page>
