import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import { exampleSequences, firstDifference } from '../../../src/lab.ts';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { useTitle } from '../frame/useTitle.ts';
import { AccessStrip, afterKey } from './microscope/AccessStrip.tsx';
import { policiesAtMost } from './microscope/address.ts';
import { AddPolicy, CopyLink, LinkProblems, NothingYet } from './microscope/MicroscopeNotices.tsx';
import { PolicyPanel } from './microscope/PolicyPanel.tsx';
import { PredictPanel } from './microscope/PredictPanel.tsx';
import { SequenceEditor } from './microscope/SequenceEditor.tsx';
import { StepTable } from './microscope/StepTable.tsx';
import { Transport, usePlaying } from './microscope/Transport.tsx';
import { type Microscope as Model, useMicroscope } from './microscope/useMicroscope.ts';
import { useBetting } from './microscope/useBetting.ts';
import { useSayStep } from './microscope/useSayStep.ts';
import { useStepKeys } from './microscope/useStepKeys.ts';
import styles from './Microscope.module.css';

/** Moves take this long at most, ms; less where accesses come faster. */
const glideMs = 280;

/** A few slots, a few dozen accesses, one step at a time: what each policy keeps in mind, and why it lets go of what it does. */
export function Microscope() {
  useTitle('Microscope');
  const microscope = useMicroscope();
  const { mode, at, ids, traces, act, linkProblems } = microscope;
  const player = usePlaying(microscope);
  const betting = useBetting(microscope);
  const difference = useMemo(() => firstDifference(traces), [traces]);
  useStepKeys((key) => {
    if (betting.onKey(key)) return true;
    if (key === ' ') {
      if (mode !== 'watch') return false;
      player.setPlaying(!player.playing);
      return true;
    }
    const next = ['ArrowRight', 'ArrowLeft', 'Home', 'End'].includes(key) ? afterKey(key, at, ids.length) : undefined;
    if (next === undefined) return false;
    act({ do: 'goTo', at: next });
    return true;
  });
  useSayStep(microscope);
  const duration = player.playing ? Math.min(glideMs, 600 / player.speed) : glideMs;
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <p className={styles.crumb}>
          <Link href="/lab">The eviction laboratory</Link>
        </p>
        <div className={styles.headRow}>
          <h1>Microscope</h1>
          <Segmented
            label="What to do"
            hideLabel
            value={mode}
            options={[
              { value: 'watch', label: 'Watch' },
              { value: 'predict', label: 'Predict' },
            ]}
            onChange={(next) => act({ do: 'mode', mode: next })}
          />
          <CopyLink microscope={microscope} />
        </div>
      </header>
      {linkProblems.length > 0 && <LinkProblems problems={linkProblems} />}
      <EditorPlace microscope={microscope} />
      {ids.length === 0 || traces.length === 0 ? (
        <NothingYet microscope={microscope} />
      ) : (
        <>
          <Transport microscope={microscope} {...player} difference={difference} />
          <AccessStrip microscope={microscope} difference={mode === 'watch' || difference < at ? difference : -1} />
          {mode === 'predict' && <PredictPanel microscope={microscope} {...betting} />}
          <div className={styles.panels} data-many={traces.length}>
            {traces.map(({ policy }, place) => (
              <PolicyPanel
                key={policy.id}
                microscope={microscope}
                place={place}
                parts={traces.length > 1 && at > 0 && difference === at - 1}
                glideMs={duration}
                onPick={betting.saidMiss && microscope.bet === place ? betting.onPick : undefined}
              />
            ))}
          </div>
          {traces.length < policiesAtMost && <AddPolicy microscope={microscope} />}
          <StepTable microscope={microscope} />
        </>
      )}
    </div>
  );
}

/** The editor, folded away where what is seen matters more: on small screens, and while one predicts. */
function EditorPlace({ microscope }: { microscope: Model }) {
  const [isWide] = useState(() => matchMedia('(min-width: 44rem)').matches);
  const { mode, ids, capacity, text } = microscope;
  const example = exampleSequences.find((one) => one.text === text && one.capacity === capacity);
  const [opensEmpty] = useState(ids.length === 0);
  if (isWide && mode === 'watch') return <SequenceEditor microscope={microscope} />;
  return (
    <Disclosure
      key={mode}
      open={opensEmpty}
      summary={
        <span>
          {example?.title ?? 'Sequence and size'}{' '}
          <span className={styles.quiet}>{`${ids.length} accesses, ${capacity} slots`}</span>
        </span>
      }
    >
      <SequenceEditor microscope={microscope} />
    </Disclosure>
  );
}
