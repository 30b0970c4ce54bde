import type { NodeMeta } from '../../../src/index.ts';
import { formatCount } from '../../ui/format.ts';
import { MeaningMark } from '../../ui/MeaningMark.tsx';
import { extraKinds } from './asideKinds.ts';
import { sharedCells } from './cacheCells.ts';
import { type Box, leastTitled } from './layout.ts';
import type { CardFacts } from './model.ts';
import { balancerLabel } from './placeTiers.ts';
import type { ServerCard } from './serverCard.ts';
import styles from './TopologyView.module.css';

interface NodeCardProps {
  box: Box;
  /** How it is divided, for a server that keeps entries in its own memory. */
  parts: ServerCard | undefined;
  node: NodeMeta;
  facts: CardFacts | null;
  vertical: boolean;
}

/** About the width of a character of a card's words, and of the margins beside them, CSS pixels. */
const [characterPx, marginsPx] = [6.1, 24];
/** Narrower cards have less beside their words; still narrower ones have no room for a figure beside their title, CSS pixels. */
const [tight, leastWithFigure] = [96, 80];
/** Lower cards have less above their title. */
const leastSpaced = 40;
/** Cards from this height on have room for words below a bar of workers. */
const leastFooted = 57;

/** The words of one node; what is inside it is drawn over it. */
export function NodeCard({ box, parts, node, facts, vertical }: NodeCardProps) {
  const place = { left: box.x, top: box.y, width: box.width, height: box.height };
  if (node.kind === 'balancer') {
    const label = balancerLabel(box, vertical);
    return (
      // Its name stands beside it: requests pass through it.
      <div className={styles.balancer} style={place} data-vertical={vertical} title="Load balancer">
        <span style={{ left: label.x - box.x - 1, top: label.y - box.y - 1, width: label.width }}>
          {vertical ? 'Load balancer' : 'Balancer'}
        </span>
      </div>
    );
  }
  if (node.kind === 'clients') {
    return (
      <div className={styles.clients} style={place}>
        <strong>{node.title}</strong>
        {vertical ? (
          <span>
            {facts?.headline} · {facts?.detail}
          </span>
        ) : (
          <>
            <span>{facts?.headline}</span>
            <span>{facts?.detail}</span>
          </>
        )}
      </div>
    );
  }
  // It stands in the `title` then.
  const untitled = box.height < leastTitled;
  const extra = extraKinds.has(node.kind);
  const each = facts?.capacity === undefined ? 1 : sharedCells(box, facts.capacity).grid.each;
  return (
    <div
      className={styles.card}
      style={place}
      data-down={facts?.down ?? false}
      data-kind={node.kind}
      data-extra={extra}
      data-low={box.height < leastSpaced}
      data-tight={box.width < tight}
      title={untitled ? node.title : undefined}
    >
      <p className={styles.head} hidden={untitled}>
        <strong>{node.title}</strong>
        <span>{facts?.down || box.width < leastWithFigure ? '' : facts?.headline}</span>
      </p>
      {facts?.down ? (
        <p className={styles.down}>
          <MeaningMark is="error" /> down
        </p>
      ) : parts !== undefined ? (
        facts?.memory?.lines(parts, box.width, facts).map(({ top, left, right }) => (
          <p key={top} className={styles.part} style={{ top }} data-ruled={top === parts.memoryTop}>
            <span>{left}</span>
            <span>{right}</span>
          </p>
        ))
      ) : (
        (box.height >= leastFooted || node.kind !== 'app') && (
          <p className={styles.foot} title={facts?.detail}>
            <span>{facts === null ? '' : wordsFor(facts, box.width)}</span>
            {each > 1 && <span>{formatCount(each)} a cell</span>}
          </p>
        )
      )}
    </div>
  );
}

/** The words under the drawing in a card of this width, CSS pixels. */
function wordsFor({ detail, brief, longest = detail.length }: CardFacts, width: number): string {
  return brief !== undefined && longest * characterPx > width - marginsPx ? brief : detail;
}
