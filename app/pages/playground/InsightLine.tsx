import { useEffect, useState } from 'react';
import type { Stage } from '../../stage/Stage.ts';
import { useStageState } from '../../stage/useStage.ts';
import { formatDurationUs } from '../../ui/format.ts';
import { WindowRange } from '../../views/charts/WindowRange.ts';
import { insight } from '../../views/insight/model.ts';
import { usePlayheadStep } from '../../views/usePlayheadStep.ts';
import { laneName } from './laneTitle.ts';
import styles from './Playground.module.css';

/** The longest stretch that is looked at on either side of an act, µs. */
const longestUs = 5_000_000;
/** What an act has done shows after this much of the run, µs. */
const settleUs = 500_000;

/** One sentence, made from the numbers: what the last act has changed, or what lane B does differently. */
export function InsightLine({ stage }: { stage: Stage }) {
  const text = useInsight(stage);
  const [shown, setShown] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setShown(text), 400);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <p className={styles.insight} role="note" aria-label="What changed">
      {shown}
    </p>
  );
}

function useInsight(stage: Stage): string {
  const state = useStageState(stage, (all) => all);
  const atUs = usePlayheadStep(stage.playhead, 1_000_000);
  const [a, b] = state.runs;
  if (a === null || a === undefined) return '';
  const { widthUs } = a.windows;
  const range = (run: typeof a, fromUs: number, toUs: number) =>
    new WindowRange(run.windows, Math.ceil(fromUs / widthUs), Math.floor(toUs / widthUs));
  if (b !== null && b !== undefined) {
    const from = Math.max(0, atUs - longestUs);
    const found = insight(range(a, from, atUs), range(b, from, atUs));
    const [nameA, nameB] = [laneName(state, 0) || 'A', laneName(state, 1) || 'B'];
    return found === null
      ? ''
      : `Over the last ${formatDurationUs(atUs - from)}, from “${nameA}” to “${nameB}”: ${found}`;
  }
  const acts = [...(state.scenarios[0]?.faults ?? []), ...state.actions].filter((act) => act.at <= atUs - settleUs);
  const last = acts.reduce((latest, act) => Math.max(latest, act.at), -1);
  if (last < 0) return '';
  const spanUs = Math.min(longestUs, atUs - last, last);
  const afterUs = Math.min(longestUs, atUs - last);
  const found = insight(range(a, last - spanUs, last), range(a, atUs - afterUs, atUs));
  return found === null ? '' : `Over the last ${formatDurationUs(afterUs)}, against before the last change: ${found}`;
}
