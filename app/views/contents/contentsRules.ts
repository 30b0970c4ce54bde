import type { Action } from '../../../src/index.ts';
import type { RunView } from '../../stage/RunView.ts';
import { actsOf, anySettingAt } from '../settingsAt.ts';

/** What rows do not say by themselves about the contents of one cache. Times in µs. */
export interface ContentsRules {
  /** The server whose own memory this is, by node; −1 for the shared cache. */
  server: number;
  /** Values lie under key@version, and under the key a pointer. */
  isVersioned(atUs: number): boolean;
  /** How long an entry is kept past its time to live. */
  graceUs(atUs: number): number;
  /** The keys that one look-up of so many keys is for. */
  pageOf(key: number, length: number): number[];
}

/** A cache of its own in a world without versions in keys and without entries past their time. */
export const plainRules: ContentsRules = {
  server: -1,
  isVersioned: () => false,
  graceUs: () => 0,
  pageOf: (key) => [key],
};

/** The rules of a cache node in a run, knobs turned until now included. */
export function contentsRules(run: Pick<RunView, 'meta' | 'scenario' | 'actions'>, node: number): ContentsRules {
  const { meta, scenario } = run;
  const local = meta.nodes[node]?.kind === 'local';
  const number = local ? meta.nodes[node].id.slice('local'.length) : '';
  const write = settingOverTime(run, 'pattern.write');
  const onWrite = settingOverTime(run, 'invalidation.onWrite');
  const grace = settingOverTime(run, 'protect.stale');
  const pages = Object.values(scenario.traffic).filter(({ pageKeys, batch }) => pageKeys > 1 && batch);
  // Where several kinds of traffic ask for pages, a row does not say which of them did.
  const rows = pages.length === 1 ? pages[0].count : 0;
  return {
    server: local ? meta.nodes.findIndex(({ id }) => id === `app${number}`) : -1,
    isVersioned: (atUs) => !local && write(atUs) === 'cache-aside' && onWrite(atUs) === 'versioned-keys',
    graceUs: (atUs) => (local ? 0 : Number(grace(atUs))),
    pageOf: (key, length) =>
      rows === 0 ? [key] : Array.from({ length }, (_, offset) => (offset === 0 ? key : (key + offset) % rows)),
  };
}

function settingOverTime(run: Pick<RunView, 'scenario' | 'actions'>, path: string): (atUs: number) => unknown {
  const turns = (act: Action): boolean => act.do === 'set' && act.path === path;
  const first = anySettingAt(run, path, -1);
  return actsOf(run).some(turns) ? (atUs) => anySettingAt(run, path, atUs) : () => first;
}
