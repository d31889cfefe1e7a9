// Opens an EventSource or a WebSocket again, after an outage and after the next login. A WebSocket that
// the page closes itself, with code 1000, stays closed.
(path => {
  const onNextClick = url => addEventListener('click', () => window.open(url), {once: true});
  window.keepOpen = function keepOpen(open, login = onNextClick) {
    let asked = false, wait = 1000; // at most one login for each end
    const start = () => {
      const it = open();
      const end = it instanceof WebSocket ? 'close' : 'error'; // an EventSource repairs other errors itself
      it.addEventListener('open', () => { wait = 1000; });
      it.addEventListener(end, event => {
        if (it.readyState !== it.CLOSED || event.code === 1000) return;
        setTimeout(probe, wait * (0.5 + Math.random()));
        wait = Math.min(wait * 2, 60000);
      });
    };
    const probe = async () => {
      const answer = await fetch(path + 'session', {cache: 'no-store'}).catch(() => ({}));
      if (answer.status === 204) { asked = false; return start(); }
      if (answer.status === 401 && !asked) {
        const problem = await answer.json().catch(() => ({}));
        if (problem.login) { asked = true; login(problem.login); }
      }
      setTimeout(probe, 3000);
    };
    start();
  };
})(document.currentScript.src.replace(/[^/]*$/, ''));
