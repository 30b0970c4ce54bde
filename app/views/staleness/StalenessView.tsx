import { useRef, useState } from 'react';
import type { RunView } from '../../stage/RunView.ts';
import { formatCount } from '../../ui/format.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import type { PlayheadSource } from '../PlayheadSource.ts';
import { useOnScreen } from '../useOnScreen.ts';
import { usePlayheadStep } from '../usePlayheadStep.ts';
import { useWidth } from '../useWidth.ts';
import { keyWorthALook, type ServerLine, type StalenessModel, stalenessModel } from './model.ts';
import styles from './StalenessView.module.css';

interface StalenessViewProps {
  run: RunView;
  playhead: PlayheadSource;
  /** Key of the picked request; undefined while none is picked. */
  picked?: number;
  onSelect: (request: number, atUs: number) => void;
}

const spans = [
  { value: '5', label: '5\u00a0s' },
  { value: '30', label: '30\u00a0s' },
  { value: '120', label: '2\u00a0min' },
] as const;
const lineHeight = 22;
const head = 26;
const left = 58;

/** What was true of one key, and what each server told its readers, over the time before the playhead. */
export function StalenessView({ run, playhead, picked, onSelect }: StalenessViewProps) {
  const section = useRef<HTMLElement>(null);
  const visible = useOnScreen(section);
  const width = useWidth(section, 360);
  const [span, setSpan] = useState<string>('30');
  const [written, setWritten] = useState('');
  const atUs = usePlayheadStep(playhead, 250_000, visible);
  const fromUs = Math.max(0, atUs - Number(span) * 1e6);
  const typed = /(\d+)\s*$/.exec(written)?.[1];
  const key = typed === undefined ? (picked ?? (visible ? keyWorthALook(run, fromUs, atUs) : -1)) : Number(typed);
  const model = visible && key >= 0 ? stalenessModel(run, key, fromUs, atUs) : null;
  return (
    <section ref={section} className={styles.view} aria-label="Truth and what readers saw">
      <div className={styles.bar}>
        <label className={styles.field}>
          <span>Key</span>
          <input
            type="search"
            value={written}
            placeholder={key < 0 ? `${run.scenario.keyName}:0` : `${run.scenario.keyName}:${key}`}
            onChange={(event) => setWritten(event.target.value)}
          />
        </label>
        <Segmented label="The last" value={span} options={spans} onChange={setSpan} />
      </div>
      {model === null ? (
        <p className={styles.sentence}>Nobody has read anything yet.</p>
      ) : (
        <>
          <p className={styles.sentence}>{model.sentence}</p>
          <Drawing model={model} width={width} onSelect={onSelect} />
          <Table model={model} />
        </>
      )}
    </section>
  );
}

interface DrawingProps {
  model: StalenessModel;
  width: number;
  onSelect: StalenessViewProps['onSelect'];
}

function Drawing({ model, width, onSelect }: DrawingProps) {
  const { fromUs, toUs, truth, lines } = model;
  const x = (us: number) => left + ((us - fromUs) / Math.max(1, toUs - fromUs)) * (width - left - 6);
  const height = head + 8 + lines.length * lineHeight;
  return (
    <svg className={styles.drawing} width={width} height={height} aria-hidden="true">
      <text x={0} y={17} className={styles.label}>
        Truth
      </text>
      {truth.map((span) => (
        <g key={`${span.version}-${span.fromUs}`}>
          <rect
            x={x(span.fromUs)}
            y={5}
            width={Math.max(1, x(span.toUs) - x(span.fromUs) - 1)}
            height={16}
            rx={3}
            className={styles.truth}
          />
          {x(span.toUs) - x(span.fromUs) > 24 && (
            <text x={x(span.fromUs) + 5} y={17} className={styles.version}>
              v{span.version}
            </text>
          )}
          {span.fromUs > fromUs && (
            <line x1={x(span.fromUs)} x2={x(span.fromUs)} y1={5} y2={height} className={styles.commit} />
          )}
        </g>
      ))}
      {lines.map((line, index) => (
        <Line key={line.node} line={line} y={head + 8 + (index + 0.5) * lineHeight} x={x} onSelect={onSelect} />
      ))}
    </svg>
  );
}

/** At most this many marks a line: more would be a bar, and cost more than they say. */
const mostMarks = 240;

interface LineProps {
  line: ServerLine;
  y: number;
  x: (us: number) => number;
  onSelect: StalenessViewProps['onSelect'];
}

function Line({ line, y, x, onSelect }: LineProps) {
  const step = Math.max(1, Math.ceil(line.seen.length / mostMarks));
  const shown = line.seen.filter((seen, index) => index % step === 0 || (seen.stale && line.stale < mostMarks));
  return (
    <g>
      <text x={0} y={y + 4} className={styles.label}>
        {line.title}
      </text>
      {shown.map((seen) => {
        const at = x(seen.atUs);
        const select = () => onSelect(seen.request, seen.atUs);
        return seen.stale ? (
          <path
            key={seen.request}
            d={`M${at} ${y - 5} ${at + 5} ${y + 4} ${at - 5} ${y + 4}z`}
            className={styles.stale}
            onClick={select}
          />
        ) : (
          <circle key={seen.request} cx={at} cy={y} r={3} className={styles.fresh} onClick={select} />
        );
      })}
    </g>
  );
}

function Table({ model }: { model: StalenessModel }) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">Server</th>
          <th scope="col">Answers</th>
          <th scope="col">Stale</th>
          <th scope="col">Last said</th>
        </tr>
      </thead>
      <tbody>
        {model.lines.map(({ node, title, seen, stale }) => {
          const last = seen[seen.length - 1];
          return (
            <tr key={node}>
              <th scope="row">{title}</th>
              <td>{formatCount(seen.length)}</td>
              <td>{formatCount(stale)}</td>
              <td>{last === undefined ? '–' : `v${last.version}${last.stale ? ', stale' : ''}`}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
