<%@ page contentType="text/plain;charset=UTF-8" session="false" %><% io.gatehouse.doors.Counts.add("jsp"); %>SECRET jsp <%= request.getRemoteUser() %>
