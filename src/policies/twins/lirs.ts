import type { PolicyContext } from '../Policy.ts';
import type { CreateTwin, Twin } from './Twin.ts';

/** One block of the LIRS paper: its status, and whether it is in the cache. */
interface Block {
  isLir: boolean;
  isResident: boolean;
}

const without = (ids: number[], id: number): number[] => ids.filter((other) => other !== id);

/** Stack and queue as arrays, the top of the stack and the end of the queue last, after section 3.3 of the paper. */
class LirsTwin implements Twin {
  private capacity: number;
  private blocks = new Map<number, Block>();
  private stack: number[] = [];
  private queue: number[] = [];
  /** Non-resident blocks, the earliest evicted first. */
  private gone: number[] = [];

  constructor(context: PolicyContext) {
    this.capacity = context.capacityEntries;
  }

  touch(id: number): void {
    const isTop = this.stack.at(-1) === id;
    const wasStacked = this.stack.includes(id);
    this.toTop(id);
    if (this.blocks.get(id)?.isLir) this.prune();
    else if (wasStacked && !isTop) this.makeLir(id);
    else this.toEnd(id);
  }

  insert(id: number): void {
    const isKnown = this.gone.includes(id);
    this.gone = without(this.gone, id);
    this.toTop(id);
    if (isKnown || this.lirs().length < this.lirMost()) {
      this.makeLir(id);
      return;
    }
    this.blocks.set(id, { isLir: false, isResident: true });
    this.toEnd(id);
  }

  remove(id: number): void {
    this.blocks.delete(id);
    this.stack = without(this.stack, id);
    this.queue = without(this.queue, id);
    this.prune();
  }

  evict(newcomer: number): number {
    const victim = this.queue.shift() ?? this.lirs()[0] ?? -1;
    if (victim < 0) return victim;
    if (this.stack.includes(victim) && !this.blocks.get(victim)?.isLir) {
      this.blocks.set(victim, { isLir: false, isResident: false });
      this.gone.push(victim);
    } else {
      this.blocks.delete(victim);
      this.stack = without(this.stack, victim);
    }
    this.prune(newcomer);
    return victim;
  }

  clear(): void {
    this.blocks.clear();
    [this.stack, this.queue, this.gone] = [[], [], []];
  }

  resize(capacityEntries: number): void {
    this.capacity = capacityEntries;
    while (this.lirs().length > this.lirMost()) this.demoteBottom();
    this.prune();
  }

  order(limit: number): number[] {
    return [...this.queue, ...this.lirs()].slice(0, limit);
  }

  private lirMost(): number {
    return this.capacity - Math.max(1, Math.ceil(this.capacity / 100));
  }

  private lirs(): number[] {
    return this.stack.filter((id) => this.blocks.get(id)?.isLir);
  }

  private toTop(id: number): void {
    this.stack = [...without(this.stack, id), id];
  }

  private toEnd(id: number): void {
    this.queue = [...without(this.queue, id), id];
  }

  private makeLir(id: number): void {
    this.blocks.set(id, { isLir: true, isResident: true });
    this.queue = without(this.queue, id);
    if (this.lirs().length > this.lirMost()) this.demoteBottom();
    this.prune();
  }

  private demoteBottom(): void {
    const [bottom] = this.lirs();
    this.blocks.set(bottom, { isLir: false, isResident: true });
    this.stack = without(this.stack, bottom);
    this.toEnd(bottom);
    this.prune();
  }

  private prune(spared = -1): void {
    while (this.stack.length > 0 && this.blocks.get(this.stack[0])?.isLir === false) {
      const id = this.stack.shift() as number;
      if (!this.blocks.get(id)?.isResident) this.forget(id);
    }
    while (without(this.gone, spared).length > 2 * this.capacity) this.forget(without(this.gone, spared)[0]);
  }

  private forget(id: number): void {
    this.gone = without(this.gone, id);
    this.stack = without(this.stack, id);
    this.blocks.delete(id);
  }
}

/** Twin of LIRS. */
export const lirsTwin: CreateTwin = (context) => new LirsTwin(context);
