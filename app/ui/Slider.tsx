import { type KeyboardEvent, type RefObject, useEffect, useEffectEvent, useId, useRef } from 'react';
import { POSITIONS, positionOf, type SliderScale, valueAt, valueBeside } from './scale.ts';
import styles from './Slider.module.css';
import { ValueField } from './ValueField.tsx';

/** Where the thumb stands for `none`: past the end, with a gap that can be felt. */
const NONE_POSITION = POSITIONS + 60;
const pageSteps = 10;

interface SliderProps {
  label: string;
  /** In the unit of the scale; Infinity is `none`, where `orNone` allows it. */
  value: number;
  scale: SliderScale;
  /** The value in words with its unit, shown at the right and spoken. */
  format: (value: number) => string;
  /** Reads what a person types into the value; undefined for what cannot be read. Default: a plain number. */
  parse?: (text: string) => number | undefined;
  /** One more place past the end that means `none`. */
  orNone?: boolean;
  /** Called at every movement. */
  onChange: (value: number) => void;
  /** Called once at the end of a movement, with the last value. */
  onCommit?: (value: number) => void;
  disabled?: boolean;
  /** A sentence of help; read with the label. */
  help?: string;
}

/** A setting on a range: drag, arrow keys, Page Up and Down by ten, Home and End, or type into the value itself. */
export function Slider(props: SliderProps) {
  const { label, value, scale, format, parse, orNone = false, onChange, onCommit, disabled, help } = props;
  const id = useId();
  const range = useRef<HTMLInputElement>(null);
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  }, [value]);

  const change = (next: number) => {
    if (next === latest.current) return;
    latest.current = next;
    onChange(next);
  };
  const commit = () => onCommit?.(latest.current);
  useNativeChange(range, commit);

  const last = orNone ? NONE_POSITION : POSITIONS;
  const position = value === Number.POSITIVE_INFINITY ? last : positionOf(value, scale);

  const onKeyDown = (event: KeyboardEvent) => {
    const next = afterKey(event.key, value, scale, orNone);
    if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    change(next);
  };

  return (
    <div className={styles.slider}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <ValueField
        label={`${label}, value`}
        text={format(value)}
        disabled={disabled}
        onEnter={(text) => {
          const typed = text.trim() === 'none' && orNone ? Number.POSITIVE_INFINITY : (parse ?? plainNumber)(text);
          if (typed === undefined || Number.isNaN(typed)) return false;
          change(typed);
          commit();
          return true;
        }}
      />
      <input
        ref={range}
        id={id}
        type="range"
        className={styles.range}
        style={{ '--fill': `${(position / last) * 100}%` }}
        min={0}
        max={last}
        step={1}
        value={position}
        disabled={disabled}
        aria-valuetext={format(value)}
        aria-describedby={help ? `${id}-help` : undefined}
        onChange={(event) => change(afterMove(Number(event.target.value), position, value, scale))}
        onKeyDown={onKeyDown}
        onKeyUp={(event) => {
          if (afterKey(event.key, value, scale, orNone) !== undefined) commit();
        }}
      />
      {help && (
        <span id={`${id}-help`} hidden>
          {help}
        </span>
      )}
    </div>
  );
}

/** React's onChange is the browser's `input`; the browser's own `change`, at the end of a drag, needs a listener. */
function useNativeChange(range: RefObject<HTMLInputElement | null>, commit: () => void) {
  const onChange = useEffectEvent(commit);
  useEffect(() => {
    const element = range.current;
    const listener = () => onChange();
    element?.addEventListener('change', listener);
    return () => element?.removeEventListener('change', listener);
  }, [range]);
}

/** The value at a place where the thumb was put. Assistive technology moves by one: that must change the value too. */
function afterMove(position: number, from: number, value: number, scale: SliderScale): number {
  if (position > (POSITIONS + NONE_POSITION) / 2) return Number.POSITIVE_INFINITY;
  const next = valueAt(position, scale);
  return next === value && Math.abs(position - from) === 1 ? valueBeside(value, position - from, scale) : next;
}

function afterKey(key: string, value: number, scale: SliderScale, orNone: boolean): number | undefined {
  const isNone = value === Number.POSITIVE_INFINITY;
  const up = (steps: number) => {
    if (isNone || (orNone && value >= scale.max)) return orNone ? Number.POSITIVE_INFINITY : scale.max;
    return valueBeside(value, steps, scale);
  };
  const down = (steps: number) => (isNone ? scale.max : valueBeside(value, -steps, scale));
  switch (key) {
    case 'ArrowUp':
    case 'ArrowRight':
      return up(1);
    case 'ArrowDown':
    case 'ArrowLeft':
      return down(1);
    case 'PageUp':
      return up(pageSteps);
    case 'PageDown':
      return down(pageSteps);
    case 'Home':
      return scale.min;
    case 'End':
      return orNone ? Number.POSITIVE_INFINITY : scale.max;
    default:
      return undefined;
  }
}

function plainNumber(text: string): number | undefined {
  const amount = Number(text.trim().replaceAll(/[\s\u202f\u00a0]/g, ''));
  return text.trim() === '' || Number.isNaN(amount) ? undefined : amount;
}
