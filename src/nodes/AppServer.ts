import type { Task, TaskObserver } from '../kernel/Task.ts';
import { Task as ServerTask } from '../kernel/Task.ts';
import type { BareHandles } from './createHandles.ts';
import type { PlainHandles } from './plainHandles.ts';
import type { Handles, Pattern } from './Handles.ts';
import { draw } from '../random/distributions.ts';
import { luck } from '../random/luck.ts';
import { CAUSE, OP, OUTCOME } from '../spans/codes.ts';
import { LUCK, SALT } from './CacheContents.ts';
import { type Call, CallFailed, STAGE } from './Call.ts';
import type { Environment } from './Environment.ts';
import type { LocalCache } from './LocalCache.ts';
import type { RequestCall } from './RequestCall.ts';
import { type Service, ServiceNode } from './ServiceNode.ts';
import { Station } from './Station.ts';

/** What a request runs: a read, a write, or a write that is an order. */
interface Route {
  read: Pattern;
  write: Pattern;
  order: Pattern;
}

/** One application server: workers, its own cache, its connections to the database, and the pattern that it runs. */
export class AppServer implements Service, TaskObserver {
  readonly node: ServiceNode;
  readonly pool: Station<Call>;
  /** Requests sent here that have not left; what least-connections looks at. */
  connections = 0;
  /** What it can reach, without any protection; outlives every turn of a knob. */
  bare!: PlainHandles & Partial<Pick<BareHandles, 'flights' | 'guards'>>;
  /** What it runs. */
  program!: Route & { handles: Handles; bypasses: Route[] | null };
  readonly local: LocalCache;
  /** Id of its node, like app1. */
  id = '';
  private readonly environment: Environment;

  constructor(environment: Environment, nodeIndex: number, local: LocalCache) {
    this.environment = environment;
    this.local = local;
    this.node = new ServiceNode(environment, nodeIndex, this);
    this.pool = new Station<Call>(
      environment.simulation,
      { serve: (call) => call.send() },
      environment.settings.database.pool,
      Number.POSITIVE_INFINITY,
    );
  }

  slots(): number {
    return this.environment.settings.app.workers;
  }

  queue(): number {
    return this.environment.settings.app.queue;
  }

  linkUs(): number {
    return this.environment.settings.balancer.link + this.environment.settings.clients.link;
  }

  timeoutUs(): number {
    return this.environment.settings.clients.timeout;
  }

  serviceUs(call: Call): number {
    const { app, protect, seed } = this.environment.settings;
    if (this.environment.simulation.nowUs - call.arriveUs > protect.shed) {
      (call as RequestCall).shed = true;
      return 0;
    }
    if (app.shape === 'constant') return app.cpu;
    return draw({ mean: app.cpu, shape: app.shape }, luck(seed, LUCK.app, call.request, 0, SALT.service));
  }

  /** The server's own work is done: now the pattern runs. */
  work(call: Call): boolean {
    const request = call as RequestCall;
    if (request.shed) {
      this.turnAway(request);
      return false;
    }
    const { handles, bypasses } = this.program;
    const { read, write, order } = bypasses === null ? this.program : bypasses[request.traffic];
    const isOrder = request.stock < Number.POSITIVE_INFINITY;
    const pattern = call.op === OP['request.read'] ? read : isOrder ? order : write;
    const task = new ServerTask(this.environment.simulation, pattern(request, handles), request);
    request.process = task;
    task.observe(this);
    task.begin();
    return true;
  }

  taskEnded(task: Task<unknown>): void {
    const request = task.context as RequestCall;
    if (task.state === 'cancelled') return;
    if (task.state === 'failed') {
      if (!(task.error instanceof CallFailed)) throw task.error;
      const { outcome } = task.error;
      if (!request.settled)
        request.outcome = outcome === OUTCOME.rejected || outcome === OUTCOME.absent ? outcome : OUTCOME.error;
    } else {
      request.answerWith(task.result as number);
    }
    this.node.answer(request);
  }

  private turnAway(call: RequestCall): void {
    const { metrics, recorder, simulation } = this.environment;
    const { key, request, id } = call;
    call.outcome = OUTCOME.rejected;
    metrics.count('requests.shed');
    recorder.instant(simulation.nowUs, { op: OP.shed, node: this.node.nodeIndex, key, request, parent: id });
  }

  restarted(): void {
    this.environment.bus?.returned(this);
  }

  crashed(): void {
    const here = this.node.nodeIndex;
    const open = this.environment.recorder.open.slice();
    this.bare.flights?.clear();
    this.bare.guards?.forget();
    // Nobody may be resumed, and no connection passed on, by what the others leave behind: processes die first.
    for (const call of open)
      if (call.node === here && call.stage === STAGE.served) (call as RequestCall).process?.cancel();
    const calls = open.filter((call) => call.from === here);
    for (const call of calls) if (call.stage === STAGE.connecting) call.giveUp(OUTCOME.error);
    for (const call of calls) {
      if (call.settled) continue;
      if (call.node === this.local.nodeIndex) call.refuse(OUTCOME.refused);
      else call.giveUp(OUTCOME.error);
    }
    this.local.contents.flush(CAUSE['node-lost']);
  }

  /** A knob was turned. */
  reconfigure(): void {
    this.node.reconfigure();
    this.local.reconfigure();
    if (this.pool.slots !== this.environment.settings.database.pool)
      this.pool.resize(this.environment.settings.database.pool);
  }
}
