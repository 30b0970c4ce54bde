import { useMemo } from 'react';
import { CAUSE, OP, OUTCOME, type Scenario } from '../../../src/index.ts';
import type { ClosedForm, Expected } from '../../../src/reading.ts';
import { measure } from '../../stage/measured.ts';
import type { RunView } from '../../stage/RunView.ts';
import type { Stage } from '../../stage/Stage.ts';
import { useStageState } from '../../stage/useStage.ts';
import { formatCount, formatDurationUs, formatNumber, formatRate, formatShare } from '../../ui/format.ts';
import { usePlayheadStep } from '../../views/usePlayheadStep.ts';
import { theoryAt } from './chartTheory.ts';
import styles from './TheoryPanel.module.css';

/** The closed forms that hold for the settings in force, each beside what the run measured, with its source and what it assumes. */
export function TheoryPanel({ stage }: { stage: Stage }) {
  const run = useStageState(stage, (state) => state.runs[0]);
  const scenario = useStageState(stage, (state) => state.scenarios[0]);
  const actions = useStageState(stage, (state) => state.actions);
  const atUs = usePlayheadStep(stage.playhead, 500_000);
  const expected = useMemo(
    () => (scenario === undefined ? {} : theoryAt(scenario, actions, atUs)),
    [scenario, actions, atUs],
  );
  if (run === null || run === undefined) return null;
  const rows = formRows(run, expected, atUs);
  if (rows.length === 0)
    return <p className={styles.note}>No closed form describes this system: {whyNone(scenario)}.</p>;
  return (
    <div className={styles.panel}>
      <p className={styles.note}>
        What formulas expect of these settings once the run has settled, beside what it measured over the last ten
        seconds.
      </p>
      {rows.map((row) => (
        <section key={row.title} className={styles.form}>
          <h3>{row.title}</h3>
          <dl>
            <div>
              <dt>Theory</dt>
              <dd>{row.theory}</dd>
            </div>
            <div>
              <dt>This run</dt>
              <dd>{row.measured}</dd>
            </div>
          </dl>
          <p className={styles.note}>
            <code>{row.form.formula}</code> — assumes {row.form.assumes}. {row.form.source}.
          </p>
        </section>
      ))}
    </div>
  );
}

/** What of a scenario is beyond the formulas. */
function whyNone(scenario: Scenario | undefined): string {
  const workloads = Object.values(scenario?.traffic ?? {});
  const closed = workloads.some(({ arrivals }) => arrivals !== 'poisson' && arrivals !== 'constant');
  if (workloads.length > 1) return 'several workloads share the cache';
  if (closed) return 'requests do not arrive at a steady rate of their own';
  if (scenario?.local.enabled) return 'there is a cache in each server';
  if (workloads.every(({ rate }) => rate <= 0)) return 'nobody asks for anything';
  return 'its pattern or its keys are not among those that the formulas know';
}

const latelyUs = 10_000_000;

interface FormRow {
  title: string;
  theory: string;
  measured: string;
  form: ClosedForm;
}

function formRows(run: RunView, expected: Expected, atUs: number): FormRow[] {
  const rows: FormRow[] = [];
  const shown = (value: number | undefined, format: (value: number) => string) =>
    value === undefined || Number.isNaN(value) ? 'not yet known' : format(value);
  const lately = (metric: string) => measure(run, metric, { fromUs: atUs - latelyUs, toUs: atUs });
  if (expected.hitRatio !== undefined) {
    rows.push({
      title: 'Hit ratio',
      theory: formatShare(expected.hitRatio.value),
      measured: shown(lately('hit.ratio{tier=redis}'), formatShare),
      form: expected.hitRatio,
    });
  }
  if (expected.databaseRate !== undefined) {
    rows.push({
      title: 'Queries a second',
      theory: formatRate(expected.databaseRate.value),
      measured: shown(lately('database.qps'), formatRate),
      form: expected.databaseRate,
    });
  }
  if (expected.databaseQueue !== undefined) {
    const { value, waitS } = expected.databaseQueue;
    rows.push({
      title: 'Line before the database',
      theory: Number.isFinite(value)
        ? `${formatNumber(value)} waiting, ${formatDurationUs(Math.round(waitS * 1e6))} each`
        : 'grows without end',
      measured: shown(lately('node.queue{node=database}'), (queue) => `${formatNumber(queue)} waiting`),
      form: expected.databaseQueue,
    });
  }
  if (expected.stampede !== undefined) {
    const { value, readsPerS, rebuildS } = expected.stampede;
    rows.push({
      title: 'When the hottest key expires',
      theory: `${formatNumber(value)} readers miss together (λ ${formatRate(readsPerS)}, D ${formatDurationUs(Math.round(rebuildS * 1e6))})`,
      measured: lastStampede(run, atUs),
      form: expected.stampede,
    });
  }
  return rows;
}

/** How many look-ups of key 0 missed because it had expired, the last time that it did before the playhead. */
function lastStampede(run: RunView, atUs: number): string {
  const { closed } = run.spans;
  let expiredUs = -1;
  let missed = 0;
  for (let index = run.spans.firstClosing(atUs) - 1; index >= 0 && expiredUs < 0; index--) {
    if (closed.key[index] !== 0) continue;
    if (closed.op[index] === OP.expire) expiredUs = closed.start[index];
    else if (
      closed.op[index] === OP['cache.get'] &&
      closed.outcome[index] === OUTCOME.miss &&
      closed.cause[index] === CAUSE.expired
    )
      missed++;
    else if (closed.op[index] === OP['cache.get']) missed = closed.outcome[index] === OUTCOME.hit ? 0 : missed;
  }
  return expiredUs < 0 ? 'it has not expired yet' : `${formatCount(missed)} missed at ${formatDurationUs(expiredUs)}`;
}
