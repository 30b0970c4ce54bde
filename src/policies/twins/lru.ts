import { queueTwin } from './queueTwin.ts';
import type { CreateTwin } from './Twin.ts';

/** A queue in which whoever is used goes to the front. */
export const lruTwin: CreateTwin = () => queueTwin((ids, id) => ids.unshift(...ids.splice(ids.indexOf(id), 1)));
