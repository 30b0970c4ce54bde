import type { Action, Scenario } from '../../scenario/schema.ts';
import type { Columns } from '../../spans/columns.ts';
import { Session } from '../Session.ts';
import { inSlices } from './interrupt.ts';
import { type NamedRow, namedRow } from './namedRow.ts';
import { advance, type RowReader } from './runScenario.ts';

/** Gathers the rows of one request out of a run. */
export class RequestRows {
  readonly rows: NamedRow[] = [];
  private readonly request: number;

  constructor(request: number) {
    this.request = request;
  }

  readonly read: RowReader = (rows, open, nodes) => {
    for (const index of indexesOf(rows, this.request)) this.rows.push(namedRow(rows, index, nodes, open));
  };
}

function indexesOf(rows: Columns, request: number): number[] {
  const found: number[] = [];
  for (let index = rows.request.indexOf(request); index >= 0; index = rows.request.indexOf(request, index + 1))
    found.push(index);
  return found;
}

/** The rows of one request, by running the scenario again until all of them have closed. */
export async function rowsOfRequest(
  scenario: Scenario,
  actions: readonly Action[],
  untilUs: number,
  request: number,
): Promise<NamedRow[]> {
  const session = new Session(scenario, actions);
  const gathered = new RequestRows(request);
  await inSlices(() => {
    const done = advance(session, untilUs);
    const { closed, open } = session.take();
    gathered.read(closed, false, session.meta.nodes);
    const over = gathered.rows.length > 0 && !open.request.includes(request);
    if (done && !over) gathered.read(open, true, session.meta.nodes);
    return done || over;
  });
  return gathered.rows.sort((a, b) => a.id - b.id);
}
