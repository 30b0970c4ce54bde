import { queueTwin } from './queueTwin.ts';
import type { CreateTwin } from './Twin.ts';

/** A queue in which use changes nothing. */
export const fifoTwin: CreateTwin = () => queueTwin(() => {});
