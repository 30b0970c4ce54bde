import { useMemo } from 'react';
import { listSettings } from '../../src/reading.ts';
import { Disclosure } from '../ui/Disclosure.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { BreakPanel } from './BreakPanel.tsx';
import styles from './ControlPanel.module.css';
import { KnobList } from './KnobList.tsx';
import { ProgramPanel } from './program/ProgramPanel.tsx';
import type { Stage } from './Stage.ts';
import { useStageState } from './useStage.ts';

const groups: [prefix: string, title: string][] = [
  ['cache.', 'Cache'],
  ['local.', 'In-process cache'],
  ['traffic.', 'Traffic'],
  ['database.', 'Database'],
  ['app.', 'App servers'],
  ['balancer.', 'Load balancer'],
  ['clients.', 'Clients'],
];

/** Every control of a stage: the scenario's own first, then what can be broken, then everything else by tier. */
export function ControlPanel({ stage }: { stage: Stage }) {
  const knobs = useStageState(stage, (state) => state.scenarios[0]?.view.knobs);
  const comparing = useStageState(stage, (state) => state.compare !== null);
  const editing = useStageState(stage, (state) => state.editing);
  const traffic = useStageState(stage, (state) => state.input.traffic);
  const all = useMemo(() => listSettings({ traffic }).map((setting) => setting.path), [traffic]);
  if (knobs === undefined) return null;
  return (
    <div className={styles.panel}>
      {comparing && (
        <Segmented
          label="Controls change"
          value={editing === 0 ? 'a' : 'b'}
          options={[
            { value: 'a', label: 'A (and B)' },
            { value: 'b', label: 'B only' },
          ]}
          onChange={(lane) => stage.edit(lane === 'a' ? 0 : 1)}
        />
      )}
      <section aria-label="Controls of this scenario">
        <KnobList stage={stage} paths={knobs} />
      </section>
      <section aria-labelledby="how-it-caches">
        <h2 id="how-it-caches" className={styles.label}>
          How it caches
        </h2>
        <ProgramPanel stage={stage} />
      </section>
      <section aria-labelledby="break-something">
        <h2 id="break-something" className={styles.label}>
          Break something
        </h2>
        <BreakPanel stage={stage} />
      </section>
      <section aria-labelledby="all-settings">
        <h2 id="all-settings" className={styles.label}>
          All settings
        </h2>
        {groups.map(([prefix, title]) => (
          <Disclosure key={prefix} summary={title}>
            <KnobList stage={stage} paths={all.filter((path) => path.startsWith(prefix))} />
          </Disclosure>
        ))}
      </section>
      <SeedField stage={stage} />
    </div>
  );
}

function SeedField({ stage }: { stage: Stage }) {
  const seed = useStageState(stage, (state) => state.scenarios[0]?.seed ?? 0);
  return (
    <section className={styles.seed} aria-labelledby="seed-label">
      <label id="seed-label" className={styles.label}>
        Seed
        <input
          key={seed}
          type="text"
          inputMode="numeric"
          defaultValue={seed}
          onBlur={(event) => submitSeed(stage, event.currentTarget.value, seed)}
          onKeyDown={(event) => event.key === 'Enter' && submitSeed(stage, event.currentTarget.value, seed)}
        />
      </label>
      <IconButton
        icon="dice"
        label="Another seed: the same system, other luck"
        onClick={() => stage.setSeed((seed * 48271 + 11) % 2147483647)}
      />
    </section>
  );
}

function submitSeed(stage: Stage, text: string, before: number): void {
  const seed = Number(text);
  if (Number.isInteger(seed) && seed >= 0 && seed <= 4294967295 && seed !== before) stage.setSeed(seed);
}
