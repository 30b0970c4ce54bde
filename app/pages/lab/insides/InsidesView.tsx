import type { InsideGauge, InsideList, Insides, PolicyStep } from '../../../../src/lab.ts';
import { formatNumber } from '../../../ui/format.ts';
import { Buckets } from './Buckets.tsx';
import { CellList } from './CellList.tsx';
import { Counters } from './Counters.tsx';
import { Division } from './Division.tsx';
import { type Drawing, glideKeys } from './drawing.ts';
import { Duel } from './Duel.tsx';
import styles from './Insides.module.css';
import { Ring } from './Ring.tsx';

interface InsidesViewProps {
  policy: string;
  insides: Insides;
  /** In entries. */
  capacity: number;
  names: readonly string[];
  /** The access that led here; null at the beginning. */
  step: PolicyStep | null;
  /** Chooses an entry of the cache; absent where there is nothing to choose. */
  onPick?: (id: number) => void;
}

/** Gauges that only say what the page says anyway, or what a sentence says better. */
const untold = ['clock', 'luck', 'position', 'now'];

/** A policy's bookkeeping, drawn from its data alone; a few lists have a shape of their own. */
export function InsidesView(props: InsidesViewProps) {
  const { policy, insides, capacity } = props;
  const drawing: Drawing = { ...props, glideKey: glideKeys(insides) };
  const p = insides.gauges.find(({ id }) => id === 'p');
  const lists = insides.lists.filter(
    (list) => list.cells.length > 0 || list.kind === 'resident' || list.kind === 'ghost',
  );
  return (
    <div className={styles.insides}>
      {policy === 'arc' && p && (
        <Division
          gauge={p}
          capacity={capacity}
          left={{ title: 'T1', size: sizeOf(insides, 't1') }}
          right={{ title: 'T2', size: sizeOf(insides, 't2') }}
        />
      )}
      {lists.map((list) => (
        <OneList key={list.id} drawing={drawing} list={list} />
      ))}
      {insides.grids.map((grid) => (
        <Counters key={grid.id} grid={grid} />
      ))}
      <Gauges gauges={insides.gauges.filter((gauge) => gauge !== p && !untold.includes(gauge.id))} />
    </div>
  );
}

/** Which shape a list has. Most are rows. */
function OneList({ drawing, list }: { drawing: Drawing; list: InsideList }) {
  const alone = drawing.insides.lists.filter(({ kind }) => kind === 'resident').length === 1;
  const slots = list.kind !== 'resident' ? 0 : alone ? drawing.capacity : (list.limit ?? 0);
  if (list.id === 'duel') return <Duel drawing={drawing} list={list} />;
  if (drawing.policy === 'clock') return <Ring drawing={drawing} list={list} slots={slots} />;
  if (list.id === 'ranks')
    return <Buckets drawing={drawing} list={list} slots={slots} mark="rank" title={(rank) => `rank ${rank}`} />;
  if (drawing.policy === 'lfu')
    return <Buckets drawing={drawing} list={list} slots={slots} mark="count" title={(count) => `used ${count}×`} />;
  return <CellList drawing={drawing} list={list} slots={slots} stacked={list.id === 'stack'} />;
}

function Gauges({ gauges }: { gauges: readonly InsideGauge[] }) {
  if (gauges.length === 0) return null;
  return (
    <dl className={styles.gauges}>
      {gauges.map(({ id, title, value, most }) => (
        <div key={id}>
          <dt>{title}</dt>
          <dd>{most === null ? formatNumber(value) : `${formatNumber(value)} of ${formatNumber(most)}`}</dd>
        </div>
      ))}
    </dl>
  );
}

function sizeOf(insides: Insides, id: string): number {
  return insides.lists.find((list) => list.id === id)?.cells.length ?? 0;
}
