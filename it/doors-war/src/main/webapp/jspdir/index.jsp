<%@ page contentType="text/plain;charset=UTF-8" session="false" %><% io.gatehouse.doors.Counts.add("jsp"); %>SECRET welcome jsp <%= request.getRemoteUser() %>
