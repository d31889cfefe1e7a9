<%@ tag pageEncoding="UTF-8" body-content="scriptless" trimDirectiveWhitespaces="true" %>
<%@ attribute name="items" required="true" type="java.util.List" %>
<%@ attribute name="var" required="true" rtexprvalue="false" %>
<%@ variable name-from-attribute="var" alias="item" scope="NESTED" %>
<%
  for (Object each : (java.util.List<?>) getJspContext().getAttribute("items")) {
    getJspContext().setAttribute("item", each);
%><jsp:doBody/><%
  }
%>
