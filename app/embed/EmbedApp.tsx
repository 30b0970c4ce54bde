import { type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { Router } from 'wouter';
import { Button } from '../ui/Button.tsx';
import { Notices } from '../ui/Notices.tsx';
import { DrillEmbed } from './drill/DrillEmbed.tsx';
import { EmbedBoundary } from './EmbedBoundary.tsx';
import styles from './EmbedApp.module.css';
import type { Embedded } from './Embedded.ts';
import { LessonEmbed } from './lesson/LessonEmbed.tsx';
import { appAddress, watchLinks } from './outLinks.ts';
import type { BadParameter } from './readParameters.ts';
import { Refused } from './Refused.tsx';
import { SimEmbed } from './sim/SimEmbed.tsx';

interface EmbedAppProps {
  embedded: Embedded;
  /** Notices that come later; returns how to stop. */
  onNotice: (listener: (notice: BadParameter) => void) => () => void;
}

/** Everything inside the frame: notices on top, the unit, and the way out. */
export function EmbedApp({ embedded, onNotice }: EmbedAppProps) {
  const { parameters } = embedded;
  const { values, unit, bad } = parameters;
  const [notices, setNotices] = useState<readonly BadParameter[]>(bad);
  const root = useRef<HTMLDivElement>(null);
  const app = values.links ? appAddress(location) : undefined;
  useEffect(() => onNotice((notice) => setNotices((all) => [...all.slice(-3), notice])), [onNotice]);
  useEffect(() => (root.current === null ? undefined : watchLinks(root.current, app)), [app]);
  const hook = useMemo(() => outwards(app), [app]);
  return (
    // Wouter takes its source of addresses as a hook in a prop.
    // oxlint-disable-next-line react/hooks
    <Router hook={hook}>
      <div ref={root} className={styles.embed} data-size={values.size}>
        {notices.length > 0 && <NoticeList notices={notices} onClose={() => setNotices([])} />}
        {/* The page around has a main of its own. */}
        <main aria-label={unit === null ? 'Hotpath' : `Hotpath: ${unit.id}`}>
          <EmbedBoundary warn={embedded.warn}>
            <Gate load={values.load} what={unit === null ? '' : unit.kind}>
              <Suspense
                fallback={
                  <output style={{ display: 'block', minHeight: 240 }} aria-busy="true" aria-label="Being loaded" />
                }
              >
                {unit === null && <Refused text={nothingNamed(parameters.bad)} />}
                {unit?.kind === 'sim' && <SimEmbed id={unit.id} embedded={embedded} />}
                {unit?.kind === 'lesson' && <LessonEmbed id={unit.id} embedded={embedded} />}
                {unit?.kind === 'drill' && <DrillEmbed id={unit.id} embedded={embedded} />}
              </Suspense>
            </Gate>
          </EmbedBoundary>
        </main>
        {unit !== null && values.controls === 'full' && <WayOut app={app} path={pathOf(unit)} />}
        <Notices />
      </div>
    </Router>
  );
}

function nothingNamed(bad: readonly BadParameter[]): string {
  const [clash] = bad.filter(({ name }) => name === 'sim' || name === 'drill' || name === 'lesson');
  return clash?.message ?? 'The address of this embed has to name one sim, one lesson or one drill.';
}

function pathOf({ kind, id }: { kind: string; id: string }): string {
  return `/${kind === 'sim' ? 'play' : kind === 'lesson' ? 'learn' : 'drill'}/${id}`;
}

/** Waits with the work until it is wanted. */
function Gate({ load, what, children }: { load: 'lazy' | 'click' | 'now'; what: string; children: ReactNode }) {
  const [open, setOpen] = useState(load === 'now' || what === '');
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (open || load !== 'lazy' || place.current === null) return undefined;
    // Inside a frame of another site this is still told against the whole window.
    const observer = new IntersectionObserver((entries) => entries.some((one) => one.isIntersecting) && setOpen(true), {
      rootMargin: '200px',
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [open, load]);
  if (open) return children;
  return (
    <div ref={place} className={styles.gate}>
      <h1 className={styles.hidden}>Hotpath</h1>
      {load === 'click' && (
        <Button kind="primary" onClick={() => setOpen(true)}>
          Open this {what === 'sim' ? 'simulation' : what}
        </Button>
      )}
    </div>
  );
}

function NoticeList({ notices, onClose }: { notices: readonly BadParameter[]; onClose: () => void }) {
  return (
    <section className={styles.notices} aria-label="Notices">
      <ul data-plain>
        {notices.map(({ name, message }, index) => (
          <li key={`${name}${index}`}>{message}</li>
        ))}
      </ul>
      <Button kind="text" onClick={onClose}>
        Hide
      </Button>
    </section>
  );
}

function WayOut({ app, path }: { app: string | undefined; path: string }) {
  return (
    <footer className={styles.out} aria-label={`About this embed: ${path.split('/').at(-1)}`}>
      {app === undefined || path.startsWith('/play') ? 'Hotpath' : <a href={`${app}#${path}`}>Open in Hotpath</a>}
      <span>A model, not a measurement of your system.</span>
    </footer>
  );
}

/** In a frame no page follows another: what would be a visit opens the app beside it. */
function outwards(app: string | undefined) {
  const go = (to: string) => {
    if (app !== undefined) window.open(`${app}#/${to.replace(/^#?\/?/, '')}`, '_blank', 'noopener');
  };
  return Object.assign((): [string, typeof go] => ['/', go], { hrefs: (href: string) => `#${href}` });
}
