// Sets the theme before the first paint; a file of its own, so that a strict content policy allows it.
(() => {
  let choice = 'auto';
  try {
    choice = JSON.parse(localStorage.getItem('hotpath.settings')).state.theme;
  } catch {
    // Storage may be closed to us, or empty: then the system decides.
  }
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const known = choice === 'light' || choice === 'dark' || choice === 'projector';
  document.documentElement.dataset.theme = known ? choice : dark ? 'dark' : 'light';
})();
