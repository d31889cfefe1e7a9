<%@ page contentType="text/html;charset=UTF-8" %>
<%@ taglib prefix="s" uri="io.gatehouse.sample" %>
<s:account>
  <p>What you may do for your organisation, out of the credential that you logged in with.</p>
  <s:when test="${empty powers}">
    <p id="no-powers" class="notice">Your log-in carries no powers.</p>
  </s:when>
  <s:when test="${not empty powers}">
    <div class="scroll" role="region" aria-labelledby="section-title" tabindex="0">
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
</s:account>
