import { Button } from '../../../ui/Button.tsx';
import { Meaning } from '../../../ui/Meaning.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { type Answer, isDrawn, judge, streakAt, summarise } from './predictions.ts';
import type { Microscope } from './useMicroscope.ts';
import styles from './PredictPanel.module.css';

interface PredictPanelProps {
  microscope: Microscope;
  /** Said already: the access will miss. The next question is who goes. */
  saidMiss: boolean;
  onSay: (what: 'hit' | 'miss') => void;
  onPick: (victim: number) => void;
  onBack: () => void;
}

/** The bet before each access, how the last one turned out and why, and the sum at the end. */
export function PredictPanel({ microscope, saidMiss, onSay, onPick, onBack }: PredictPanelProps) {
  const { traces, bet, at, ids, names, answers, act } = microscope;
  const trace = traces[bet];
  const next = at < ids.length ? names[ids[at]] : undefined;
  const { given, right } = summarise(answers, trace);
  const streak = streakAt(answers, trace, at);
  return (
    <section className={styles.predict} aria-label="Your prediction">
      <header className={styles.head}>
        <h2>{next === undefined ? 'What you foresaw' : 'Place your bet'}</h2>
        {traces.length > 1 && (
          <Segmented
            label="Policy to predict"
            hideLabel
            value={String(bet)}
            options={traces.map(({ policy }, place) => ({ value: String(place), label: policy.title }))}
            onChange={(place) => act({ do: 'bet', bet: Number(place) })}
          />
        )}
        <p className={styles.count} data-testid="streak">
          {given > 0 && (
            <>
              <b>{right}</b> of {given} right · <b>{streak}</b> in a row
            </>
          )}
        </p>
      </header>
      {at > 0 && <Verdict microscope={microscope} />}
      {next === undefined ? (
        <Reckoning microscope={microscope} />
      ) : (
        !answers.has(at) && (
          <Question
            microscope={microscope}
            next={next}
            saidMiss={saidMiss}
            onSay={onSay}
            onPick={onPick}
            onBack={onBack}
          />
        )
      )}
      {next !== undefined && answers.has(at) && (
        <p className={styles.quiet}>
          You have answered this one already.{' '}
          <Button kind="text" onClick={() => act({ do: 'goTo', at: at + 1 })}>
            Go on
          </Button>
        </p>
      )}
    </section>
  );
}

/** What the entries are called by the keyboard: by their own name where it is one character, else by number. */
export function pickKeys(names: readonly string[], residents: readonly number[]): Map<string, number> {
  const own = residents.map((id) => names[id].toLowerCase());
  const byName = own.every((name) => name.length === 1 && name !== '-') && new Set(own).size === own.length;
  return new Map(residents.map((id, place) => [byName ? own[place] : '123456789abcdefg'[place], id]));
}

function Question({ microscope, next, saidMiss, onSay, onPick, onBack }: PredictPanelProps & { next: string }) {
  const { traces, bet, at, names, capacity } = microscope;
  const trace = traces[bet];
  const residents = at === 0 ? [] : trace.steps[at - 1].residents;
  if (!saidMiss)
    return (
      <div className={styles.question}>
        <p>
          Access {at + 1} asks for <b>{next}</b>. Hit or miss?
        </p>
        <div className={styles.options}>
          <Button onClick={() => onSay('hit')}>
            <Meaning is="hit">Hit</Meaning>
            <kbd>H</kbd>
          </Button>
          <Button onClick={() => onSay('miss')}>
            <Meaning is="miss">Miss</Meaning>
            <kbd>M</kbd>
          </Button>
        </div>
        {isDrawn(trace.policy.id) && (
          <p className={styles.quiet}>Who goes is drawn by lot here, so that is not asked.</p>
        )}
      </div>
    );
  return (
    <div className={styles.question}>
      <p>
        <b>{next}</b> misses, you say. Who goes for it? {residents.length} of {capacity} slots are taken.
      </p>
      <div className={styles.options}>
        {[...pickKeys(names, residents)].map(([key, id]) => (
          <Button key={id} onClick={() => onPick(id)}>
            {names[id]}
            {names[id].toLowerCase() !== key && <kbd>{key.toUpperCase()}</kbd>}
          </Button>
        ))}
        <Button onClick={() => onPick(-1)}>
          Nobody <kbd>-</kbd>
        </Button>
        <Button kind="text" onClick={onBack}>
          No, it hits after all
        </Button>
      </div>
    </div>
  );
}

function Verdict({ microscope }: { microscope: Microscope }) {
  const { traces, bet, at, answers, names } = microscope;
  const step = traces[bet].steps[at - 1];
  const answer = answers.get(at - 1);
  if (answer === undefined) return null;
  const { right } = judge(answer, step);
  return (
    <div className={styles.verdict} data-right={right || undefined} data-testid="verdict">
      <p>
        <b>{right ? 'Right.' : 'Not so.'}</b> You said {said(answer, names)}.
      </p>
      <p className={styles.why}>{step.sentences.join(' ')}</p>
    </div>
  );
}

function said({ hit, victim }: Answer, names: readonly string[]): string {
  if (hit) return 'hit';
  if (victim === null) return 'miss';
  return victim < 0 ? 'miss, and nobody goes' : `miss, and ${names[victim]} goes`;
}

function Reckoning({ microscope }: { microscope: Microscope }) {
  const { traces, bet, answers, names, ids, act } = microscope;
  const trace = traces[bet];
  const { given, right, longestStreak, wrong, victims, victimsRight } = summarise(answers, trace);
  return (
    <div className={styles.reckoning} data-testid="reckoning">
      {given === 0 ? (
        <p>You have not bet on this run. Go to its beginning and say what will happen.</p>
      ) : (
        <p className={styles.sum}>
          <b>
            {right} of {given}
          </b>{' '}
          right, at most {longestStreak} in a row.{' '}
          {victims > 0 && `Of ${victims} misses that you foresaw, you knew ${victimsRight} times who would go.`}
        </p>
      )}
      {wrong.length > 0 && (
        <>
          <p className={styles.quiet}>Look again at what surprised you:</p>
          <ul data-plain="" className={styles.options}>
            {wrong.map((place) => (
              <li key={place}>
                <Button onClick={() => act({ do: 'goTo', at: place + 1 })}>
                  {place + 1}: {names[ids[place]]}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
      <Button kind="primary" onClick={() => act({ do: 'forget' })}>
        {given === 0 ? 'To the beginning' : 'Once more'}
      </Button>
    </div>
  );
}
