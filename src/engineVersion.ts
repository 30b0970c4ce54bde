/** Version of the engine: changes whenever a golden hash does, so that an old link replays the same or says that it cannot. */
export const engineVersion = '1';
