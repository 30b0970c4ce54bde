import type { Mm1Draws, Mm1Result } from './mm1.ts';

/** The part of SIM.JS that the queue needs. */
interface Simjs {
  Sim: new () => SimjsSim;
  Entity: new (...given: never[]) => SimjsEntity;
  Facility: new (name: string) => object;
}

interface SimjsSim {
  addEntity(kind: unknown): void;
  simulate(endTime: number, maxEvents: number): void;
}

interface SimjsEntity {
  time(): number;
  setTimer(duration: number): SimjsRequest;
  useFacility(facility: object, duration: number): SimjsRequest;
}

interface SimjsRequest {
  done(callback: () => void): void;
}

/** SIM.JS, whose package hands its parts to a browser's `window` and to nobody else. */
export async function loadSimjs(): Promise<Simjs> {
  const machine = globalThis as unknown as { window?: { Sim?: Simjs } };
  const before = machine.window;
  const stage: { Sim?: Simjs } = {};
  machine.window = stage;
  await import('simjs');
  if (before === undefined) delete machine.window;
  else machine.window = before;
  if (stage.Sim === undefined) throw new Error('simjs did not hand over its library');
  return stage.Sim;
}

/** The same queue on SIM.JS, by its manual: one entity, a timer between arrivals, a first-come-first-served facility. */
export function mm1OnSimjs({ Sim, Entity, Facility }: Simjs, { gapsUs, serviceUs }: Mm1Draws): Mm1Result {
  const result: Mm1Result = { served: 0, inSystemUs: 0, lastUs: 0 };
  const server = new Facility('server');

  class Source extends Entity {
    next = 0;

    start(): void {
      if (this.next < gapsUs.length) this.setTimer(gapsUs[this.next]).done(() => this.arrive());
    }

    arrive(): void {
      const arrivedUs = this.time();
      this.useFacility(server, serviceUs[this.next++]).done(() => {
        result.served++;
        result.inSystemUs += this.time() - arrivedUs;
        result.lastUs = this.time();
      });
      this.start();
    }
  }

  const sim = new Sim();
  sim.addEntity(Source);
  sim.simulate(Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  return result;
}
