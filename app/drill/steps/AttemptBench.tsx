import { useCallback, useRef, useState } from 'react';
import {
  type AttemptLog,
  type Drill,
  type DrillCommand,
  type InterveneStep,
  scenarioOfAttempt,
  type SettingsPatch,
} from '../../../src/drills.ts';
import { announce } from '../../ui/announce.ts';
import { Button } from '../../ui/Button.tsx';
import { useWidth } from '../../views/useWidth.ts';
import styles from '../Drill.module.css';
import { DrillStage } from '../DrillStage.tsx';
import { injectedInto } from '../injectedInto.ts';
import { messageOf } from '../messageOf.ts';
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

/** From this width on the settings stand beside the system; below it the system comes first. */
const wideFromPx = 760;

const saidBefore = 'What you set holds from the start. You may turn it while it runs. The best attempt counts.';
const saidWhileRunning = 'It runs. What you turn acts from this moment on, and is judged so.';

/**
 * What may be turned, and the run of the last attempt; what is turned while it goes acts at that moment of it. Where there is
 * no room for both side by side the system comes first, then what may be turned, then the charts.
 */
export function AttemptBench({ sheet, step, attempts, isRunning, isDone }: AttemptBenchProps) {
  const { drill, log } = useRoom();
  const last = attempts.at(-1);
  const next = attempts.length + 1;
  const isLeft = next <= step.attempts;
  const set = readSettingsDraft(sheet.drafts[step.id]?.value);
  const runs = useRef<HTMLElement>(null);
  const [problem, setProblem] = useState('');
  const bench = useRef<HTMLDivElement>(null);
  const isWide = useWidth(bench, wideFromPx) >= wideFromPx;
  const [chartsAt, setChartsAt] = useState<HTMLElement | null>(null);
  const { now, turn } = useTurns(step, isRunning ? attempts.length : 0);
  const change = (patch: SettingsPatch, isRested = true) => {
    log.draft(step.id, { value: JSON.stringify(patch) });
    setProblem('');
    turn(isRested);
  };
  const start = () => {
    const wrong = whyNot(drill, set, sheet.seed);
    setProblem(wrong);
    if (wrong !== '') return;
    log.act({ do: 'attempt', step: step.id, n: next, set });
    announce(`Attempt ${next} of ${step.attempts} runs.`);
    runs.current?.focus();
  };
  const head = (
    <RunHead step={step} next={next} isRunning={isRunning} isDone={isDone} problem={problem} start={start} />
  );
  const tools = (
    <div key="tools" className={styles.tools}>
      {!isWide && isRunning && head}
      <SettingControls
        scenario={drill.scenario}
        paths={step.allow}
        set={set}
        onChange={change}
        disabled={!isLeft && !isRunning}
        running={isRunning}
      />
      <BelowControls
        onPutBack={Object.keys(set).length > 0 && !isRunning && isLeft ? () => change({}) : undefined}
        turned={isRunning ? last?.commands : undefined}
      />
      {!isWide && !isRunning && head}
    </div>
  );
  const run = (
    <section key="run" ref={runs} tabIndex={-1} className={styles.run} aria-label={runTitle(last?.attempt)}>
      {isWide && head}
      <AttemptRun
        key={last?.attempt ?? 0}
        sheet={sheet}
        step={step}
        attempt={last}
        isRunning={isRunning}
        now={now}
        chartsAt={isWide ? null : chartsAt}
      />
    </section>
  );
  return (
    <div ref={bench} className={styles.bench} data-wide={isWide || undefined}>
      {isWide ? [tools, run] : [run, tools, <div key="charts" ref={setChartsAt} className={styles.chartsBelow} />]}
    </div>
  );
}

function BelowControls({ onPutBack, turned = nothing }: { onPutBack?: () => void; turned?: readonly DrillCommand[] }) {
  return (
    <>
      {onPutBack !== undefined && (
        <p className={styles.acts}>
          <Button kind="text" onClick={onPutBack}>
            Put all back
          </Button>
        </p>
      )}
      <TurnedList commands={turned} />
      <p className={styles.quiet}>All else is locked.</p>
    </>
  );
}

interface RunHeadProps extends Pick<AttemptBenchProps, 'step' | 'isRunning' | 'isDone'> {
  /** Number of the attempt that would be the next one. */
  next: number;
  /** Why it cannot be run; empty where it can. */
  problem: string;
  start: () => void;
}

function RunHead({ step, next, isRunning, isDone, problem, start }: RunHeadProps) {
  const isLeft = next <= step.attempts;
  return (
    <>
      <div className={styles.runHead}>
        {!isRunning && isLeft && (
          <Button kind={isDone ? 'quiet' : 'primary'} onClick={start}>
            Run attempt {next} of {step.attempts}
          </Button>
        )}
        <p className={styles.quiet}>{isRunning ? saidWhileRunning : isLeft ? saidBefore : 'No attempt is left.'}</p>
      </div>
      {problem !== '' && (
        <p role="alert" className={styles.notice}>
          {problem}
        </p>
      )}
    </>
  );
}

interface AttemptRunProps extends Pick<AttemptBenchProps, 'sheet' | 'step' | 'isRunning'> {
  attempt: AttemptLog | undefined;
  now: React.RefObject<(() => number) | null>;
  chartsAt: HTMLElement | null;
}

function AttemptRun({ sheet, step, attempt, isRunning, now, chartsAt }: AttemptRunProps) {
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
      chartsAt={chartsAt}
    />
  );
}

/** Why the system cannot be run with these settings, in words; empty where it can. */
function whyNot(drill: Drill, set: SettingsPatch, seed: number): string {
  try {
    scenarioOfAttempt(drill, [{ us: 0, set }], seed);
    return '';
  } catch (error) {
    return messageOf(error);
  }
}

function runTitle(attempt: number | undefined): string {
  return attempt === undefined ? 'The system as it is' : `The run of attempt ${attempt}`;
}
