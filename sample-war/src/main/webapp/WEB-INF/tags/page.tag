<%@ tag pageEncoding="UTF-8" body-content="scriptless" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="s" uri="io.gatehouse.sample" %>
<%@ attribute name="title" required="true" %>
<%@ attribute name="current" %>
<%-- Everything below asks the request who the user is: that works on public pages too, and makes no session. --%>
<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>${s:text(title)} · Harbour Market</title>
  <link rel="icon" type="image/svg+xml" href="${s:text(pageContext.servletContext.contextPath)}/icons/harbour.svg">
  <link rel="stylesheet" href="${s:text(pageContext.servletContext.contextPath)}/style.css">
</head>
<body>
  <a class="skip" href="#content">Skip to content</a>
  <header class="site">
    <div class="bar">
      <a class="brand" href="${s:text(pageContext.servletContext.contextPath)}/">
        <img src="${s:text(pageContext.servletContext.contextPath)}/icons/harbour.svg" alt="" width="32" height="32">
        <span>Harbour Market</span>
      </a>
      <nav aria-label="Main">
        <a href="${s:text(pageContext.servletContext.contextPath)}/" aria-current="${s:text(current eq 'start' ? 'page' : 'false')}">Start</a>
        <a href="${s:text(pageContext.servletContext.contextPath)}/account" aria-current="${s:text(current eq 'account' ? 'page' : 'false')}">Account</a>
        <a href="${s:text(pageContext.servletContext.contextPath)}/offerings/new" aria-current="${s:text(current eq 'publish' ? 'page' : 'false')}">Publish an offering</a>
      </nav>
      <s:when test="${empty pageContext.request.userPrincipal}">
        <a class="button quiet" href="${s:text(pageContext.servletContext.contextPath)}/gatehouse/login">Log in</a>
      </s:when>
      <s:when test="${not empty pageContext.request.userPrincipal}">
        <div class="user">
          <span id="user" class="user-name">${s:text(pageContext.request.userPrincipal.displayName)}</span>
          <form method="post" action="${s:text(pageContext.servletContext.contextPath)}/gatehouse/logout">
            <button id="logout" class="button quiet" type="submit">Log out</button>
          </form>
        </div>
      </s:when>
    </div>
  </header>
  <main id="content" tabindex="-1">
    <jsp:doBody/>
  </main>
  <footer class="site">
    <p>Harbour Market is a fictional company: this is the sample application of <strong>Gatehouse</strong>, drop-in login for Jakarta EE.</p>
  </footer>
</body>
</html>
