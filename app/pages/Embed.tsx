import { useEffect, useState } from 'react';
import { lessonIndex } from '../content/lessons.ts';
import { scenarioIndex } from '../content/scenarioIndex.ts';
import { type EmbedKind, embedKinds, type ParameterName } from '../embed/parameters.ts';
import { Button } from '../ui/Button.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { Select } from '../ui/Select.tsx';
import { drillIndex } from '../content/drills.ts';
import styles from './embed/Embed.module.css';
import { ParameterForm } from './embed/ParameterForm.tsx';
import { ParameterTable } from './embed/ParameterTable.tsx';
import { Snippet } from './embed/Snippet.tsx';
import { addressOf, type Written } from './embed/snippets.ts';
import { useDelayed } from './embed/useDelayed.ts';
import { PageHead } from './frame/PageHead.tsx';
import { useTitle } from './frame/useTitle.ts';

const kindTitles: Readonly<Record<EmbedKind, string>> = { sim: 'Simulation', lesson: 'Lesson', drill: 'Drill' };
const units: Readonly<Record<EmbedKind, readonly { id: string; title: string }[]>> = {
  sim: scenarioIndex,
  lesson: lessonIndex,
  drill: drillIndex,
};
const kinds = (['sim', 'lesson', 'drill'] as const).filter((kind) => units[kind].length > 0);

/** Puts together what to paste into one's own page, with the embed itself running beside it. */
export function Embed() {
  useTitle('Embed');
  const [{ kind, id, packed }, setUnit] = useState(readAddress);
  const [options, setOptions] = useState<Written>({});
  useEffect(() => {
    const again = () => setUnit(readAddress());
    window.addEventListener('hashchange', again);
    return () => window.removeEventListener('hashchange', again);
  }, []);
  const written: Written = { ...options, [kind]: id };
  const base = new URL('.', location.href.split('#')[0]).href;
  const title = units[kind].find((unit) => unit.id === id)?.title ?? id;
  const change = (name: ParameterName, value: string | undefined) =>
    setOptions((before) => ({ ...before, [name]: value }));
  return (
    <div className={styles.page}>
      <PageHead
        title="On your own page"
        lead="Any simulation, lesson or drill runs inside your slides, your docs or your course. It is one file, asks no server for anything, and works from disk too."
      />
      <div className={styles.bench}>
        <section className={styles.form} aria-label="Settings">
          <Segmented
            label="Kind"
            value={kind}
            options={kinds.map((value) => ({ value, label: kindTitles[value] }))}
            onChange={(value) => setUnit({ kind: value, id: units[value][0].id, packed: '' })}
          />
          <Select
            label={kindTitles[kind]}
            value={id}
            options={optionsOf(kind, id)}
            onChange={(value) => setUnit({ kind, id: value, packed: '' })}
          />
          {packed !== '' && (
            <p className={styles.kept}>
              It shows the moment that you came from.{' '}
              <Button kind="text" onClick={() => setUnit({ kind, id, packed: '' })}>
                Show its beginning
              </Button>
            </p>
          )}
          <ParameterForm written={written} onChange={change} />
        </section>
        <div className={styles.result}>
          <Preview address={addressOf(base, { ...written, load: 'now' }, packed)} title={title} />
          <section aria-label="Snippet to paste">
            <Snippet written={written} packed={packed} base={base} title={title} />
          </section>
        </div>
      </div>
      <section className={styles.reference}>
        <h2>All parameters</h2>
        <p>
          The same words are attributes of <code>&lt;hotpath-embed&gt;</code> and names in the address. A name that
          means nothing is told in the console. A value that cannot be used is told on screen, and its default is taken.
        </p>
        <ParameterTable />
      </section>
    </div>
  );
}

function Preview({ address, title }: { address: string; title: string }) {
  const settled = useDelayed(address, 400);
  return (
    <iframe
      // Another address is another embed; without this a change behind the # would go unseen.
      key={settled}
      className={styles.preview}
      title={`Preview: ${title}`}
      src={settled}
      // The development server hands out modules, which a sandboxed frame may not load.
      sandbox={
        import.meta.env.DEV ? undefined : 'allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox'
      }
    />
  );
}

/** The units of a kind, and the one that is shown where it is not listed, as the figures of lessons are not. */
function optionsOf(kind: EmbedKind, id: string): { value: string; label: string }[] {
  const all = units[kind].map((unit) => ({ value: unit.id, label: unit.title }));
  return all.some(({ value }) => value === id) ? all : [{ value: id, label: id }, ...all];
}

function readAddress(): { kind: EmbedKind; id: string; packed: string } {
  const query = new URLSearchParams(location.hash.split('?')[1] ?? '');
  for (const kind of embedKinds) {
    const id = query.get(kind);
    if (id !== null && /^[a-z0-9][a-z0-9-]{0,59}$/.test(id)) return { kind, id, packed: query.get('s') ?? '' };
  }
  return { kind: 'sim', id: 'home', packed: '' };
}
