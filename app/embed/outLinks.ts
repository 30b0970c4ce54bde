/** The address of the app this embed belongs to; undefined from disk, where the app cannot run. */
export function appAddress(here: Location): string | undefined {
  return here.protocol === 'file:' ? undefined : new URL('index.html', here.href).href;
}

/**
 * Links lead out of the frame into a window of their own; without links they are text. Watches for new ones; returns how
 * to stop.
 * @param app the address of the app; a hash address of ours then leads there.
 */
export function watchLinks(root: Element, app: string | undefined): () => void {
  const settle = () => {
    for (const link of root.querySelectorAll<HTMLAnchorElement>('a[href]:not([download])')) {
      const written = link.getAttribute('href') ?? '';
      const isOurs = written.startsWith('#/');
      if (app === undefined) link.removeAttribute('href');
      else if (isOurs) link.setAttribute('href', `${app}${written}`);
      if (app !== undefined && !written.startsWith('#')) continueOutside(link);
      else if (isOurs && app !== undefined) continueOutside(link);
    }
  };
  settle();
  const observer = new MutationObserver(settle);
  observer.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['href'] });
  return () => observer.disconnect();
}

function continueOutside(link: HTMLAnchorElement): void {
  if (link.target === '_blank') return;
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
}
