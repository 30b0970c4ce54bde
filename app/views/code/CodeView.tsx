import { useMemo, useRef } from 'react';
import { OP } from '../../../src/index.ts';
import type { RunView } from '../../stage/RunView.ts';
import { Disclosure } from '../../ui/Disclosure.tsx';
import type { PlayheadSource } from '../PlayheadSource.ts';
import { requestTrace } from '../requestTrace.ts';
import { ScrollArea } from '../ScrollArea.tsx';
import { anySettingAt } from '../settingsAt.ts';
import { useOnScreen } from '../useOnScreen.ts';
import { usePlayheadStep } from '../usePlayheadStep.ts';
import styles from './CodeView.module.css';
import { type CodePosition, codePosition } from './model.ts';
import type { CodeLine, SourcePart } from './sourceParts.ts';
import { programParts } from './programParts.ts';
import { sourcesOf } from './sources.ts';

interface CodeViewProps {
  run: RunView;
  playhead: PlayheadSource;
  /** The request picked; without one, the code of a read is shown and no line is marked. */
  request: number | null;
  /** What the region is called, where a page has several. */
  label?: string;
}

/** The source that serves the request, as it runs, with the line on which the request stands. */
export function CodeView({ run, playhead, request, label = 'The code that runs' }: CodeViewProps) {
  const section = useRef<HTMLElement>(null);
  const visible = useOnScreen(section);
  const atUs = usePlayheadStep(playhead, 1, visible);
  const trace = request === null || !visible ? null : requestTrace(run.spans, request);
  const kind = trace?.root.op === OP['request.write'] ? 'write' : 'read';
  const sinceUs = trace?.root.start ?? atUs;
  const parts = usePartsAt(run, sinceUs, kind);
  const position = trace === null ? null : codePosition(parts, trace, atUs);
  return (
    <section ref={section} className={styles.code} aria-label={label}>
      {parts.map((part, index) => (
        <Part key={part.name} part={part} index={index} position={position} />
      ))}
      <p className={styles.status}>
        {position?.status ?? (request === null ? 'Pick a request to follow it line by line.' : ' ')}
      </p>
    </section>
  );
}

/** The program as it was composed when the request was sent; the same list until a knob changes it. */
function usePartsAt(run: RunView, sinceUs: number, kind: 'read' | 'write'): SourcePart[] {
  const wanted = programParts((path) => anySettingAt(run, path, sinceUs), kind);
  const names = wanted.map(({ file, name }) => `${file} ${name}`).join('\n');
  return useMemo(() => sourcesOf(names), [names]);
}

function Part({ part, index, position }: { part: SourcePart; index: number; position: CodePosition | null }) {
  const state = ({ number }: CodeLine): string | undefined => {
    if (position?.part === index && position.line === number) return position.failed ? 'failed' : 'active';
    return position?.outer?.part === index && position.outer.line === number ? 'waiting' : undefined;
  };
  return (
    <div className={styles.part}>
      <ScrollArea className={styles.scroll} label={`${part.file}, ${part.name}`}>
        <pre className={styles.lines}>
          <code>
            {part.lines.map((line) => (
              <Line key={line.number} line={line} state={state(line)} />
            ))}
          </code>
        </pre>
      </ScrollArea>
      <Disclosure summary={`${part.file}, from the top`}>
        <ScrollArea className={styles.scroll} label={`${part.file}, what stands above ${part.name}`}>
          <pre className={styles.lines}>
            <code>
              {part.before.map((line) => (
                <Line key={line.number} line={line} />
              ))}
            </code>
          </pre>
        </ScrollArea>
      </Disclosure>
    </div>
  );
}

function Line({ line, state }: { line: CodeLine; state?: string }) {
  return (
    <span className={styles.line} data-state={state} aria-current={state === undefined ? undefined : 'step'}>
      {line.tokens.map((token, index) => (
        <span key={index} style={{ '--light': token.light, '--dark': token.dark }}>
          {token.text}
        </span>
      ))}
      {'\n'}
    </span>
  );
}
