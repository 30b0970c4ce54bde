import { canonicalJson } from './canonicalJson.ts';
import type { DrillInput } from './Drill.ts';
import { sha256 } from './sha256.ts';

/** The hash of a whole drill, its scenario written out: the same however its file is laid out. */
export function hashOf(input: DrillInput): string {
  return `sha256:${sha256(canonicalJson(input))}`;
}
