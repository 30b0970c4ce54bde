import { useState } from 'react';
import { type DrillResult, markdownOf, resultOf } from '../../../src/drills.ts';
import { Button } from '../../ui/Button.tsx';
import styles from '../Drill.module.css';
import { messageOf } from '../messageOf.ts';
import { useRoom } from '../room.ts';
import type { Sheet } from '../session/Sheet.ts';
import { saveText } from '../saveText.ts';

/** The result as files: for machines, for people, and for learning records. */
export function ExportButtons({ sheet }: { sheet: Sheet }) {
  const { drill } = useRoom();
  const [problem, setProblem] = useState('');
  const save = (form: 'json' | 'markdown' | 'xapi') => {
    setProblem('');
    if (sheet.log === undefined) return;
    try {
      const result = resultOf(drill, sheet.log, { site: location.href.split('#')[0].replace(/\/$/, '') });
      saveText(...fileOf(form, result));
    } catch (error) {
      setProblem(`The result could not be written: ${messageOf(error)}`);
    }
  };
  return (
    <section className={styles.after}>
      <h3>Take the result along</h3>
      <p className={styles.acts}>
        <Button onClick={() => save('json')}>JSON</Button>
        <Button onClick={() => save('markdown')}>Markdown</Button>
        <Button onClick={() => save('xapi')}>xAPI statements</Button>
      </p>
      <p className={styles.quiet}>
        The JSON holds the whole log: <code>hotpath drill verify</code> runs it again and compares every figure.
      </p>
      {problem !== '' && (
        <p role="alert" className={styles.notice}>
          {problem}
        </p>
      )}
    </section>
  );
}

function fileOf(form: 'json' | 'markdown' | 'xapi', result: DrillResult): [text: string, name: string, type: string] {
  const name = `${result.drill.id}-${result.startedAt.slice(0, 10)}`;
  if (form === 'markdown') return [markdownOf(result), `${name}.md`, 'text/markdown'];
  if (form === 'xapi')
    return [`${JSON.stringify(result.statements, null, 2)}\n`, `${name}.xapi.json`, 'application/json'];
  return [`${JSON.stringify(result, null, 2)}\n`, `${name}.result.json`, 'application/json'];
}
