import { luck } from '../random/luck.ts';
import { backoffUs } from './backoffUs.ts';
import { LUCK, SALT } from './CacheContents.ts';
import type { Environment } from './Environment.ts';
import type { RequestCall } from './RequestCall.ts';

/**
 * Clients who ask again after a failure: a new request with a row of its own, of the same kind and for the same key, after
 * exponential backoff with full jitter. A write is sent again too, as people do who press a button twice.
 */
export class ClientRetries {
  private readonly environment: Environment;
  private readonly launch: (request: RequestCall) => void;

  /** `launch` sends a request, under the next number. */
  constructor(environment: Environment, launch: (request: RequestCall) => void) {
    this.environment = environment;
    this.launch = launch;
  }

  /** Whether the client of a request that failed asks again; it then does so when its backoff is over. */
  asksAgain(failed: RequestCall): boolean {
    const { clients, seed } = this.environment.settings;
    if (failed.tries >= clients.retries) return false;
    const u = luck(seed, LUCK.clients, failed.request, failed.tries, SALT.backoff);
    this.environment.simulation.after(backoffUs(clients.backoff, failed.tries, u), {
      fire: () => {
        this.environment.metrics.count('clients.retries');
        this.launch(failed.again());
      },
    });
    return true;
  }
}
