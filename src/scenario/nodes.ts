import { replicasOf } from '../metrics/columns.ts';
import type { Scenario } from './schema.ts';

const busTitles = { pubsub: 'Pub/sub', stream: 'Stream' } as const;
const feedTitles = { queue: 'Event queue', cdc: 'Change capture' } as const;

/** One node of a run, in the order of the `node` column of the rows. */
export interface NodeMeta {
  /** clients, balancer, app1…, local1…, redis, database; then, where there are such, replica1…, bus, feed */
  id: string;
  kind: 'clients' | 'balancer' | 'app' | 'local' | 'redis' | 'database' | 'replica' | 'bus' | 'feed';
  title: string;
}

/** The nodes of a scenario's world, in the order of their indexes. */
export function nodesOf(scenario: Scenario): NodeMeta[] {
  const { broadcast, feed } = scenario.invalidation;
  const numbers = Array.from({ length: scenario.app.servers }, (_, index) => index + 1);
  return [
    { id: 'clients', kind: 'clients', title: 'Readers' },
    { id: 'balancer', kind: 'balancer', title: 'Load balancer' },
    ...numbers.map((number): NodeMeta => ({ id: `app${number}`, kind: 'app', title: `App ${number}` })),
    ...numbers.map((number): NodeMeta => ({ id: `local${number}`, kind: 'local', title: `App ${number} memory` })),
    { id: 'redis', kind: 'redis', title: 'Redis' },
    { id: 'database', kind: 'database', title: 'Database' },
    ...replicasOf(scenario).map((id, index): NodeMeta => ({ id, kind: 'replica', title: `Replica ${index + 1}` })),
    ...(broadcast === 'none' ? [] : [{ id: 'bus', kind: 'bus', title: busTitles[broadcast] } satisfies NodeMeta]),
    ...(feed === 'none' ? [] : [{ id: 'feed', kind: 'feed', title: feedTitles[feed] } satisfies NodeMeta]),
  ];
}
