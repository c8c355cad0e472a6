// Before the first paint, so that a dark page does not flash white. A file of its own: the content policy allows no inline script.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem('recibot-color-scheme');
  } catch {
    // Storage may be forbidden; the system's scheme is used then.
  }
  const isDark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light');
})();
