import { Link, useParams } from 'wouter';
import styles from '../drill/editor/DrillEditor.module.css';
import { DrillEditorView } from '../drill/editor/DrillEditorView.tsx';
import { useHashQuery } from '../drill/editor/useHashQuery.ts';
import { PageHead } from './frame/PageHead.tsx';
import { useTitle } from './frame/useTitle.ts';

/** Where drills are written: `#/drills/edit`, `#/drills/edit/<id of one of ours>`, `#/drills/edit?d=<packed text>`. */
export function DrillEditor() {
  useTitle('Write a drill');
  const { drill = '' } = useParams<{ drill?: string }>();
  const link = useHashQuery('d');
  return (
    <div className={styles.page}>
      <PageHead
        compact
        title="Write a drill"
        lead={
          <>
            A script on one side, the drill on the other. Your draft is kept in this browser. Ours are among the{' '}
            <Link href="/drills">drills</Link>.
          </>
        }
      />
      <DrillEditorView drill={drill} link={link} />
    </div>
  );
}
