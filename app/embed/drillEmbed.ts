import { createElement, type ReactNode } from 'react';
import type { Embedded } from './Embedded.ts';
import { Refused } from './Refused.tsx';

/** A drill as an embed. This build has none yet, and says so here and in `ready.capabilities`. */
export function drillEmbed(id: string, _embedded: Embedded): ReactNode {
  return createElement(Refused, { text: `This build of the embed cannot show drills yet, so “${id}” is not here.` });
}
