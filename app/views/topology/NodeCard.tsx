import type { NodeMeta } from '../../../src/index.ts';
import { MeaningMark } from '../../ui/MeaningMark.tsx';
import { extraKinds } from './asideKinds.ts';
import { type Box, leastTitled } from './layout.ts';
import type { CardFacts } from './model.ts';
import type { ServerCard } from './serverCard.ts';
import styles from './TopologyView.module.css';

interface NodeCardProps {
  box: Box;
  /** How it is divided, for a server that keeps entries in its own memory. */
  parts: ServerCard | undefined;
  node: NodeMeta;
  facts: CardFacts | null;
  compact: boolean;
  vertical: boolean;
}

/** The words of one node; what is inside it is drawn over it. */
export function NodeCard({ box, parts, node, facts, compact, vertical }: NodeCardProps) {
  const place = { left: box.x, top: box.y, width: box.width, height: box.height };
  if (node.kind === 'balancer') {
    return (
      <div className={styles.balancer} style={place} data-vertical={vertical} title="Load balancer">
        <span>{vertical ? 'Load balancer' : 'Balancer'}</span>
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
  const short = compact && node.kind === 'app';
  // It stands in the `title` then.
  const untitled = box.height < leastTitled;
  const extra = extraKinds.has(node.kind);
  return (
    <div
      className={styles.card}
      style={place}
      data-down={facts?.down ?? false}
      data-kind={node.kind}
      data-extra={extra}
      title={untitled ? node.title : undefined}
    >
      <p className={styles.head} hidden={untitled}>
        <strong>{node.title}</strong>
        <span>{facts?.down ? '' : facts?.headline}</span>
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
        !(short && box.height < 64) && (
          <p className={styles.foot} title={extra ? facts?.detail : undefined}>
            {box.width < 120 && !extra ? facts?.detail.replace(' workers', '') : facts?.detail}
          </p>
        )
      )}
    </div>
  );
}
