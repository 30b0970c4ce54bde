import { type Action, OP } from '../../../src/index.ts';
import type { RunView } from '../../stage/RunView.ts';
import { formatCount, formatDurationUs } from '../../ui/format.ts';
import { keyTitle, operationTitle } from '../titles.ts';
import { settingWords } from './settingWords.ts';

/** Something done to the world, as charts and the scrubber mark it. */
export interface ActMark {
  atUs: number;
  /** When it ends by itself; equal to `atUs` where it does not last. */
  untilUs: number;
  /** `Redis down`, `Time to live set to 30 s` */
  label: string;
  /** A knob was turned, rather than something broken. */
  knob: boolean;
  /** The setting that was turned; empty where none was. */
  path: string;
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
      path: act.do === 'set' ? act.path : '',
      byPerson,
    });
  const marks = [...run.scenario.faults.map(mark(false)), ...run.actions.map(mark(true))];
  return marks.sort((a, b) => a.atUs - b.atUs);
}

/** Marks as a list names them. */
export interface ListedMarks {
  /** The last ones, in order of time. */
  shown: ActMark[];
  /** How many came before those. */
  left: number;
}

/**
 * The last of some marks, for a list. One knob turned again and again within `apartUs`, with nothing in between, was one drag:
 * only where it ended is told.
 */
export function listedMarks(marks: readonly ActMark[], apartUs: number, most = 6): ListedMarks {
  const told = marks.filter(({ path, byPerson, atUs }, index) => {
    const next = marks[index + 1];
    return !(path !== '' && next?.path === path && byPerson && next.byPerson && next.atUs - atUs <= apartUs);
  });
  return { shown: told.slice(-most), left: Math.max(0, told.length - most) };
}

/** An act in a few words. */
export function actLabel(run: Pick<RunView, 'scenario' | 'meta'>, act: Action): string {
  const node = (id: string) => run.meta.nodes.find((candidate) => candidate.id === id)?.title ?? id;
  switch (act.do) {
    case 'set':
      return settingWords(act.path, act.value, Object.keys(run.scenario.traffic).length > 1);
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
      return `${messages(act.count ?? 1)} lost: ${operationTitle(OP[act.message])}`;
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

function messages(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'message' : 'messages'}`;
}
