import { lineStyle } from './lineStyles.ts';

/** A piece of a policy's line, as it is in the chart. */
export function CurveSwatch({ policy }: { policy: string }) {
  const { colour, dashes, width } = lineStyle(policy);
  return (
    <svg width={26} height={10} aria-hidden="true" focusable="false">
      <line x1={1} x2={25} y1={5} y2={5} stroke={`var(${colour})`} strokeWidth={width} strokeDasharray={dashes} />
    </svg>
  );
}
