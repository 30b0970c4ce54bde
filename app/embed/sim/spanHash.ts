import type { Action, Scenario } from '../../../src/index.ts';
import { engine } from '../../engine/EngineClient.ts';

/**
 * The span hash of a run up to a moment, 16 hex digits: the same for the same scenario, acts and engine in every browser and
 * in Node. Worked out in a run of its own, so that it does not depend on how far the stage has got.
 */
export function spanHash(scenario: Scenario, actions: readonly Action[], untilUs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const start = () => {
      const run = engine.open({ ...scenario, duration: Math.max(scenario.duration, untilUs) }, actions, {
        opened: () => {},
        batch: (batch, more) => {
          if (more) return;
          engine.close(run);
          resolve(batch.hash);
        },
        failed: (message) => reject(new Error(message)),
        lost: start,
      });
      engine.advance(run, untilUs, true);
    };
    start();
  });
}
