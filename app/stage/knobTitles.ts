import { type EvictionId, policyGroups, policyTitles, type SettingInfo } from '../../src/reading.ts';

const titles: Record<string, string> = {
  'cache-aside': 'Cache-aside',
  'write-around': 'Write-around',
  'write-through': 'Write-through',
  'write-behind': 'Write-behind',
  'read-through': 'Read-through',
  'refresh-ahead': 'Refresh-ahead',
  'cache-only': 'Cache only',
  'second-request': 'Asked twice',
  poll: 'Look again',
  stale: 'Take the old value',
  none: 'No cache',
  'round-robin': 'In turn',
  'least-connections': 'Least busy',
  zipf: 'Zipf',
  lognormal: 'Log-normal',
};

const tiers: Record<string, string> = { local: 'In-process', database: 'Database' };

/** What a choice is called on screen. */
export function choiceTitle(choice: string, path = ''): string {
  if (choice === 'none' && path !== 'pattern.read') return 'None';
  if (path.endsWith('.eviction') && Object.hasOwn(policyTitles, choice)) return policyTitles[choice as EvictionId];
  return titles[choice] ?? choice.charAt(0).toUpperCase() + choice.slice(1);
}

/** The heading under which a choice stands where there are many; undefined for the others. */
export function choiceGroup(choice: string, path: string): string | undefined {
  return path.endsWith('.eviction') ? policyGroups.find(({ ids }) => ids.includes(choice))?.title : undefined;
}

/** What a setting is called on screen; where several workloads run, with the name of its own. */
export function knobTitle(info: SettingInfo, severalWorkloads: boolean): string {
  const [group, name] = info.path.split('.');
  if (group === 'traffic') return severalWorkloads ? `${info.title} (${name})` : info.title;
  return tiers[group] !== undefined && !info.title.startsWith(tiers[group])
    ? `${tiers[group]}: ${info.title.toLowerCase()}`
    : info.title;
}
