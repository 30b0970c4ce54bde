import { useMemo, useRef, useState } from 'react';
import type { RunView } from '../../stage/RunView.ts';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { formatCount, formatDurationUs } from '../../ui/format.ts';
import { MeaningMark } from '../../ui/MeaningMark.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { Empty } from '../Empty.tsx';
import type { PlayheadSource } from '../PlayheadSource.ts';
import { rememberLast } from '../rememberLast.ts';
import { requestTrace } from '../requestTrace.ts';
import { useOnScreen } from '../useOnScreen.ts';
import { usePlayheadStep } from '../usePlayheadStep.ts';
import { interleavedModel, othersOnKey } from './interleaved.ts';
import { mermaidText, noteLabel } from './mermaidText.ts';
import { countedFrom, messageStates, type SequenceModel, sequenceModel } from './model.ts';
import styles from './SequenceView.module.css';
import { useDiagram } from './useDiagram.ts';

interface SequenceViewProps {
  run: RunView;
  playhead: PlayheadSource;
  /** The request picked; null when none is. */
  request: number | null;
  /** What the region is called, where a page has several. */
  label?: string;
  /** Opens with the others on this key beside it, by time. */
  interleaved?: boolean;
}

/** Who says what to whom in one request: a sequence diagram, and the same as a list. */
export function SequenceView({
  run,
  playhead,
  request,
  label = 'Sequence of messages',
  interleaved = false,
}: SequenceViewProps) {
  const section = useRef<HTMLElement>(null);
  const visible = useOnScreen(section);
  // Once drawn it stays when it leaves the screen, so that it need not be drawn again when it comes back.
  const [seen, setSeen] = useState(false);
  if (visible && !seen) setSeen(true);
  const trace = request === null || !seen ? null : requestTrace(run.spans, request);
  // A conversation under way grows with what is known: looked at again with every tenth of a second of it.
  usePlayheadStep(playhead, 100_000, visible && trace?.complete === false);
  const [remember] = useState(() => rememberLast<SequenceModel | null>());
  const growing = trace?.complete === false ? run.spans.revision : -1;
  const [together, setTogether] = useState(interleaved);
  const [rememberOthers] = useState(() => rememberLast<boolean>());
  const keys = [run.spans, request, seen, trace, growing];
  const hasOthers = rememberOthers(keys, () => trace !== null && othersOnKey(run, trace).length > 0);
  const model = remember([...keys, together && hasOthers], () => {
    if (trace === null || request === null) return null;
    return together && hasOthers ? interleavedModel(run, request) : sequenceModel(run, request);
  });
  return (
    <section ref={section} className={styles.sequence} data-waiting={request !== null && !seen} aria-label={label}>
      {request === null && <Empty />}
      {request !== null && seen && model === null && (
        <p className={styles.note}>This request is no longer kept. Pick another.</p>
      )}
      {trace !== null && (hasOthers || together) && (
        <Switch label="With others on this key" checked={together} onChange={setTogether} />
      )}
      {together && trace?.complete === true && !hasOthers && (
        <p className={styles.note}>No other request for this key was under way at the same time.</p>
      )}
      {model !== null && <Conversation model={model} playhead={playhead} />}
    </section>
  );
}

function Conversation({ model, playhead }: { model: SequenceModel; playhead: PlayheadSource }) {
  const holder = useRef<HTMLDivElement>(null);
  const text = useMemo(() => mermaidText(model), [model]);
  const failed = useDiagram(holder, text, model, playhead);
  const [open, setOpen] = useState(false);
  const list = <MessageList model={model} playhead={playhead} />;
  return (
    <>
      <p className={styles.note}>
        Times{failed ? '' : ' at the right in ms'}, {countedFrom(model)}.
      </p>
      <div
        ref={holder}
        className={styles.diagram}
        hidden={failed}
        style={{ minHeight: failed ? 0 : drawnHeight(model) }}
      />
      {failed ? (
        list
      ) : (
        <Disclosure summary="The messages as a list" onToggle={setOpen}>
          {open && list}
        </Disclosure>
      )}
      {model.left > 0 && <p className={styles.note}>and {formatCount(model.left)} more messages</p>}
    </>
  );
}

/** About how high the drawing will be, so that nothing below it jumps when it comes. */
function drawnHeight({ messages, notes, blocks }: SequenceModel): number {
  const lines = notes.reduce((sum, { text }) => sum + noteLabel(text).split('<br/>').length, 0);
  return 36 + messages.length * 30 + notes.length * 14 + lines * 14 + blocks.length * 40;
}

function MessageList({ model, playhead }: { model: SequenceModel; playhead: PlayheadSource }) {
  const atUs = usePlayheadStep(playhead, 1);
  const states = messageStates(model, atUs);
  return (
    <ol className={styles.list}>
      {model.notes
        .filter(({ after }) => after < 0)
        .map(({ text, over, atUs: noteUs }, index) => (
          <li key={`first${index}`} data-state={noteUs <= atUs ? 'past' : 'future'}>
            <span className={styles.time}>{formatDurationUs(noteUs - model.startUs)}</span>
            <span>
              {model.participants[over].title}: {text}
            </span>
          </li>
        ))}
      {model.messages.map((message, index) => (
        <li key={index} data-state={states[index]} aria-current={states[index] === 'current' ? 'step' : undefined}>
          <span className={styles.time}>{formatDurationUs(message.sentUs - model.startUs)}</span>
          <span>
            {message.meaning !== null && <MeaningMark is={message.meaning} size={9} />}{' '}
            {model.participants[message.from].title} → {model.participants[message.to].title}: {message.text}
            {message.background && ' (in the background)'}
            {model.notes
              .filter(({ after }) => after === index)
              .map(({ text, over }) => ` (${model.participants[over].title}: ${text})`)}
          </span>
        </li>
      ))}
    </ol>
  );
}
