import { type DragEvent, useId, useRef, useState } from 'react';
import {
  type FormatId,
  type GeneratorId,
  traceFormats,
  traceGenerators,
  type TraceReaderOptions,
} from '../../../../src/lab.ts';
import { Button } from '../../../ui/Button.tsx';
import { Disclosure } from '../../../ui/Disclosure.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { Select } from '../../../ui/Select.tsx';
import type { CurvesAddress } from './address.ts';
import type { CurvesLab } from './CurvesLab.ts';
import styles from './TraceSource.module.css';

interface TraceSourceProps {
  lab: CurvesLab;
  generated: CurvesAddress['generated'];
}

const lengths = [50_000, 200_000, 1_000_000, 5_000_000, 10_000_000];
const lengthTitles = ['50 k', '200 k', '1 M', '5 M', '10 M'];

/** Where the requests come from: a law, or a file of one's own by press, drop or paste. */
export function TraceSource({ lab, generated }: TraceSourceProps) {
  const [from, setFrom] = useState<'made' | 'own'>(generated === null ? 'own' : 'made');
  return (
    <section className={styles.source} aria-label="The trace">
      <Segmented
        label="Where the requests come from"
        hideLabel
        value={from}
        options={[
          { value: 'made', label: 'Made here' },
          { value: 'own', label: 'Your own' },
        ]}
        onChange={setFrom}
      />
      {from === 'made' ? <MadeHere lab={lab} generated={generated} /> : <OwnTrace lab={lab} />}
    </section>
  );
}

function MadeHere({ lab, generated }: TraceSourceProps) {
  const { id, requests, seed } = generated ?? { id: 'scan' as GeneratorId, requests: 200_000, seed: 1 };
  const chosen = traceGenerators.find((one) => one.id === id);
  return (
    <>
      <div className={styles.fields}>
        <Select
          label="Law"
          value={id}
          options={traceGenerators.map((one) => ({ value: one.id, label: one.title }))}
          onChange={(next) => lab.openGenerated(next, requests, seed)}
        />
        <Select
          label="Requests"
          value={String(requests)}
          options={[...new Set([...lengths, requests])]
            .toSorted((a, b) => a - b)
            .map((count) => ({ value: String(count), label: lengthTitles[lengths.indexOf(count)] ?? String(count) }))}
          onChange={(next) => lab.openGenerated(id, Number(next), seed)}
        />
        <Button onClick={() => lab.openGenerated(id, requests, seed + 1)}>Draw again</Button>
      </div>
      <p className={styles.says}>{chosen?.summary}</p>
    </>
  );
}

function OwnTrace({ lab }: { lab: CurvesLab }) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [pasted, setPasted] = useState('');
  const [format, setFormat] = useState<FormatId | 'auto'>('auto');
  const [column, setColumn] = useState('');
  const [stops, setStops] = useState(false);
  const columnId = useId();
  const options: TraceReaderOptions = {
    format,
    onBadLine: stops ? 'stop' : 'skip',
    ...(column.trim() === '' ? {} : { column: column.trim() }),
  };
  const take = (file: File | undefined) => {
    if (file !== undefined) lab.openFile(file, options);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- dropping only repeats what the button does */}
      <div
        className={styles.drop}
        data-over={over}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Button onClick={() => input.current?.click()}>Open a file</Button>
        <span>or drop one here. It never leaves this machine.</span>
        <input
          ref={input}
          type="file"
          className={styles.file}
          aria-label="Trace file"
          tabIndex={-1}
          onChange={(event) => {
            take(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
      </div>
      <p className={styles.says}>
        One key a line, CSV, LIRS, ARC, <code>redis-cli MONITOR</code> or a web server’s access log, plain or gzipped,
        up to ten million requests.
      </p>
      <Disclosure summary="Paste some, or say how to read it">
        <div className={styles.fields}>
          <Select
            label="Format"
            value={format}
            options={[
              { value: 'auto', label: 'Tell by the first lines' },
              ...traceFormats.map(({ id, title }) => ({ value: id, label: title })),
            ]}
            onChange={setFormat}
          />
          <label htmlFor={columnId} className={styles.field}>
            Column of a CSV
            <input
              id={columnId}
              value={column}
              placeholder="name or number"
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setColumn(event.target.value)}
            />
          </label>
          <label className={styles.check}>
            <input type="checkbox" checked={stops} onChange={(event) => setStops(event.target.checked)} />
            Stop at the first bad line
          </label>
        </div>
        <textarea
          className={styles.paste}
          aria-label="Pasted trace"
          placeholder="user:17"
          rows={4}
          spellCheck={false}
          value={pasted}
          onChange={(event) => setPasted(event.target.value)}
        />
        <Button disabled={pasted.trim() === ''} onClick={() => lab.openText(pasted, options)}>
          Read what is pasted
        </Button>
      </Disclosure>
    </>
  );
}
