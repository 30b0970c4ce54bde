import { formatCount, formatShare } from '../../../ui/format.ts';
import { ScrollArea } from '../../../views/ScrollArea.tsx';
import styles from './CurveReadout.module.css';
import type { CurveLine } from './CurvesLab.ts';

interface CurveTableProps {
  lines: readonly CurveLine[];
  titles: ReadonlyMap<string, string>;
  sizes: readonly number[];
}

/** All points as numbers: a row a size, a column a policy. */
export function CurveTable({ lines, titles, sizes }: CurveTableProps) {
  return (
    <ScrollArea label="Hit ratios by size and policy" className={styles.scroll}>
      <table className={styles.readout}>
        <thead>
          <tr>
            <th scope="col">Entries</th>
            {lines.map(({ policy }) => (
              <th key={policy} scope="col">
                {titles.get(policy) ?? policy}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sizes.map((size) => (
            <tr key={size}>
              <th scope="row">{formatCount(size)}</th>
              {lines.map(({ policy, points }) => {
                const point = points.find(({ sizeEntries }) => sizeEntries === size);
                return <td key={policy}>{point === undefined ? '–' : formatShare(point.hitRatio)}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}
