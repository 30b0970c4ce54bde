import { OP, OUTCOME } from '../spans/codes.ts';
import type { AppServer } from './AppServer.ts';
import { Call, type Callee, STAGE } from './Call.ts';
import type { Environment } from './Environment.ts';

const onItsWay = (nodeIndex: number): Callee => ({
  nodeIndex,
  linkUs: () => 0,
  receive: () => {},
  finish: () => {},
});

/** What has been published: a key, and the row that said so. */
export interface Announcement {
  /** Counts the messages of a run. */
  number: number;
  key: number;
  request: number;
  /** Id of the row of the publishing. */
  id: number;
}

/**
 * One message of the bus on its way to one server: a row of its own, for which nobody waits. It ends `ok` where the server
 * dropped its copy, `absent` where it had none, `lost` where it never arrived.
 */
export class Delivery extends Call {
  readonly server: AppServer;
  private readonly arrived: (delivery: Delivery) => void;

  constructor(
    environment: Environment,
    from: number,
    server: AppServer,
    announcement: Announcement,
    arrived: (delivery: Delivery) => void,
  ) {
    super(environment, onItsWay(server.node.nodeIndex), OP['bus.deliver'], from, announcement.key, null, null);
    this.server = server;
    this.request = announcement.request;
    this.parent = announcement.id;
    this.arrived = arrived;
  }

  /** Sets out; it will be there at `atUs`. */
  setOut(atUs: number, lost: boolean): void {
    const { simulation, recorder } = this.environment;
    this.startUs = simulation.nowUs;
    this.sentUs = simulation.nowUs;
    this.stage = STAGE.sent;
    this.outcome = lost ? OUTCOME.lost : OUTCOME.ok;
    recorder.begin(this);
    simulation.at(atUs, this);
  }

  override fire(): void {
    if (this.outcome === OUTCOME.lost) this.lose();
    else this.arrived(this);
  }

  /** It never arrives. */
  lose(): void {
    this.outcome = OUTCOME.lost;
    this.endUs = this.environment.simulation.nowUs;
    this.environment.metrics.count('bus.lost');
    this.end();
  }

  /** The server hears of it, and drops its own copy. */
  deliver(): void {
    const now = this.environment.simulation.nowUs;
    this.arriveUs = now;
    this.serviceUs = now;
    this.leaveUs = now;
    this.endUs = now;
    this.server.local.contents.delete(this);
    this.environment.metrics.count('bus.delivered');
    this.end();
  }

  private end(): void {
    this.settled = true;
    this.close();
  }
}
