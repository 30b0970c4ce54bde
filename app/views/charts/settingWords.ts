import { displaySetting, readSetting, settingInfo } from '../../../src/reading.ts';
import { choiceTitle, knobTitle } from '../../stage/knobTitles.ts';

/**
 * A control that was turned, in words: `Time to live set to 30 s`, `Single-flight switched on`.
 * @param value as an act has it: canonical, or as people write it. @param severalWorkloads the name of the workload is said too.
 */
export function settingWords(path: string, value: string | number | boolean, severalWorkloads: boolean): string {
  const info = settingInfo(path);
  if (info === undefined) return `${path} set to ${value}`;
  const title = knobTitle(info, severalWorkloads);
  if (typeof value === 'boolean') return `${title} switched ${value ? 'on' : 'off'}`;
  if (info.kind === 'choice') return `${title} set to ${choiceTitle(String(value), path)}`;
  const read = typeof value === 'number' ? { value } : readSetting(path, value);
  return `${title} set to ${'value' in read ? displaySetting(path, read.value) : value}`;
}
