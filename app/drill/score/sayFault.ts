import type { Action } from '../../../src/index.ts';
import { displaySetting } from '../../../src/reading.ts';
import { formatDurationUs, formatNumber } from '../../ui/format.ts';
import { saySetting } from '../words.ts';

/** What is done to a system, in words. */
export function sayFault(action: Action): string {
  const lasting = 'for' in action && action.for !== undefined ? ` for ${formatDurationUs(action.for)}` : '';
  switch (action.do) {
    case 'set':
      return `${saySetting(action.path, false).title} becomes ${displaySetting(action.path, action.value)}`;
    case 'expire':
      return `key ${action.key} leaves the cache`;
    case 'flush':
      return 'the cache is emptied';
    case 'slow':
      return `${action.node} takes ${formatNumber(action.factor)} times as long${lasting}`;
    case 'burst':
      return `${formatNumber(action.factor)} times the requests${lasting}`;
    case 'kill':
      return `${action.node} goes down${lasting}`;
    case 'restart':
      return `${action.node} comes back, empty`;
    case 'lose':
      return `${action.count ?? 1} messages are lost: ${action.message}`;
    case 'ask':
      return `somebody ${action.write === true ? 'writes' : 'asks for'} key ${action.key}`;
    default:
      return `${action.do}${lasting}`;
  }
}
