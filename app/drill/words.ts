import type { AnswerForm, AnswerValue, Confidence, DrillStep, SettingsPatch } from '../../src/drills.ts';
import { displaySetting, readSetting, settingInfo } from '../../src/reading.ts';
import { choiceTitle, knobTitle } from '../stage/knobTitles.ts';
import { formatNumber } from '../ui/format.ts';

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

/** Settings in one line: `Time to live 30 s · One rebuilds on`. */
export function saySettings(set: SettingsPatch): string {
  const parts = Object.entries(set).map(([path, value]) => {
    const said = saySetting(path, value);
    return `${said.title} ${said.value}`;
  });
  return parts.length === 0 ? 'nothing changed' : parts.join(' · ');
}

/** How many words a text has. */
export function wordCount(text: string): number {
  return text.trim() === '' ? 0 : text.trim().split(/\s+/).length;
}
