// The linter follows the path to the module itself; `?code` gives its text instead.
/* oxlint-disable import/default */
import cacheAside from '../../../src/patterns/cacheAside.ts?code';
import nearCache from '../../../src/patterns/nearCache.ts?code';
import noCache from '../../../src/patterns/noCache.ts?code';
import writeAround from '../../../src/patterns/writeAround.ts?code';
import type { Scenario } from '../../../src/index.ts';
import { type CodeFile, type SourcePart, sourcePart } from './sourceParts.ts';

/** File and function of each pattern, the very ones that run. */
const patterns: Record<string, { file: string; code: CodeFile; name: string }> = {
  'cache-aside': { file: 'cacheAside.ts', code: cacheAside, name: 'cacheAside' },
  none: { file: 'noCache.ts', code: noCache, name: 'noCache' },
  'write-around': { file: 'writeAround.ts', code: writeAround, name: 'writeAround' },
};

/** The functions that a request of this kind runs through, outermost first. */
export function partsOf(
  pattern: Pick<Scenario['pattern'], 'read' | 'write'>,
  local: boolean,
  kind: 'read' | 'write',
): SourcePart[] {
  const suffix = kind === 'read' ? 'Read' : 'Write';
  const { file, code, name } = patterns[pattern[kind]] ?? patterns['cache-aside'];
  const inner = sourcePart(file, code, `${name}${suffix}`);
  const outer = local ? sourcePart('nearCache.ts', nearCache, `nearCache${suffix}`) : null;
  return [outer, inner].filter((part) => part !== null);
}
