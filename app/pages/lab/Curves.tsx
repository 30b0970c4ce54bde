import { useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { useStore } from 'zustand';
import { allPolicies } from '../../../src/lab.ts';
import { Button } from '../../ui/Button.tsx';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { formatShare } from '../../ui/format.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { useTitle } from '../frame/useTitle.ts';
import { AboutTrace } from './curves/AboutTrace.tsx';
import { type CurvesAddress, sampleRates, writeAddress } from './curves/address.ts';
import { CurveChart } from './curves/CurveChart.tsx';
import { CurveReadout } from './curves/CurveReadout.tsx';
import styles from './curves/Curves.module.css';
import { type CurveLine, CurvesLab, type CurvesState } from './curves/CurvesLab.ts';
import { CurveTable } from './curves/CurveTable.tsx';
import { ExportButtons } from './curves/ExportButtons.tsx';
import { PolicyChoice } from './curves/PolicyChoice.tsx';
import { TraceLine } from './curves/TraceLine.tsx';
import { TraceSource } from './curves/TraceSource.tsx';
import { useCurvesAddress } from './curves/useCurvesAddress.ts';
import { WhatSize } from './curves/WhatSize.tsx';
import { WhyDiffer } from './curves/WhyDiffer.tsx';

const titles: ReadonlyMap<string, string> = new Map(allPolicies.map(({ id, title }) => [id, title]));

/** Hit-ratio curves of every policy over a trace, made here or one's own, and what follows from them. */
export function Curves() {
  useTitle('Hit-ratio curves');
  const { opened, onQuery } = useCurvesAddress();
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <p className={styles.crumb}>
          <Link href="/lab">The eviction laboratory</Link>
        </p>
        <h1>Hit-ratio curves</h1>
        <p className={styles.lead}>
          Every request of a trace through every policy at every size. How large must a cache be, and which policy makes
          a small one do?
        </p>
      </header>
      {opened.problems.length > 0 && (
        <ul data-plain="" className={styles.problem} role="alert">
          <li>Not all of this link could be used.</li>
          {opened.problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      <CurvesOf key={opened.query} address={opened.address} onQuery={onQuery} />
    </div>
  );
}

function CurvesOf({ address, onQuery }: { address: CurvesAddress; onQuery: (query: string) => void }) {
  const [lab] = useState(() => new CurvesLab(address));
  useEffect(() => {
    lab.start();
    return () => lab.close();
  }, [lab]);
  const state = useStore(lab.store);
  const query = writeAddress(state);
  useEffect(() => onQuery(query), [onQuery, query]);
  const { generated, policies, summary, lines, statistics, statisticsProblem, explanation } = state;
  const svg = useRef<SVGSVGElement>(null);
  const drawn = allPolicies.flatMap(({ id }) => (policies.includes(id) && lines[id] !== undefined ? [lines[id]] : []));
  const sizes = sizesOf(drawn);
  const at = cursor(state.at, sizes);
  const hasCurves = summary !== null && sizes.length > 0;
  return (
    <>
      <div className={styles.traces}>
        <TraceSource lab={lab} generated={generated} />
        <TraceLine lab={lab} state={state} />
      </div>
      <PolicyChoice chosen={policies} onChange={(next) => lab.setPolicies(next)} />
      <ChartSettings lab={lab} state={state} />
      {summary === null && state.reading === null && (
        <p className={styles.empty}>Open a trace, and its curves grow here.</p>
      )}
      {summary !== null && policies.length === 0 && <p className={styles.empty}>Choose a policy above.</p>}
      {hasCurves && (
        <>
          <div className={styles.main} aria-busy={state.working !== null}>
            <div>
              <CurveChart
                lines={drawn}
                titles={titles}
                distinct={summary.distinct}
                scale={state.scale}
                sizes={sizes}
                at={at}
                onAt={(size) => lab.setAt(size)}
                svg={svg}
              />
              <ExportButtons svg={svg} lines={drawn} />
            </div>
            <CurveReadout lines={drawn} titles={titles} at={at} />
          </div>
          <Disclosure summary="All values as a table">
            <CurveTable lines={drawn} titles={titles} sizes={sizes} />
          </Disclosure>
          <div className={styles.blocks}>
            <WhatSize lines={drawn} titles={titles} at={at} onAt={(size) => lab.setAt(nearest(size, sizes))} />
            <WhyDiffer lab={lab} lines={drawn} titles={titles} at={at} explanation={explanation} />
          </div>
        </>
      )}
      {statisticsProblem !== '' && <p className={styles.problem}>{statisticsProblem}</p>}
      {statistics !== null && <AboutTrace statistics={statistics} />}
    </>
  );
}

function ChartSettings({ lab, state }: { lab: CurvesLab; state: CurvesState }) {
  const { scale, sampleRate, working, firstMs, allMs } = state;
  return (
    <div className={styles.settings}>
      <Segmented
        label="Axis of sizes"
        value={scale}
        options={[
          { value: 'log', label: 'Logarithmic' },
          { value: 'linear', label: 'Linear' },
        ]}
        onChange={(next) => lab.setScale(next)}
      />
      <Select
        label="Requests counted"
        value={sampleRate === null ? 'all' : String(sampleRate)}
        options={[
          { value: 'all', label: 'All, exactly' },
          ...sampleRates.map((rate) => ({
            value: String(rate),
            label: `Four samples of ${formatShare(rate)} of the keys`,
          })),
        ]}
        onChange={(next) => lab.setSampleRate(next === 'all' ? null : Number(next))}
      />
      <output className={styles.busy}>
        {working !== null && (
          <>
            <progress value={working} max={1} aria-label="Curves" />
            <Button kind="text" onClick={() => lab.cancelCurves()}>
              Stop
            </Button>
          </>
        )}
        {working === null && allMs !== null && firstMs !== null && (
          <span className={styles.quiet}>
            First curve after {seconds(firstMs)}, all after {seconds(allMs)}, in this browser.
          </span>
        )}
      </output>
    </div>
  );
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}

/** Every size at which any of the lines has a point. */
function sizesOf(lines: readonly CurveLine[]): number[] {
  return [...new Set(lines.flatMap(({ points }) => points.map(({ sizeEntries }) => sizeEntries)))].sort(
    (a, b) => a - b,
  );
}

function nearest(size: number, sizes: readonly number[]): number {
  return sizes.reduce((best, one) => (Math.abs(one - size) < Math.abs(best - size) ? one : best), sizes[0]);
}

/** Where the cursor stands: as wanted, else in the middle. */
function cursor(at: number | null, sizes: readonly number[]): number {
  if (sizes.length === 0) return 1;
  return at === null ? sizes[Math.floor(sizes.length / 2)] : nearest(at, sizes);
}
