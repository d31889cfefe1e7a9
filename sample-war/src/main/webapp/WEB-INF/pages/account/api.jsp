<%@ page contentType="text/html;charset=UTF-8" %>
<%@ taglib prefix="s" uri="io.gatehouse.sample" %>
<s:account>
  <p>This page calls <code id="api-address">${s:text(apiAddress)}</code> with your access token.</p>
  <s:when test="${not empty problem}">
    <p id="api-problem" class="notice bad" role="alert">${s:text(problem)}</p>
  </s:when>
  <s:when test="${empty problem and empty offerings}">
    <p id="no-offerings" class="notice">There are no offerings for you at the moment.</p>
  </s:when>
  <s:when test="${not empty offerings}">
    <div class="scroll" role="region" aria-label="Table of the offerings" tabindex="0">
      <table id="offerings">
        <thead><tr><th scope="col">Offering</th><th scope="col">Status</th><th scope="col">Id</th></tr></thead>
        <tbody>
          <s:each items="${offerings}" var="offering">
            <tr>
              <td><strong>${s:text(offering.name())}</strong></td>
              <td data-label="Status">${s:text(offering.status())}</td>
              <td data-label="Id"><code>${s:text(offering.id())}</code></td>
            </tr>
          </s:each>
        </tbody>
      </table>
    </div>
  </s:when>
</s:account>
