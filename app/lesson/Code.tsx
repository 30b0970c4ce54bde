import { lazy, type ReactNode, Suspense } from 'react';
import type { Stage } from '../stage/Stage.ts';
import { useStageState } from '../stage/useStage.ts';
import { useRun } from './lessonState.ts';
import type { RequestKind } from './pickRequest.ts';
import styles from './Views.module.css';
import { useRequest } from './useRequest.ts';

const CodeView = lazy(() => import('../views/code/CodeView.tsx').then((module) => ({ default: module.CodeView })));

interface CodeProps {
  of?: string;
  /** Which request is followed: one that was pressed in the figure, else by kind or number; the latest unless given. */
  request?: RequestKind | 'latest' | number;
  caption?: ReactNode;
}

/** The code that serves a figure's requests, with the line on which the followed one stands. */
export function Code({ of, request = 'latest', caption }: CodeProps) {
  const stage = useRun(of)?.stage;
  return (
    <figure className={styles.view}>
      {stage === undefined ? (
        <p className={styles.waiting}>The code is shown once the figure above runs.</p>
      ) : (
        <Lines stage={stage} kind={request} of={of} />
      )}
      {caption !== undefined && <figcaption className={styles.caption}>{caption}</figcaption>}
    </figure>
  );
}

interface LinesProps {
  stage: Stage;
  kind: RequestKind | 'latest' | number;
  of: string | undefined;
}

function Lines({ stage, kind, of }: LinesProps) {
  const followed = useRequest(stage, kind);
  const picked = useStageState(stage, ({ selection }) => (selection?.lane === 0 ? selection.request : null));
  const run = useStageState(stage, (state) => state.runs[0]);
  if (run === null || run === undefined) return null;
  return (
    <div className={styles.inside}>
      <Suspense>
        <CodeView
          run={run}
          playhead={stage.playhead}
          request={picked ?? followed}
          label={`The code that runs${of === undefined ? '' : `, figure ${of}`}`}
        />
      </Suspense>
    </div>
  );
}
