import { lazy, type ReactNode, Suspense } from 'react';
import type { Stage } from '../stage/Stage.ts';
import { useStageState } from '../stage/useStage.ts';
import { Button } from '../ui/Button.tsx';
import { useRun } from './lessonState.ts';
import { isToCome, type RequestKind, requestTitles } from './pickRequest.ts';
import styles from './Views.module.css';
import { replaySlowly } from './replaySlowly.ts';
import { useRequest } from './useRequest.ts';

const SequenceView = lazy(() =>
  import('../views/sequence/SequenceView.tsx').then((module) => ({ default: module.SequenceView })),
);

interface SequenceProps {
  of?: string;
  /** Which request: by kind, or by its number. */
  request?: RequestKind | number;
  /** Opens with the others on its key that overlap it, side by side by time, as a race is best read. */
  interleaved?: boolean;
  caption?: ReactNode;
}

/** Who says what to whom in one request of a figure, live as its run goes on. */
export function Sequence({ of, request = 'first-miss', interleaved = false, caption }: SequenceProps) {
  const stage = useRun(of)?.stage;
  const title = typeof request === 'number' ? `request ${request}` : requestTitles[request];
  return (
    <figure className={`${styles.view} ${styles.diagram}`}>
      {stage === undefined ? (
        <Waiting title={title} />
      ) : (
        <Messages stage={stage} kind={request} title={title} of={of} interleaved={interleaved} />
      )}
      {caption !== undefined && <figcaption className={styles.caption}>{caption}</figcaption>}
    </figure>
  );
}

interface MessagesProps {
  stage: Stage;
  kind: RequestKind | number;
  title: string;
  of: string | undefined;
  interleaved: boolean;
}

function Messages({ stage, kind, title, of, interleaved }: MessagesProps) {
  const request = useRequest(stage, kind);
  const run = useStageState(stage, (state) => state.runs[0]);
  if (request === null || run === null || run === undefined) return <Waiting title={title} />;
  if (isToCome(run, request)) return <Waiting title={title} />;
  return (
    <div className={styles.inside}>
      <p className={styles.head}>
        <span>Request {request}</span>
        <Button onClick={() => replaySlowly(stage, request)}>Play it slowly</Button>
      </p>
      <Suspense fallback={<Waiting title={title} />}>
        <SequenceView
          run={run}
          playhead={stage.playhead}
          request={request}
          interleaved={interleaved}
          label={`Messages of ${title}${of === undefined ? '' : `, figure ${of}`}`}
        />
      </Suspense>
    </div>
  );
}

function Waiting({ title }: { title: string }) {
  return <p className={styles.waiting}>Waiting for {title} in the figure above.</p>;
}
