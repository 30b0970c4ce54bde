import { Component, type ReactNode } from 'react';
import type { Drill } from '../../../src/drills.ts';
import { DrillRoom } from '../DrillRoom.tsx';
import { messageOf } from '../messageOf.ts';
import styles from './DrillEditor.module.css';

interface DrillPreviewProps {
  drill: Drill | undefined;
  /** Whether the text as it stands is that drill. */
  isCurrent: boolean;
}

/** The drill as somebody alone would meet it; nothing of it is kept. */
export function DrillPreview({ drill, isCurrent }: DrillPreviewProps) {
  if (drill === undefined)
    return (
      <p className={styles.quiet}>
        {isCurrent ? 'The drill appears here once it has no problems.' : 'The drill is being read.'}
      </p>
    );
  return (
    <>
      <h2 className={styles.previewTitle}>{drill.title}</h2>
      <p className={styles.quiet}>
        {isCurrent
          ? 'As you would meet it alone. Nothing of this is kept.'
          : 'This is the last version without problems.'}
      </p>
      <Guard key={drill.hash}>
        <DrillRoom drill={drill} keeps={false} />
      </Guard>
    </>
  );
}

/** What breaks while a drill is tried must not take the text with it. */
class Guard extends Component<{ children: ReactNode }, { problem: string }> {
  override state = { problem: '' };

  static getDerivedStateFromError(error: unknown): { problem: string } {
    return { problem: messageOf(error) };
  }

  override render(): ReactNode {
    if (this.state.problem === '') return this.props.children;
    return (
      <p role="alert" className={styles.quiet}>
        This drill cannot be shown: {this.state.problem}
      </p>
    );
  }
}
