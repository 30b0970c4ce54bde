import type { NodeMeta } from '../../../src/index.ts';
import type { RunView } from '../../stage/RunView.ts';
import { actsOf, anySettingAt } from '../settingsAt.ts';

/** What can go on beside the requests, in the order in which it is shown. */
export const asideKinds = ['wait', 'lock', 'refresh', 'buffer', 'negative', 'bloom', 'breaker'] as const;
/** One of {@link asideKinds}. */
export type AsideKind = (typeof asideKinds)[number];

type Is = (path: string) => unknown;

const isOn: Record<AsideKind, (is: Is) => boolean> = {
  wait: (is) => is('protect.singleFlight') === true || is('protect.lock') === true,
  lock: (is) => is('protect.lock') === true,
  refresh: (is) => is('pattern.read') === 'refresh-ahead' || Number(is('protect.stale')) > 0,
  buffer: (is) => is('pattern.write') === 'write-behind',
  negative: (is) => Number(is('protect.negative')) > 0,
  bloom: (is) => is('bloom.enabled') === true,
  breaker: (is) => is('protect.breaker') !== 'off',
};

/** What is switched on at a moment: one fact for each, so that the list does not jump while the run goes on. */
export function asideKindsAt(run: Pick<RunView, 'scenario' | 'actions'>, atUs: number): AsideKind[] {
  const is = (path: string) => anySettingAt(run, path, atUs);
  return asideKinds.filter((kind) => isOn[kind](is));
}

/** Nodes that only some systems have: they stand in a band of their own below the tiers. */
export const extraKinds: ReadonlySet<NodeMeta['kind']> = new Set(['replica', 'bus', 'feed']);

/** Whether servers keep entries in their own memory at any moment of the run as it is known. */
export function hasMemory(run: Pick<RunView, 'scenario' | 'actions'>): boolean {
  const { scenario } = run;
  return (
    scenario.local.enabled ||
    actsOf(run).some((act) => act.do === 'set' && act.path === 'local.enabled' && act.value === true)
  );
}

/** Whether there is anything at this moment that is not a request: something on, a node in the band below, or servers' memory. */
export function hasAside(run: Pick<RunView, 'scenario' | 'actions' | 'meta'>, atUs: number): boolean {
  return (
    hasMemory(run) || run.meta.nodes.some(({ kind }) => extraKinds.has(kind)) || asideKindsAt(run, atUs).length > 0
  );
}
