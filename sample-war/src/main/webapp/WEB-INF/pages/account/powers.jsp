<%@ page contentType="text/html;charset=UTF-8" %>
<%@ taglib prefix="s" uri="io.gatehouse.sample" %>
<s:account>
  <p>What you may do for your organisation, according to the credential that you logged in with.</p>
  <s:when test="${empty powers}">
    <p id="no-powers" class="notice">Your login carries no powers.</p>
  </s:when>
  <s:when test="${not empty powers}">
    <div class="scroll" role="region" aria-label="Table of your powers" tabindex="0">
      <table id="powers">
        <thead><tr><th scope="col">Function</th><th scope="col">Actions</th><th scope="col">Domain</th><th scope="col">Type</th></tr></thead>
        <tbody>
          <s:each items="${powers}" var="power">
            <tr>
              <td><strong>${s:text(power.function())}</strong></td>
              <td data-label="Actions">${s:text(power.action())}</td>
              <td data-label="Domain">${s:text(power.domain())}</td>
              <td data-label="Type">${s:text(power.type())}</td>
            </tr>
          </s:each>
        </tbody>
      </table>
    </div>
  </s:when>
  <h3 id="roles-title">Your roles</h3>
  <p>The same powers, in the form in which this application asks for them: with <code>isUserInRole</code> or in its configuration.</p>
  <s:when test="${empty pageContext.request.userPrincipal.roles}">
    <p id="no-roles" class="notice">You have no roles here.</p>
  </s:when>
  <s:when test="${not empty pageContext.request.userPrincipal.roles}">
    <ul id="roles" class="chips" aria-labelledby="roles-title">
      <s:each items="${pageContext.request.userPrincipal.roles.stream().sorted().toList()}" var="role">
        <li><code>${s:text(role)}</code></li>
      </s:each>
    </ul>
  </s:when>
  <p><code>isUserInRole("editor")</code>, this application's own role for users who may create or update offerings: <strong id="is-editor">${s:text(pageContext.request.isUserInRole('editor') ? 'yes' : 'no')}</strong></p>
</s:account>
