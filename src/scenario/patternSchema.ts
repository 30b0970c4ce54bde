import * as z from 'zod/mini';
import { choice, quantity } from './fields.ts';

/** How reads and writes use the cache. */
export const patternSchema = z.strictObject({
  read: choice(['cache-aside', 'read-through', 'refresh-ahead', 'cache-only', 'none'], {
    title: 'Reads',
    help: 'cache-aside: look in the cache, on a miss query and fill; read-through: the cache queries; refresh-ahead: old entries are loaded before they end; cache-only: a miss has nowhere to go; none: always the database',
    default: 'cache-aside',
  }),
  write: choice(['cache-aside', 'write-through', 'write-behind', 'write-around'], {
    title: 'Writes',
    help: 'cache-aside: write the database, then invalidate; write-through: database and cache, then answer; write-behind: the cache answers, the database gets batches; write-around: the database alone is told',
    default: 'cache-aside',
  }),
  refreshAfter: quantity('duration', {
    title: 'Refresh after',
    help: 'refresh-ahead only: entries older than this are loaded anew in the background when they are read',
    default: '50s',
    min: '1ms',
    max: '30d',
    slider: ['500ms', '10m', 'log'],
  }),
  refreshUses: quantity('count', {
    title: 'Refresh if read',
    unit: 'times',
    help: 'refresh-ahead only: entries that were read at least so often since they were stored',
    default: 1,
    min: 1,
    max: 1000000,
    slider: [1, 100, 'log'],
  }),
});
