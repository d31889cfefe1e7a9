const seen = [];
const logins = [];
const sockets = [];

const stream = () => keepOpen(() => {
  const it = new EventSource('stream?once=true');
  it.onmessage = message => seen.push(message.data);
  return it;
}, url => logins.push(url));

const socket = () => keepOpen(() => {
  const it = new WebSocket('ws/user');
  it.onmessage = message => seen.push(message.data);
  it.onclose = end => seen.push(end.code);
  sockets.push(it);
  return it;
}, url => logins.push(url));
