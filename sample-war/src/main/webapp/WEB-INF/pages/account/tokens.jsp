<%@ page contentType="text/html;charset=UTF-8" %>
<%@ taglib prefix="s" uri="io.gatehouse.sample" %>
<s:account>
  <p>Whoever has a token can use it, so this page shows only how each begins. The tokens are renewed before they expire, for as long as the Verifier agrees; you do not notice this.</p>
  <dl class="facts">
    <div><dt>Access token</dt><dd id="access-token" class="code">${s:text(s:masked(sessionScope['gatehouse.tokens'].accessToken))}</dd></div>
    <div><dt>Expires</dt><dd><span id="expires-in">${s:text(lifetime.left())}</span>, <time id="expires-at" datetime="${s:text(lifetime.end())}">${s:text(lifetime.date())}</time></dd></div>
    <div><dt>Scope</dt><dd id="scope" class="code">${s:text(empty sessionScope['gatehouse.tokens'].scope ? 'not stated' : sessionScope['gatehouse.tokens'].scope)}</dd></div>
    <div><dt>ID token</dt><dd id="id-token" class="code">${s:text(s:masked(sessionScope['gatehouse.tokens'].idToken))}</dd></div>
    <div><dt>Refresh token</dt><dd id="refresh-token" class="code">${s:text(s:masked(sessionScope['gatehouse.tokens'].refreshToken))}</dd></div>
  </dl>
</s:account>
