import { OP } from '../../../src/index.ts';
import type { Following } from '../RowFollower.ts';

/** A circuit breaker: a server has one before the cache and one before the database. */
export interface BreakerState {
  /** Index of the server. */
  server: number;
  /** Index of the node that it guards. */
  node: number;
  /** 0 closed, 1 open, 2 half-open: one call may try. */
  detail: number;
  sinceUs: number;
}

/** What each breaker did last, by server and node. */
export const breakerFollowing: Following<Map<string, BreakerState>> = {
  ops: [OP.breaker],
  begin: () => new Map(),
  moments: (table, index, at) => at(table.start[index]),
  apply: (breakers, table, index, atUs) => {
    const server = table.from[index];
    const node = table.node[index];
    breakers.set(`${server} ${node}`, { server, node, detail: table.detail[index], sinceUs: atUs });
  },
};
