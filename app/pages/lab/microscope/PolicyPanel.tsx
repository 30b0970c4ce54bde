import { useRef } from 'react';
import { allPolicies, type PolicyStep, type PolicyTrace } from '../../../../src/lab.ts';
import { formatShare } from '../../../ui/format.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Meaning } from '../../../ui/Meaning.tsx';
import { Select } from '../../../ui/Select.tsx';
import { InsidesView } from '../insides/InsidesView.tsx';
import { useGlide } from '../insides/useGlide.ts';
import { isDrawn } from './predictions.ts';
import type { Microscope } from './useMicroscope.ts';
import styles from './PolicyPanel.module.css';

interface PolicyPanelProps {
  microscope: Microscope;
  /** Its place among the policies. */
  place: number;
  /** This is the access at which the policies part. */
  parts: boolean;
  glideMs: number;
  /** Chooses the entry that will go; absent where nobody asks. */
  onPick?: (id: number) => void;
}

/** One policy: who it is, how it does so far, what it looks like inside, and why the last access went as it did. */
export function PolicyPanel({ microscope, place, parts, glideMs, onPick }: PolicyPanelProps) {
  const { traces, at, names, capacity, text, seed, mode, bet } = microscope;
  const trace = traces[place];
  const root = useRef<HTMLElement>(null);
  const insides = trace.insides[at];
  const step = at === 0 ? null : trace.steps[at - 1];
  useGlide(root, insides, `${trace.policy.id} ${capacity} ${seed} ${text}`, glideMs);
  const predicted = mode === 'predict' && traces.length > 1 && bet === place;
  return (
    <article
      ref={root}
      className={styles.panel}
      data-predicted={predicted || undefined}
      data-testid={`panel-${trace.policy.id}`}
      aria-label={trace.policy.title}
    >
      <PanelHead microscope={microscope} place={place} />
      <p className={styles.score}>
        <strong>
          {trace.hits[at]} of {at}
        </strong>{' '}
        hits{at > 0 && ` · ${formatShare(trace.hits[at] / at)}`}
        {predicted && <span className={styles.tag}>you predict this one</span>}
      </p>
      <div className={styles.outcome}>
        {step === null ? (
          <span className={styles.quiet}>Empty, before the first access</span>
        ) : (
          <Outcome step={step} trace={trace} at={at} names={names} />
        )}
      </div>
      <InsidesView
        policy={trace.policy.id}
        insides={insides}
        capacity={capacity}
        names={names}
        step={step}
        onPick={onPick}
      />
      <div className={styles.why}>
        {step === null ? (
          <p>{trace.policy.summary}</p>
        ) : (
          step.sentences.map((sentence) => <p key={sentence}>{sentence}</p>)
        )}
        {parts && <p className={styles.parts}>Here the policies part for the first time.</p>}
      </div>
    </article>
  );
}

function PanelHead({ microscope, place }: { microscope: Microscope; place: number }) {
  const { policies, act, traces, seed } = microscope;
  const { policy } = traces[place];
  const others = policies.filter((id) => id !== policy.id);
  const change = (next: readonly string[]) => act({ do: 'change', kind: '', setup: { policies: next } });
  return (
    <header className={styles.head}>
      <h2 className={styles.spoken}>{policy.title}</h2>
      <div className={styles.choice}>
        <Select
          label={`Policy ${place + 1}`}
          hideLabel
          value={policy.id}
          options={allPolicies
            .filter(({ id }) => !others.includes(id))
            .map(({ id, title }) => ({ value: id, label: title }))}
          onChange={(id) => change(policies.map((one, index) => (index === place ? id : one)))}
        />
      </div>
      {isDrawn(policy.id) && (
        <IconButton
          icon="dice"
          label={`Draw other lots for ${policy.title}`}
          onClick={() => act({ do: 'change', kind: '', setup: { seed: (seed + 1) % 4_294_967_296 } })}
        />
      )}
      {policies.length > 1 && (
        <IconButton icon="close" label={`Remove ${policy.title}`} onClick={() => change(others)} />
      )}
    </header>
  );
}

interface OutcomeProps {
  step: PolicyStep;
  trace: PolicyTrace;
  at: number;
  names: readonly string[];
}

function Outcome({ step, trace, at, names }: OutcomeProps) {
  const { id, hit, victim, refused, expired } = step;
  // The victim glides out of its place, unless its ghost stays behind in a list.
  const stays = trace.insides[at].lists.some(
    ({ kind, cells }) => (kind === 'resident' || kind === 'ghost') && cells.some((cell) => cell.id === victim),
  );
  return (
    <>
      <span className={styles.event}>
        <Meaning is={hit ? 'hit' : 'miss'} />
        <b>{names[id]}</b>
      </span>
      {victim >= 0 && (
        <span className={styles.event}>
          <Meaning is="error">evicted</Meaning>
          <b data-glide={stays ? `out ${victim}` : `${victim}#0`}>{names[victim]}</b>
        </span>
      )}
      {refused && <Meaning is="error">not kept</Meaning>}
      {expired.length > 0 && (
        <span className={styles.event}>
          <Meaning is="stale">expired</Meaning>
          <b>{expired.map((one) => names[one]).join(', ')}</b>
        </span>
      )}
    </>
  );
}
