import { useCallback, useRef, useState } from 'react';
import {
  type AttemptLog,
  type Drill,
  type InterveneStep,
  scenarioOfAttempt,
  type SettingsPatch,
} from '../../../src/drills.ts';
import { announce } from '../../ui/announce.ts';
import { Button } from '../../ui/Button.tsx';
import styles from '../Drill.module.css';
import { DrillStage } from '../DrillStage.tsx';
import { injectedInto } from '../injectedInto.ts';
import { readSettingsDraft } from '../readSettingsDraft.ts';
import { useRoom } from '../room.ts';
import { SettingControls } from '../SettingControls.tsx';
import type { Sheet } from '../session/Sheet.ts';
import { holdsKey, type RunTime } from '../session/SheetAct.ts';
import { TurnedList } from './TurnedList.tsx';
import { useTurns } from './useTurns.ts';

interface AttemptBenchProps {
  sheet: Sheet;
  step: InterveneStep;
  attempts: readonly AttemptLog[];
  /** The last attempt has not come to its end. */
  isRunning: boolean;
  /** An attempt holds everything that is told: another one is possible, but not what comes next. */
  isDone: boolean;
}

const nothing: readonly never[] = [];
const saidBefore = 'What you set holds from the start. You may turn it while it runs. The best attempt counts.';
const saidWhileRunning = 'It runs. What you turn acts from this moment on, and is judged so.';

/** What may be turned, and the run of the last attempt; what is turned while it goes acts at that moment of it. */
export function AttemptBench({ sheet, step, attempts, isRunning, isDone }: AttemptBenchProps) {
  const { drill, log } = useRoom();
  const last = attempts.at(-1);
  const left = step.attempts - attempts.length;
  const set = readSettingsDraft(sheet.drafts[step.id]?.value);
  const runs = useRef<HTMLElement>(null);
  const [problem, setProblem] = useState('');
  const { now, turn } = useTurns(step, isRunning ? attempts.length : 0);
  const change = (next: SettingsPatch, isRested = true) => {
    log.draft(step.id, { value: JSON.stringify(next) });
    setProblem('');
    turn(isRested);
  };
  const start = () => {
    const wrong = whyNot(drill, set, sheet.seed);
    setProblem(wrong);
    if (wrong !== '') return;
    log.act({ do: 'attempt', step: step.id, n: attempts.length + 1, set });
    announce(`Attempt ${attempts.length + 1} of ${step.attempts} runs.`);
    runs.current?.focus();
  };
  return (
    <div className={styles.bench}>
      <div className={styles.tools}>
        <SettingControls
          scenario={drill.scenario}
          paths={step.allow}
          set={set}
          onChange={change}
          disabled={left === 0 && !isRunning}
          running={isRunning}
        />
        {Object.keys(set).length > 0 && !isRunning && left > 0 && (
          <p className={styles.acts}>
            <Button kind="text" onClick={() => change({})}>
              Put all back
            </Button>
          </p>
        )}
        {isRunning && <TurnedList commands={last?.commands ?? nothing} />}
        <p className={styles.quiet}>All else is locked.</p>
      </div>
      <section ref={runs} tabIndex={-1} className={styles.run} aria-label={runTitle(last?.attempt)}>
        <div className={styles.runHead}>
          {!isRunning && left > 0 && (
            <Button kind={isDone ? 'quiet' : 'primary'} onClick={start}>
              Run attempt {attempts.length + 1} of {step.attempts}
            </Button>
          )}
          <p className={styles.quiet}>{isRunning ? saidWhileRunning : left > 0 ? saidBefore : 'No attempt is left.'}</p>
        </div>
        {problem !== '' && (
          <p role="alert" className={styles.notice}>
            {problem}
          </p>
        )}
        <AttemptRun key={last?.attempt ?? 0} sheet={sheet} step={step} attempt={last} isRunning={isRunning} now={now} />
      </section>
    </div>
  );
}

interface AttemptRunProps extends Pick<AttemptBenchProps, 'sheet' | 'step' | 'isRunning'> {
  attempt: AttemptLog | undefined;
  now: React.RefObject<(() => number) | null>;
}

function AttemptRun({ sheet, step, attempt, isRunning, now }: AttemptRunProps) {
  const { drill, log, role } = useRoom();
  const n = attempt?.attempt ?? 0;
  const end = useCallback(() => log.act({ do: 'ran', step: step.id, n }), [log, step.id, n]);
  const tell = useCallback((time: RunTime) => log.tellTime(time), [log]);
  return (
    <DrillStage
      drill={drill}
      seed={sheet.seed}
      run={step.run}
      commands={attempt?.commands ?? nothing}
      step={step.id}
      n={n}
      injected={injectedInto(sheet, step.id, n, holdsKey(role))}
      goes={attempt !== undefined}
      fromUs={isRunning ? log.toldUs(step.id, n) : 0}
      now={now}
      onEnd={isRunning ? end : undefined}
      onTime={isRunning ? tell : undefined}
    />
  );
}

/** Why the system cannot be run with these settings, in words; empty where it can. */
function whyNot(drill: Drill, set: SettingsPatch, seed: number): string {
  try {
    scenarioOfAttempt(drill, [{ us: 0, set }], seed);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function runTitle(attempt: number | undefined): string {
  return attempt === undefined ? 'The system as it is' : `The run of attempt ${attempt}`;
}
