import { useEffect, useRef, useState } from 'react';
import { ControlPanel } from '../../stage/ControlPanel.tsx';
import type { Stage } from '../../stage/Stage.ts';
import { useStageState } from '../../stage/useStage.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { BenchHead } from './BenchHead.tsx';
import { ChartRow } from './ChartRow.tsx';
import { InsightLine } from './InsightLine.tsx';
import { Inspector } from './Inspector.tsx';
import styles from './Playground.module.css';
import { KeptNote } from './KeptNote.tsx';
import { Legend } from './Legend.tsx';
import { Problem } from './Problem.tsx';
import { StageLanes } from './StageLanes.tsx';
import { Transport } from './Transport.tsx';
import { stepBack, stepForward } from './stepping.ts';
import { useNarrow } from './useNarrow.ts';

/** The playground around a running stage. On narrow screens controls, request and charts share tabs under the stage. */
export function PlaygroundBench({ stage, notice }: { stage: Stage; notice: string }) {
  const narrow = useNarrow();
  const title = useStageState(stage, (state) => state.input.title);
  const [tab, setTab] = useState<'controls' | 'request' | 'charts'>('controls');
  const middle = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = middle.current;
    const onKeyDown = (event: KeyboardEvent) => shortcut(event, stage);
    element?.addEventListener('keydown', onKeyDown);
    return () => element?.removeEventListener('keydown', onKeyDown);
    // The element is another one when the layout changes.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [stage, narrow]);
  const system = (
    <section ref={middle} className={styles.middle} aria-label="The running system" tabIndex={-1}>
      {notice !== '' && <output className={styles.notice}>{notice}</output>}
      <Problem stage={stage} />
      <StageLanes stage={stage} narrow={narrow} />
      <Legend />
      <InsightLine stage={stage} />
      {!narrow && <Transport stage={stage} />}
      <KeptNote stage={stage} />
      {!narrow && <ChartRow stage={stage} />}
    </section>
  );
  if (narrow) {
    return (
      <div className={styles.narrow}>
        <h1 className={styles.title}>{title}</h1>
        {system}
        <Transport stage={stage} />
        <Tabs
          label="Panels"
          value={tab}
          onChange={setTab}
          items={[
            { value: 'controls', title: 'Controls', content: <Controls stage={stage} /> },
            { value: 'request', title: 'Request', content: <Inspector stage={stage} /> },
            { value: 'charts', title: 'Charts', content: <ChartRow stage={stage} /> },
          ]}
        />
      </div>
    );
  }
  return (
    <div className={styles.bench}>
      <aside className={styles.controls} aria-label="Controls">
        <h1 className={styles.title}>{title}</h1>
        <Controls stage={stage} />
      </aside>
      {system}
      <aside className={styles.inspector} aria-label="Inspector">
        <Inspector stage={stage} />
      </aside>
    </div>
  );
}

function Controls({ stage }: { stage: Stage }) {
  return (
    <>
      <BenchHead stage={stage} />
      <ControlPanel stage={stage} />
    </>
  );
}

/** Keys of the running system; only while the focus is in it, and never with Ctrl, Alt or Cmd, nor in a field. */
function shortcut(event: KeyboardEvent, stage: Stage): void {
  if (
    event.ctrlKey ||
    event.altKey ||
    event.metaKey ||
    event.target instanceof HTMLInputElement ||
    event.target instanceof HTMLSelectElement
  )
    return;
  if (event.target instanceof HTMLButtonElement && (event.key === ' ' || event.key === 'Enter')) return;
  const acts: Record<string, () => void> = {
    ' ': () => stage.toggle(),
    '.': () => stage.toggle(),
    ArrowRight: () => void stepForward(stage),
    ArrowLeft: () => void stepBack(stage),
    u: () => stage.undo(),
    r: () => stage.redo(),
  };
  const act = acts[event.key];
  if (act === undefined) return;
  event.preventDefault();
  act();
}
