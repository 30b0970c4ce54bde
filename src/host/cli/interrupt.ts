import { setImmediate as nextTurn } from 'node:timers/promises';
import { Interrupted } from './exit.ts';

/**
 * Does work slice by slice until `slice` says that it is done; between slices Ctrl-C is heard.
 * @throws Interrupted after Ctrl-C, once the slice under way has ended.
 */
export async function inSlices(slice: () => boolean): Promise<void> {
  let stopped = false;
  const stop = () => {
    stopped = true;
  };
  process.once('SIGINT', stop);
  try {
    while (!slice()) {
      await nextTurn();
      if (stopped) throw new Interrupted();
    }
  } finally {
    process.off('SIGINT', stop);
  }
}
