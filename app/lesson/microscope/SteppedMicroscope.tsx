import { useMemo, useRef } from 'react';
import { Link } from 'wouter';
import { firstDifference, type PolicyTrace } from '../../../src/lab.ts';
import { AccessStrip } from '../../pages/lab/microscope/AccessStrip.tsx';
import type { Microscope } from '../../pages/lab/microscope/useMicroscope.ts';
import { useSayStep } from '../../pages/lab/microscope/useSayStep.ts';
import { InsidesView } from '../../pages/lab/insides/InsidesView.tsx';
import { useGlide } from '../../pages/lab/insides/useGlide.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Meaning } from '../../ui/Meaning.tsx';
import styles from './SteppedMicroscope.module.css';
import { type MicroscopeSetup, useLessonMicroscope } from './useLessonMicroscope.ts';

/** Moves take this long, ms. */
const glideMs = 280;

/** The microscope of the laboratory as a figure: steps forth and back, what each policy keeps in mind, and why a step went as it did. */
export function SteppedMicroscope({ caption, ...setup }: MicroscopeSetup & { caption?: string }) {
  const { microscope, address } = useLessonMicroscope(setup);
  const { traces, at } = microscope;
  const difference = useMemo(() => firstDifference(traces), [traces]);
  useSayStep(microscope);
  return (
    <figure className={styles.figure}>
      <Steps microscope={microscope} address={address} />
      <div className={styles.strip}>
        <AccessStrip microscope={microscope} difference={difference < at ? difference : -1} />
      </div>
      <div className={styles.panels}>
        {traces.map((trace) => (
          <Panel key={trace.policy.id} microscope={microscope} trace={trace} />
        ))}
      </div>
      {caption !== undefined && <figcaption className={styles.caption}>{caption}</figcaption>}
    </figure>
  );
}

function Steps({ microscope, address }: { microscope: Microscope; address: string }) {
  const { at, ids, names, act } = microscope;
  const last = ids.length;
  const row = useRef<HTMLDivElement>(null);
  const goTo = (next: number) => {
    // At either end the button that was pressed goes out of use, and must not take the focus with it.
    const other = next === 0 ? 'on' : next === last ? 'back' : undefined;
    if (other !== undefined) row.current?.querySelector<HTMLElement>(`[data-step="${other}"]`)?.focus();
    act({ do: 'goTo', at: next });
  };
  return (
    <div ref={row} className={styles.steps}>
      <IconButton icon="reset" label="To the beginning" disabled={at === 0} onClick={() => goTo(0)} />
      <IconButton
        icon="stepBack"
        label="One access back"
        data-step="back"
        disabled={at === 0}
        onClick={() => goTo(at - 1)}
      />
      <IconButton
        kind="round"
        icon="step"
        label="One access on"
        data-step="on"
        disabled={at === last}
        onClick={() => goTo(at + 1)}
      />
      <p className={styles.where}>
        {at === 0 ? 'Before the first access' : `Access ${at} of ${last}`}
        {at > 0 && <strong>{names[ids[at - 1]]}</strong>}
      </p>
      <Link className={styles.link} href={address}>
        Open in the lab
      </Link>
    </div>
  );
}

function Panel({ microscope, trace }: { microscope: Microscope; trace: PolicyTrace }) {
  const { at, names, capacity } = microscope;
  const { policy, insides, steps, hits } = trace;
  const root = useRef<HTMLElement>(null);
  useGlide(root, insides[at], policy.id, glideMs);
  const step = at === 0 ? null : steps[at - 1];
  return (
    <section ref={root} className={styles.panel} aria-label={policy.title}>
      <p className={styles.head}>
        <strong>{policy.title}</strong>
        <span className={styles.score}>
          {hits[at]} of {at} hits
        </span>
      </p>
      <p className={styles.outcome}>
        {step === null ? (
          'Empty'
        ) : (
          <>
            <Meaning is={step.hit ? 'hit' : 'miss'} /> <b>{names[step.id]}</b>
            {step.victim >= 0 && (
              <>
                {' '}
                <Meaning is="error">evicted</Meaning> <b>{names[step.victim]}</b>
              </>
            )}
          </>
        )}
      </p>
      <div className={styles.why}>
        {step === null ? <p>{policy.summary}</p> : step.sentences.map((sentence) => <p key={sentence}>{sentence}</p>)}
      </div>
      <InsidesView policy={policy.id} insides={insides[at]} capacity={capacity} names={names} step={step} />
    </section>
  );
}
