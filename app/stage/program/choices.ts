import type { Choice } from '../../ui/ChoiceList.tsx';

/** The read patterns, each in one line. */
export const readChoices: Choice<string>[] = [
  { value: 'cache-aside', title: 'Cache-aside', does: 'The server looks, and on a miss asks the database and fills.' },
  {
    value: 'read-through',
    title: 'Read-through',
    does: 'The server asks only the cache. The cache asks the database.',
  },
  { value: 'refresh-ahead', title: 'Refresh-ahead', does: 'Entries that are read and near their end are loaded anew.' },
  { value: 'cache-only', title: 'Cache only', does: 'The cache is the store. A miss has nowhere to go.' },
  { value: 'none', title: 'No cache', does: 'Every read is a query.' },
];

/** The write patterns. */
export const writeChoices: Choice<string>[] = [
  { value: 'cache-aside', title: 'Cache-aside', does: 'Write the database, then invalidate the cached copy.' },
  { value: 'write-through', title: 'Write-through', does: 'Write database and cache, then answer.' },
  { value: 'write-behind', title: 'Write-behind', does: 'The cache answers at once; the database gets batches.' },
  { value: 'write-around', title: 'Write-around', does: 'Only the database is told. Old copies live out their time.' },
];

/** What a cache-aside writer does with the cached copy. */
export const onWriteChoices: Choice<string>[] = [
  { value: 'delete', title: 'Delete', does: 'The next reader fetches the new row.' },
  { value: 'update', title: 'Update', does: 'Store the new value. Two writers may cross.' },
  { value: 'double-delete', title: 'Delete twice', does: 'Before, after, and once more a little later.' },
  { value: 'compare-and-set', title: 'Compare and set', does: 'A store never replaces a newer version.' },
  { value: 'versioned-keys', title: 'Versioned keys', does: 'A pointer moves to the new key; the old one ages out.' },
  { value: 'none', title: 'Nothing', does: 'Wait for the time to live.' },
];

/** How the memories of the other servers hear of a write. */
export const broadcastChoices: Choice<string>[] = [
  { value: 'none', title: 'Nobody tells them', does: 'Each server’s copy lives out its time.' },
  { value: 'pubsub', title: 'Pub/sub', does: 'Whoever listens now drops its copy.' },
  { value: 'stream', title: 'Stream', does: 'Whoever was away catches up.' },
];

/** Who else tells the cache about changes. */
export const feedChoices: Choice<string>[] = [
  { value: 'none', title: 'The writer alone', does: 'A writer that forgets leaves an old copy behind.' },
  { value: 'queue', title: 'Event queue', does: 'The writer sends an event, a worker deletes.' },
  {
    value: 'cdc',
    title: 'Change data capture',
    does: 'The database’s log is read: every commit counts, whoever made it.',
  },
];

/** A protection that is off or on, and the settings that matter once it is on. */
export interface Protection {
  path: string;
  title: string;
  does: string;
  /** What it is set to when it is switched off, and on; as a person would write it. */
  off: string | boolean;
  on: string | boolean;
  more: readonly string[];
}

/** Protections by what they guard against, in the order of a miss. */
export const protectionGroups: { title: string; items: Protection[] }[] = [
  {
    title: 'Many readers, one key',
    items: [
      {
        path: 'protect.singleFlight',
        title: 'Single-flight',
        does: 'At each server one reader loads; the others wait for it.',
        off: false,
        on: true,
        more: [],
      },
      {
        path: 'protect.lock',
        title: 'Distributed lock',
        does: 'One reader of all servers loads, by SET NX.',
        off: false,
        on: true,
        more: ['protect.lockTtl', 'protect.lockPoll', 'protect.lockWaiters'],
      },
      {
        path: 'protect.early',
        title: 'Early expiration (XFetch)',
        does: 'By chance one reader loads before the end.',
        off: '0',
        on: '1',
        more: ['protect.early'],
      },
      {
        path: 'protect.stale',
        title: 'Stale-while-revalidate',
        does: 'Past its time an entry is still served, while one reader loads.',
        off: '0s',
        on: '30s',
        more: ['protect.stale'],
      },
      {
        path: 'cache.jitter',
        title: 'Jitter',
        does: 'Keys that were stored together do not end together.',
        off: '0s',
        on: '10s',
        more: ['cache.jitter', 'cache.jitterMode'],
      },
    ],
  },
  {
    title: 'What should not be asked',
    items: [
      {
        path: 'protect.negative',
        title: 'Negative entries',
        does: 'Remembers that a row does not exist.',
        off: '0s',
        on: '30s',
        more: ['protect.negative'],
      },
      {
        path: 'bloom.enabled',
        title: 'Bloom filter',
        does: 'Turns away ids that certainly have no row.',
        off: false,
        on: true,
        more: ['bloom.expected', 'bloom.falsePositives', 'bloom.rebuild'],
      },
      {
        path: 'protect.admit',
        title: 'Selective caching',
        does: 'Only what was asked for twice is kept.',
        off: 'all',
        on: 'second-request',
        more: ['protect.admit', 'protect.admitCost'],
      },
    ],
  },
  {
    title: 'A database that cannot keep up',
    items: [
      {
        path: 'protect.limit',
        title: 'Limit of loads',
        does: 'More loads at once than this are refused.',
        off: 'none',
        on: '20',
        more: ['protect.limit'],
      },
      {
        path: 'protect.retries',
        title: 'Retries',
        does: 'A failed query is asked again, later each time.',
        off: '0',
        on: '2',
        more: ['protect.retries', 'protect.backoff', 'protect.backoffJitter'],
      },
      {
        path: 'protect.hedge',
        title: 'Hedging',
        does: 'A slow query gets a rival; the first answer counts.',
        off: 'none',
        on: '50ms',
        more: ['protect.hedge'],
      },
      {
        path: 'protect.breaker',
        title: 'Circuit breaker',
        does: 'After many failures nobody calls for a while.',
        off: 'off',
        on: 'database',
        more: ['protect.breaker', 'protect.breakerShare', 'protect.breakerCalls', 'protect.breakerCooldown'],
      },
      {
        path: 'protect.shed',
        title: 'Load shedding',
        does: 'Who has waited too long is sent away unserved.',
        off: 'none',
        on: '1s',
        more: ['protect.shed'],
      },
    ],
  },
];
