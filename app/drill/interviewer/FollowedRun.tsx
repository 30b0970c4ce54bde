import type { DrillStep } from '../../../src/drills.ts';
import styles from '../Drill.module.css';
import { DrillStage } from '../DrillStage.tsx';
import { injectedInto } from '../injectedInto.ts';
import { useRoom } from '../room.ts';
import { holdsKey } from '../session/SheetAct.ts';
import { attemptsAt, type Sheet } from '../session/Sheet.ts';

const nothing: readonly never[] = [];

/** The candidate's run, worked out anew in this window and kept in step: only its log and its moment travel. */
export function FollowedRun({ sheet }: { sheet: Sheet }) {
  const { drill, role } = useRoom();
  const { time } = sheet;
  const step = drill.steps.find(({ id }) => id === time?.step);
  if (time === null || step === undefined || (step.kind !== 'observe' && step.kind !== 'intervene'))
    return hasRun(sheet.step) ? <p className={styles.quiet}>Nothing runs in the candidate’s window yet.</p> : null;
  const attempt = attemptsAt(sheet, step.id).find((one) => one.attempt === time.n);
  return (
    <DrillStage
      key={`${step.id}/${time.n}`}
      drill={drill}
      seed={sheet.seed}
      run={step.run}
      commands={attempt?.commands ?? nothing}
      step={step.id}
      n={time.n}
      injected={injectedInto(sheet, step.id, time.n, holdsKey(role))}
      goes
      follow={time}
    />
  );
}

/** Whether something is going to run at this step. */
function hasRun(step: DrillStep | undefined): boolean {
  return step?.kind === 'observe' || step?.kind === 'intervene';
}
