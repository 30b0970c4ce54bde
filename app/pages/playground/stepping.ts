import type { Stage } from '../../stage/Stage.ts';

export function stepForward(_stage: Stage): void {}
