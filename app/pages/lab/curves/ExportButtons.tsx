import { type RefObject, useState } from 'react';
import { Button } from '../../../ui/Button.tsx';
import styles from './Curves.module.css';
import type { CurveLine } from './CurvesLab.ts';
import { curvesCsv, pngOf, saveFile, standaloneSvg } from './exportCurves.ts';

interface ExportButtonsProps {
  svg: RefObject<SVGSVGElement | null>;
  lines: readonly CurveLine[];
}

/** Takes the chart away as a picture or as numbers. */
export function ExportButtons({ svg, lines }: ExportButtonsProps) {
  const [problem, setProblem] = useState('');
  const save = async (kind: 'csv' | 'svg' | 'png') => {
    setProblem('');
    try {
      if (kind === 'csv') saveFile(new Blob([curvesCsv(lines)], { type: 'text/csv' }), 'hit-ratio-curves.csv');
      else if (svg.current !== null) {
        const picture =
          kind === 'png' ? await pngOf(svg.current) : new Blob([standaloneSvg(svg.current)], { type: 'image/svg+xml' });
        saveFile(picture, `hit-ratio-curves.${kind}`);
      }
    } catch {
      setProblem('The browser would not paint it. The SVG or the numbers work everywhere.');
    }
  };
  return (
    <div className={styles.exports}>
      <span>Take along:</span>
      {(['png', 'svg', 'csv'] as const).map((kind) => (
        <Button key={kind} kind="text" onClick={() => void save(kind)}>
          {kind.toUpperCase()}
        </Button>
      ))}
      {problem !== '' && <span role="alert">{problem}</span>}
    </div>
  );
}
