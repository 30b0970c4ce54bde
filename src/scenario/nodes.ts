import type { Scenario } from './schema.ts';

/** One node of a run, in the order of the `node` column of the rows. */
export interface NodeMeta {
  /** clients, balancer, app1…, local1…, redis, database */
  id: string;
  kind: 'clients' | 'balancer' | 'app' | 'local' | 'redis' | 'database';
  title: string;
}

/** The nodes of a scenario's world, in the order of their indexes. */
export function nodesOf(scenario: Scenario): NodeMeta[] {
  const numbers = Array.from({ length: scenario.app.servers }, (_, index) => index + 1);
  return [
    { id: 'clients', kind: 'clients', title: 'Readers' },
    { id: 'balancer', kind: 'balancer', title: 'Load balancer' },
    ...numbers.map((number): NodeMeta => ({ id: `app${number}`, kind: 'app', title: `App ${number}` })),
    ...numbers.map((number): NodeMeta => ({ id: `local${number}`, kind: 'local', title: `App ${number} memory` })),
    { id: 'redis', kind: 'redis', title: 'Redis' },
    { id: 'database', kind: 'database', title: 'Database' },
  ];
}
