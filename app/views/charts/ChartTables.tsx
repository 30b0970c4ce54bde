import { useState } from 'react';
import type { RunView } from '../../stage/RunView.ts';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { formatClock } from '../../ui/format.ts';
import { ScrollArea } from '../ScrollArea.tsx';
import styles from './ChartsView.module.css';
import { type ChartDefinition, chartDefinitions, type ChartId } from './definitions.ts';
import { formatValue } from './differenceText.ts';
import { chartSeries } from './model.ts';

interface ChartTablesProps {
  charts: readonly ChartId[];
  runs: readonly RunView[];
  knownUs: number;
}

/** The plotted values of every chart as tables, made only while they are open. */
export function ChartTables({ charts, runs, knownUs }: ChartTablesProps) {
  const [open, setOpen] = useState(false);
  return (
    <Disclosure summary="Values as tables" onToggle={setOpen}>
      {open && charts.map((id) => <Table key={id} id={id} runs={runs} knownUs={knownUs} />)}
    </Disclosure>
  );
}

function Table({ id, runs, knownUs }: { id: ChartId; runs: readonly RunView[]; knownUs: number }) {
  const definition = chartDefinitions.get(id) as ChartDefinition;
  const { series } = chartSeries(definition, runs, knownUs);
  const lanes = runs.length > 1;
  const points = series[0]?.points ?? [];
  return (
    <ScrollArea className={styles.scroll} label={`${definition.title}, values`}>
      <table className={styles.table}>
        <caption>{definition.title}</caption>
        <thead>
          <tr>
            <th scope="col">From</th>
            {series.map(({ id: line, lane, title }) => (
              <th key={`${line}${lane}`} scope="col">
                {lanes ? `${title}, ${lane === 0 ? 'A' : 'B'}` : title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.map((point, row) => (
            <tr key={point.fromUs}>
              <th scope="row">{formatClock(point.fromUs, runs[0].scenario.clock)}</th>
              {series.map(({ id: line, lane, points: values }) => (
                <td key={`${line}${lane}`}>{formatValue(definition.unit, values[row]?.v ?? Number.NaN)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}
