import { closingUs, OP, type SpanStore } from '../../../src/index.ts';

/** Work at each node at the playhead, exactly: slots busy and calls in line, by node; and calls waiting for a connection, by server. */
export interface Occupancy {
  busy: Int32Array;
  waiting: Int32Array;
  connecting: Int32Array;
  inFlight: number;
}

/** Counts who is where at the playhead. */
export function readOccupancy(spans: SpanStore, atUs: number, nodes: number): Occupancy {
  const occupancy: Occupancy = {
    busy: new Int32Array(nodes),
    waiting: new Int32Array(nodes),
    connecting: new Int32Array(nodes),
    inFlight: 0,
  };
  spans.forEachActive(atUs, (table, index) => {
    const node = table.node[index];
    if (table.op[index] <= OP['request.write'] && table.end[index] > atUs) occupancy.inFlight++;
    // Waiting and work in the background take place at a server without taking one of its workers.
    if (node === table.from[index]) return;
    if (table.sent[index] > atUs) {
      occupancy.connecting[table.from[index]]++;
    } else if (table.arrive[index] <= atUs) {
      if (table.service[index] > atUs) {
        if (table.leave[index] > atUs) occupancy.waiting[node]++;
      } else if (table.leave[index] > atUs && closingUs(table, index) > atUs) occupancy.busy[node]++;
    }
  });
  return occupancy;
}
