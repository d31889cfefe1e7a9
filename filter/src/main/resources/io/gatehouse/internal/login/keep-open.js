// Opens an EventSource or a WebSocket again, after an outage and after the next login.
const gatehousePath = document.currentScript.src.replace(/[^/]*$/, '');
function keepOpen(open, login = url => addEventListener('click', () => window.open(url), {once: true})) {
  let asked = false; // at most one login for each end
  const start = () => {
    const it = open();
    const end = it instanceof WebSocket ? 'close' : 'error'; // an EventSource repairs other errors itself
    it.addEventListener(end, () => it.readyState === it.CLOSED && setTimeout(probe, 1000));
  };
  const probe = async () => {
    const answer = await fetch(gatehousePath + 'session', {cache: 'no-store'}).catch(() => ({}));
    if (answer.status === 204) { asked = false; return start(); }
    if (answer.status === 401 && !asked) { asked = true; login((await answer.json()).login); }
    setTimeout(probe, 3000);
  };
  start();
}
