// Says once that this page stayed visible for two seconds, and which pages were on the screen; says so again, when the page is left,
// if more of them were. Everything else works without it.
(() => {
  const url = document.currentScript?.dataset.seen;
  if (!url) return;
  const enough = 2000;
  const pages = new Set();
  let told = 0;
  let shown = 0;
  let since = 0;
  let timer = 0;

  const tell = () => {
    if (told > 0 && pages.size <= told) return;
    told = Math.max(pages.size, 1);
    navigator.sendBeacon(url, JSON.stringify({ pages: [...pages] }));
  };
  const appear = () => {
    since = performance.now();
    if (told === 0) timer = setTimeout(tell, enough - shown);
  };
  const leave = () => {
    clearTimeout(timer);
    if (since > 0) shown += performance.now() - since;
    since = 0;
    if (told > 0) tell();
  };

  const watcher = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) if (entry.isIntersecting) pages.add(Number(entry.target.dataset.page));
    },
    { rootMargin: '-30% 0px -30% 0px' },
  );
  for (const page of document.querySelectorAll('[data-page]')) watcher.observe(page);
  addEventListener('visibilitychange', () => (document.visibilityState === 'visible' ? appear() : leave()));
  addEventListener('pagehide', leave);
  if (document.visibilityState === 'visible') appear();
})();
