import { useCallback, useEffect, useRef } from 'react';
import { attemptPoints, type InterveneStep, type SettingsPatch } from '../../../src/drills.ts';
import { announce } from '../../ui/announce.ts';
import { Button } from '../../ui/Button.tsx';
import { AttemptList } from '../AttemptList.tsx';
import { CheckList } from '../CheckList.tsx';
import styles from '../Drill.module.css';
import { DrillStage } from '../DrillStage.tsx';
import { GivenSoFar } from '../GivenSoFar.tsx';
import { injectedInto } from '../injectedInto.ts';
import { JudgeHere } from '../judge/JudgeHere.tsx';
import { NextButton } from '../NextButton.tsx';
import { readSettingsDraft } from '../readSettingsDraft.ts';
import { useRoom } from '../room.ts';
import { SettingControls } from '../SettingControls.tsx';
import { holdsKey, type RunTime } from '../session/SheetAct.ts';
import { attemptsAt, type Sheet } from '../session/Sheet.ts';
import { formatNumber } from '../../ui/format.ts';

const nothing: readonly never[] = [];

/** A task: settings are chosen, the run goes from the start with them, and the checks are held against it. */
export function InterveneStepView({ sheet, step }: { sheet: Sheet; step: InterveneStep }) {
  const { drill, log, role } = useRoom();
  const attempts = attemptsAt(sheet, step.id);
  const last = attempts.at(-1);
  const isRunning = last !== undefined && !sheet.ran.has(`${step.id}/${last.attempt}`);
  const left = step.attempts - attempts.length;
  const set = readSettingsDraft(sheet.drafts[step.id]?.value);
  const runs = useRef<HTMLElement>(null);
  const results = useRef<HTMLElement>(null);
  const change = (next: SettingsPatch) => log.draft(step.id, { value: JSON.stringify(next) });
  const end = useCallback(() => {
    if (last !== undefined) log.act({ do: 'ran', step: step.id, n: last.attempt });
  }, [log, step.id, last]);
  const tell = useCallback((time: RunTime) => log.tellTime(time), [log]);
  useSayOutcome(sheet, step, results);
  const start = () => {
    log.act({ do: 'attempt', step: step.id, n: attempts.length + 1, set });
    announce(`Attempt ${attempts.length + 1} of ${step.attempts} runs.`);
    runs.current?.focus();
  };
  return (
    <>
      <p className={styles.prose}>{step.task}</p>
      <GivenSoFar sheet={sheet} />
      <div className={styles.bench}>
        <div className={styles.tools}>
          <SettingControls
            scenario={drill.scenario}
            paths={step.allow}
            set={set}
            onChange={change}
            disabled={isRunning || left === 0}
          />
          <p className={styles.acts}>
            <Button kind={left > 0 ? 'primary' : 'quiet'} disabled={isRunning || left === 0} onClick={start}>
              {left === 0 ? 'No attempt is left' : `Run attempt ${attempts.length + 1} of ${step.attempts}`}
            </Button>
            {Object.keys(set).length > 0 && !isRunning && left > 0 && (
              <Button kind="text" onClick={() => change({})}>
                Put all back
              </Button>
            )}
          </p>
          <p className={styles.quiet}>
            {isRunning
              ? 'Settings are locked while the attempt runs.'
              : 'All else is locked. The run begins anew each time; your best attempt counts.'}
          </p>
        </div>
        <section ref={runs} tabIndex={-1} className={styles.run} aria-label={runTitle(last?.attempt)}>
          <DrillStage
            key={last?.attempt ?? 0}
            drill={drill}
            seed={sheet.seed}
            run={step.run}
            commands={last?.commands ?? nothing}
            step={step.id}
            n={last?.attempt ?? 0}
            injected={injectedInto(sheet, step.id, last?.attempt ?? 0, holdsKey(role))}
            goes={last !== undefined}
            onEnd={isRunning ? end : undefined}
            onTime={isRunning ? tell : undefined}
          />
        </section>
      </div>
      {last !== undefined && !isRunning && (
        <section ref={results} tabIndex={-1} className={styles.after} aria-label={`Checks of attempt ${last.attempt}`}>
          <h3>Attempt {last.attempt}</h3>
          {last.outcome === undefined ? (
            <JudgeHere sheet={sheet} step={step} attempt={last} />
          ) : (
            <>
              <p className={styles.quiet}>
                {formatNumber(attemptPoints(step, visible(step, last.outcome)))} points so far in this attempt.
              </p>
              <CheckList key={last.attempt} step={step} outcome={last.outcome} secrets={false} oneByOne />
            </>
          )}
        </section>
      )}
      {attempts.length > 1 && <AttemptList step={step} attempts={attempts} secrets={false} />}
      <NextButton sheet={sheet} kind={left === 0 ? 'primary' : 'quiet'}>
        {attempts.length === 0 ? 'Go on without an attempt' : 'Go on with my best attempt'}
      </NextButton>
    </>
  );
}

function runTitle(attempt: number | undefined): string {
  return attempt === undefined ? 'The system as it is' : `The run of attempt ${attempt}`;
}

/** An outcome without what is kept back, as points are told while the drill goes on. */
function visible(step: InterveneStep, outcome: NonNullable<Sheet['log']>['attempts'][number]['outcome'] & object) {
  const secret = new Set(step.checks.filter((check) => check.secret).map(({ id }) => id));
  return { ...outcome, checks: outcome.checks.filter(({ id }) => !secret.has(id)) };
}

/** Says once what an attempt came to, and takes the focus there. */
function useSayOutcome(sheet: Sheet, step: InterveneStep, results: React.RefObject<HTMLElement | null>): void {
  const last = attemptsAt(sheet, step.id).at(-1);
  const isThere = last?.outcome !== undefined && sheet.ran.has(`${step.id}/${last.attempt}`);
  const said = useRef(isThere ? (last?.attempt ?? 0) : 0);
  const n = last?.attempt ?? 0;
  useEffect(() => {
    if (!isThere || said.current === n || last?.outcome === undefined) return;
    said.current = n;
    const { checks } = visible(step, last.outcome);
    const holds = checks.filter(({ status }) => status === 'pass').length;
    announce(`Attempt ${n}: ${holds} of ${checks.length} checks hold.`);
    results.current?.focus();
  }, [isThere, n, last, step, results]);
}
