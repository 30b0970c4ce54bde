import type {
  AnswerForm,
  AnswerValue,
  Confidence,
  DrillCommand,
  DrillMode,
  DrillStep,
  SettingsPatch,
} from '../../src/drills.ts';
import { displaySetting, readSetting, settingInfo } from '../../src/reading.ts';
import { choiceTitle, knobTitle } from '../stage/knobTitles.ts';
import { formatClock, formatNumber } from '../ui/format.ts';

/** What a kind of step is called. */
export const kindTitles: Readonly<Record<DrillStep['kind'], string>> = {
  brief: 'Brief',
  predict: 'Predict',
  observe: 'Watch',
  intervene: 'Fix it',
  explain: 'Explain',
  ask: 'Question',
  talk: 'Talk',
  score: 'Score sheet',
};

/** How sure somebody is, in words. */
export const confidenceTitles: Readonly<Record<Confidence, string>> = {
  unsure: 'Unsure',
  fairly: 'Fairly sure',
  certain: 'Certain',
};

/** Real time of a step: `2:05`, `1:02:05`. */
export function formatReal(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** A limit in words: `3 minutes`, `90 seconds`. */
export function sayLimit(seconds: number): string {
  if (seconds < 120 && seconds % 60 !== 0) return `${seconds} seconds`;
  const minutes = Math.round(seconds / 6) / 10;
  return minutes === 1 ? '1 minute' : `${minutes} minutes`;
}

/** Points in words: `1 point`, `2.5 points`. */
export function sayPoints(points: number): string {
  return `${formatNumber(points)} ${points === 1 ? 'point' : 'points'}`;
}

/** Who else is in a session. */
export function sayOthers(others: readonly DrillMode[]): string {
  return others.length === 0 ? 'No other window is here yet.' : `Here as well: ${others.join(', ')}.`;
}

/** An answer in words. */
export function sayAnswer(form: AnswerForm, value: AnswerValue): string {
  const textOf = (id: string) =>
    form.type === 'choice' || form.type === 'order'
      ? (form.options.find((option) => option.id === id)?.text ?? id)
      : id;
  if (Array.isArray(value)) return value.map(textOf).join(' › ');
  if (typeof value === 'number')
    return `${formatNumber(value)}${form.type === 'number' && form.unit ? ` ${form.unit}` : ''}`;
  return textOf(String(value));
}

/** What a setting is called, and a value of it in words. */
export function saySetting(path: string, value: string | number | boolean): { title: string; value: string } {
  const info = settingInfo(path);
  const title = info === undefined ? path : knobTitle(info, path.startsWith('traffic.'));
  if (typeof value === 'boolean') return { title, value: value ? 'on' : 'off' };
  const read = readSetting(path, value);
  if (info?.kind === 'choice' || 'problem' in read) return { title, value: choiceTitle(String(value), path) };
  return { title, value: typeof read.value === 'number' ? displaySetting(path, read.value) : String(value) };
}

/** Settings in one line: `Time to live 30 s · Single-flight on · Reads: Read-through`. */
export function saySettings(set: SettingsPatch): string {
  const parts = Object.entries(set).map(([path, value]) => {
    const said = saySetting(path, value);
    return settingInfo(path)?.kind === 'choice' ? `${said.title}: ${said.value}` : `${said.title} ${said.value}`;
  });
  return parts.length === 0 ? 'nothing changed' : parts.join(' · ');
}

/** What was set for an attempt, and what was turned on the way, each with its moment. */
export function sayCommands(commands: readonly DrillCommand[], clock: string | undefined): string {
  const atStart: Record<string, string | number | boolean> = {};
  const turned: string[] = [];
  for (const command of commands) {
    if (!('set' in command)) continue;
    if (command.us === 0) Object.assign(atStart, command.set);
    else turned.push(`from ${formatMoment(command.us, clock)} ${saySettings(command.set)}`);
  }
  const isBare = Object.keys(atStart).length === 0 && turned.length > 0;
  return [...(isBare ? [] : [saySettings(atStart)]), ...turned].join(', ');
}

/** A time that a script names: `11:00:38`, with milliseconds only where it has some. */
export function sayTime(us: number, clock: string | undefined): string {
  return formatClock(us, clock).replace(/\.000$/, '');
}

/** A moment of a run, to the tenth of a second: `11:00:12.4`. */
export function formatMoment(us: number, clock: string | undefined): string {
  const tenth = formatClock(us, clock).replace(/(\.\d)\d\d$/, '$1');
  return tenth.replace(/\.0$/, '');
}

/** How many words a text has. */
export function wordCount(text: string): number {
  return text.trim() === '' ? 0 : text.trim().split(/\s+/).length;
}
