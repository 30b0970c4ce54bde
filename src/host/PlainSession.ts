import { engineVersion } from '../engineVersion.ts';
import { World } from '../scenario/World.ts';
import type { Features } from '../scenario/features.ts';
import type { Action, Scenario } from '../scenario/schema.ts';
import type { Batch, RunMeta } from './protocol.ts';

/**
 * One run: a function of (scenario, actions), advanced in slices. Whatever the slices, the rows and windows that come
 * out are the same. Without the features it runs what does not need them (`needsFeatures`), and can be given them later.
 */
export class PlainSession {
  readonly meta: RunMeta;
  readonly world: World;
  readonly durationUs: number;
  horizonUs = 0;

  constructor(scenario: Scenario, actions: readonly Action[], features: Features | null = null) {
    this.world = new World(scenario, features);
    this.durationUs = scenario.duration;
    this.meta = {
      engine: engineVersion,
      scenarioId: scenario.id,
      seed: scenario.seed,
      nodes: this.world.nodes,
      metricColumns: this.world.metrics.columns,
      windowUs: scenario.window,
    };
    const { simulation, metrics } = this.world;
    simulation.boundaryUs = scenario.window;
    simulation.onBoundary = (boundaryUs) => {
      metrics.closeWindow(boundaryUs, scenario.window);
      simulation.boundaryUs = boundaryUs + scenario.window;
    };
    for (const action of scenario.faults) this.world.schedule(action);
    for (const action of actions) this.world.schedule(action);
  }

  /** Has all features from now on; what comes out is the same as if it had had them from the start. */
  learn(features: Features): void {
    this.world.learn(features);
  }

  /** Acts at `action.at`, which must not lie before the horizon. */
  act(action: Action): void {
    this.world.schedule({ ...action, at: Math.max(action.at, this.horizonUs) });
  }

  /**
   * Runs on to `untilUs` (at most to the scenario's duration), or until about `maxEvents` have run.
   * @returns whether `untilUs` was reached.
   */
  advance(untilUs: number, maxEvents?: number): boolean {
    const target = Math.min(Math.floor(untilUs), this.durationUs);
    if (target > this.horizonUs) this.horizonUs = this.world.simulation.run(target, maxEvents);
    return this.horizonUs >= target;
  }

  /** What has come out since the last call. */
  take(withHash = false): Batch {
    const { recorder, metrics } = this.world;
    return {
      horizonUs: this.horizonUs,
      closed: recorder.takeClosed(),
      open: recorder.copyOpen(),
      windows: metrics.takeWindows(),
      totals: metrics.currentTotals(),
      latency: { read: metrics.readLatency.summary(), write: metrics.writeLatency.summary() },
      hash: withHash ? recorder.digest() : '',
      finished: this.horizonUs >= this.durationUs,
    };
  }
}
