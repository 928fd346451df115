// Says once that this page stayed visible for two seconds, and which pages were on the screen; says so again, when the page is left,
// if there is more to say. Where the page asks for it (data-times), also for how long each was there while somebody was at it.
// Everything else works without it.
{
  const { seen: url, times: timed } = document.currentScript.dataset;
  const enough = 2000;
  const idle = 60_000; // nobody at it: neither moved, scrolled nor typed for a minute

  /** How long each page was on the screen, in milliseconds. */
  const makeWatch = () => {
    const times = new Map();
    const onScreen = new Set();
    let counted = performance.now();
    let active = counted;
    let isRunning = false;
    const count = () => {
      const now = performance.now();
      const passed = isRunning ? Math.min(now, active + idle) - counted : 0;
      if (passed > 0) for (const page of onScreen) times.set(page, (times.get(page) ?? 0) + passed);
      counted = now;
    };
    return {
      count,
      run: (isOn) => {
        count();
        isRunning = isOn;
        active = counted;
      },
      touch: () => {
        count();
        active = counted;
      },
      show: (page, isThere) => {
        count();
        if (isThere) onScreen.add(page);
        else onScreen.delete(page);
      },
      seconds: () => Object.fromEntries([...times].map(([page, ms]) => [page, Math.round(ms / 1000)])),
    };
  };

  const pages = new Set();
  const watch = makeWatch();
  let told = '';
  let shown = 0;
  let since = 0;
  let timer = 0;

  const tell = () => {
    watch.count();
    const text = JSON.stringify({ pages: [...pages], seconds: timed === undefined ? {} : watch.seconds() });
    if (text === told) return;
    told = text;
    navigator.sendBeacon(url, text);
  };
  const appear = () => {
    since = performance.now();
    watch.run(true);
    if (told === '') timer = setTimeout(tell, enough - shown);
  };
  const leave = () => {
    clearTimeout(timer);
    watch.run(false);
    if (since > 0) shown += performance.now() - since;
    since = 0;
    if (told !== '') tell();
  };
  const look = (entries) => {
    for (const { target, isIntersecting } of entries) {
      const page = Number(target.dataset.page);
      if (isIntersecting) pages.add(page);
      watch.show(page, isIntersecting);
    }
  };

  if (url) {
    const watcher = new IntersectionObserver(look, { rootMargin: '-30% 0px -30% 0px' });
    for (const page of document.querySelectorAll('[data-page]')) watcher.observe(page);
    for (const sign of ['scroll', 'pointermove', 'pointerdown', 'keydown'])
      addEventListener(sign, watch.touch, { passive: true });
    addEventListener('visibilitychange', () => (document.visibilityState === 'visible' ? appear() : leave()));
    addEventListener('pagehide', leave);
    if (document.visibilityState === 'visible') appear();
  }
}
