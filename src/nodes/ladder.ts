/**
 * The latency ladder: one table of typical one-operation times, read by the scenario defaults and drawn by the lessons.
 * Microseconds; `low`–`high` is the range that practice reports, `typical` what the defaults take.
 * @source Dean & Norvig, "Latency numbers every programmer should know"; the course's source documents 002 and 004.
 */
export const ladder = {
  cpuCache: { title: 'CPU cache (L1)', lowUs: 0.001, typicalUs: 0.001, highUs: 0.002 },
  memory: { title: 'Main memory', lowUs: 0.1, typicalUs: 0.1, highUs: 0.1 },
  inProcess: { title: 'In-process cache hit', lowUs: 1, typicalUs: 1, highUs: 10 },
  ssd: { title: 'SSD read', lowUs: 100, typicalUs: 100, highUs: 150 },
  redis: { title: 'Redis on the same network', lowUs: 500, typicalUs: 510, highUs: 1000 },
  indexedQuery: { title: 'Indexed database query', lowUs: 5000, typicalUs: 8000, highUs: 20_000 },
  diskSeek: { title: 'Disk seek', lowUs: 10_000, typicalUs: 10_000, highUs: 10_000 },
  crossRegion: { title: 'Across regions and back', lowUs: 70_000, typicalUs: 150_000, highUs: 200_000 },
  coldQuery: { title: 'Cold, unindexed query', lowUs: 50_000, typicalUs: 150_000, highUs: 500_000 },
} as const;
