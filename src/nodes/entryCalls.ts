import { OUTCOME } from '../spans/codes.ts';
import { CacheCall, LocalCall } from './cacheCalls.ts';
import type { Entry } from './Handles.ts';

/** A look-up that hands over the whole entry, overdue ones too. */
export class EntryCall extends CacheCall {
  entry: Entry | undefined = undefined;

  override get takesOverdue(): boolean {
    return true;
  }

  protected override answer(): unknown {
    return this.outcome === OUTCOME.hit ? this.entry : undefined;
  }

  override found(entry: Entry): void {
    this.entry = entry;
  }
}

/** The same within the server's own process. */
export class LocalEntryCall extends LocalCall {
  entry: Entry | undefined = undefined;

  override get takesOverdue(): boolean {
    return true;
  }

  protected override answer(): unknown {
    return this.outcome === OUTCOME.hit ? this.entry : undefined;
  }

  override found(entry: Entry): void {
    this.entry = entry;
  }
}

/** A command that is answered with yes (`ok`) or no. */
export class YesNoCall extends CacheCall {
  protected override answer(): unknown {
    return this.outcome === OUTCOME.ok;
  }
}

/** SET NX: yes, no, or `undefined` where the cache did not answer. */
export class LockCall extends CacheCall {
  protected override answer(): unknown {
    return this.outcome >= OUTCOME.timeout ? undefined : this.outcome === OUTCOME.ok;
  }
}
