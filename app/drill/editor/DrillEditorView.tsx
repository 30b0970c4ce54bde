import { useCallback, useEffect, useState } from 'react';
import { index } from 'virtual:scenario-index';
import { CaseRunner } from './CaseRunner.tsx';
import { type DraftOrigin, keepDraft, readDraft } from './draft.ts';
import styles from './DrillEditor.module.css';
import { decodeDrillLink } from './drillLink.ts';
import { drillText } from './drillFiles.ts';
import { DrillPreview } from './DrillPreview.tsx';
import type { EditorHandle } from './EditorHandle.ts';
import { EditorPanes } from './EditorPanes.tsx';
import { EditorTools } from './EditorTools.tsx';
import { ProblemList } from './ProblemList.tsx';
import { drillTemplate } from './template.ts';
import { TextEditor } from './TextEditor.tsx';
import { useChecked } from './useChecked.ts';

const scenarioIds = index.map(({ id }) => id);

interface DrillEditorViewProps {
  /** Id of the drill of ours to begin with; empty for the draft of this browser. */
  drill: string;
  /** A packed text out of the address; empty for none. */
  link: string;
}

/** Writing a drill: the text, what is wrong with it, and the drill itself. */
export function DrillEditorView({ drill, link }: DrillEditorViewProps) {
  const [start, setStart] = useState<Beginning>();
  useEffect(() => {
    let current = true;
    void beginning({ drill, link }).then((found) => current && setStart(found));
    return () => {
      current = false;
    };
  }, [drill, link]);
  if (start === undefined || start.origin.drill !== drill || start.origin.link !== link)
    return (
      <p className={styles.quiet} aria-busy="true">
        The text is being fetched.
      </p>
    );
  return <Opened key={`${drill} ${link}`} start={start} />;
}

function Opened({ start }: { start: Beginning }) {
  const { origin, notice } = start;
  const [text, setText] = useState(start.text);
  const [earlier, setEarlier] = useState<string>();
  const [handle, setHandle] = useState<EditorHandle>();
  const { drill, problems, isCurrent } = useChecked(text, scenarioIds);
  const change = useCallback(
    (next: string) => {
      setText(next);
      keepDraft(origin, next);
    },
    [origin],
  );
  return (
    <>
      {notice !== '' && (
        <p role="alert" className={styles.notice}>
          {notice}
        </p>
      )}
      <EditorTools text={text} handle={handle} />
      <EditorPanes
        write={
          <>
            <p id="editor-keys" className={styles.hint}>
              Tab indents. To leave the text by keyboard, press Escape, then Tab. Ctrl and Space offers what can stand
              here.
            </p>
            <TextEditor
              initial={text}
              earlier={earlier}
              onPutIn={setEarlier}
              problems={problems}
              scenarioIds={scenarioIds}
              onChange={change}
              onReady={setHandle}
              describedBy="editor-keys"
            />
            <ProblemList
              problems={problems}
              isCurrent={isCurrent}
              onGo={({ line, column }) => handle?.goTo(line, column)}
            />
            <CaseRunner drill={drill} isCurrent={isCurrent && problems.length === 0} />
          </>
        }
        run={<DrillPreview drill={drill} isCurrent={isCurrent && problems.length === 0} />}
      />
    </>
  );
}

/** What the page opens with. */
interface Beginning {
  origin: DraftOrigin;
  text: string;
  notice: string;
}

async function beginning(origin: DraftOrigin): Promise<Beginning> {
  const { drill, link } = origin;
  const own = { drill: '', link: '' };
  const draft = readDraft(own) ?? drillTemplate;
  const changed = readDraft(origin);
  if (drill === '' && link === '') return { origin, text: draft, notice: '' };
  const found = link === '' ? await ours(drill) : await decodeDrillLink(link);
  if ('error' in found) return { origin, text: draft, notice: `${found.error} Your own draft is shown.` };
  if (changed === undefined || changed === found.text) return { origin, text: found.text, notice: '' };
  const where = link === '' ? 'Start from brings ours back.' : 'Undo does not go back further than this.';
  return { origin, text: changed, notice: `You have changed this drill before, and your version is shown. ${where}` };
}

async function ours(drill: string): Promise<{ text: string } | { error: string }> {
  const text = await drillText(drill).catch(() => undefined);
  return text === undefined ? { error: `There is no drill called “${drill}”.` } : { text };
}
