import type { Action } from '../../../src/index.ts';
import type { RunView } from '../../stage/RunView.ts';
import { formatCount, formatDurationUs } from '../../ui/format.ts';
import { keyTitle } from '../titles.ts';

/** Something done to the world, as charts and the scrubber mark it. */
export interface ActMark {
  atUs: number;
  /** When it ends by itself; equal to `atUs` where it does not last. */
  untilUs: number;
  /** `Redis down`, `flush` */
  label: string;
  /** A knob was turned, rather than something broken. */
  knob: boolean;
  /** Done by a person, not by the scenario. */
  byPerson: boolean;
}

/** Every act upon the run in order of time, the scenario's own and a person's. */
export function actMarks(run: Pick<RunView, 'scenario' | 'actions' | 'meta'>): ActMark[] {
  const mark =
    (byPerson: boolean) =>
    (act: Action): ActMark => ({
      atUs: act.at,
      untilUs: act.at + ('for' in act && act.for !== undefined ? act.for : 0),
      label: actLabel(run, act),
      knob: act.do === 'set',
      byPerson,
    });
  const marks = [...run.scenario.faults.map(mark(false)), ...run.actions.map(mark(true))];
  return marks.sort((a, b) => a.atUs - b.atUs);
}

/** An act in two or three words. */
export function actLabel(run: Pick<RunView, 'scenario' | 'meta'>, act: Action): string {
  const node = (id: string) => run.meta.nodes.find((candidate) => candidate.id === id)?.title ?? id;
  switch (act.do) {
    case 'set':
      return `${act.path} set`;
    case 'expire':
      return `${keyTitle(run, act.key)} expired`;
    case 'flush':
      return `${node(act.node ?? 'redis')} flushed`;
    case 'kill':
      return act.for === undefined
        ? `${node(act.node)} down`
        : `${node(act.node)} down for ${formatDurationUs(act.for)}`;
    case 'restart':
      return `${node(act.node)} back`;
    case 'slow':
      return `${node(act.node)} ${act.factor}× slower`;
    case 'lose':
      return `${act.count ?? 1} ${act.message} lost`;
    case 'burst':
      return `${act.factor}× traffic`;
    case 'ask':
      return `${keyTitle(run, act.key)} ${act.write ? 'written' : 'read'}`;
    case 'warm':
      return `${formatCount(act.keys)} ${act.keys === 1 ? 'key' : 'keys'} warmed`;
    case 'ramp':
      return `traffic comes back in ${formatDurationUs(act.for)}`;
    default:
      return `${node(act.node)} hears nothing for ${formatDurationUs(act.for)}`;
  }
}
