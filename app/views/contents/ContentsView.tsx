import { useRef, useState } from 'react';
import type { RunView } from '../../stage/RunView.ts';
import { Button } from '../../ui/Button.tsx';
import { formatCount, formatDurationUs } from '../../ui/format.ts';
import { MeaningMark } from '../../ui/MeaningMark.tsx';
import type { PlayheadSource } from '../PlayheadSource.ts';
import { rememberLast } from '../rememberLast.ts';
import { ScrollArea } from '../ScrollArea.tsx';
import { useOnScreen } from '../useOnScreen.ts';
import { usePlayheadStep } from '../usePlayheadStep.ts';
import { ContentsReader } from './ContentsReader.ts';
import styles from './ContentsView.module.css';
import { cacheNodes, type ContentsLine, type ContentsModel, contentsModel } from './model.ts';

interface ContentsViewProps {
  run: RunView;
  playhead: PlayheadSource;
  /** Ends the life of an entry now; without it there are no buttons. */
  onExpire?: (key: number, nodeId: string) => void;
}

/** What a cache holds at the playhead: the most read entries with the time they have left. */
export function ContentsView({ run, playhead, onExpire }: ContentsViewProps) {
  const section = useRef<HTMLElement>(null);
  const visible = useOnScreen(section);
  const nodes = cacheNodes(run);
  const [chosen, setChosen] = useState(-1);
  const [search, setSearch] = useState('');
  const node = nodes.includes(chosen) ? chosen : nodes[nodes.length - 1];
  const atUs = usePlayheadStep(playhead, 1, visible);
  const { spans } = run;
  const [rememberReader] = useState(() => rememberLast<ContentsReader>());
  const reader = rememberReader([spans, node], () => new ContentsReader(spans, node));
  const [remember] = useState(() => rememberLast<ContentsModel>());
  const keys = [reader, atUs, search, run.actions, spans.revision];
  const model = visible ? remember(keys, () => contentsModel(run, reader, atUs, search)) : null;
  return (
    <section ref={section} className={styles.contents} aria-label="Cache contents">
      <div className={styles.bar}>
        {nodes.length > 1 && (
          <label className={styles.field}>
            <span>Cache</span>
            <select value={node} onChange={(event) => setChosen(Number(event.target.value))}>
              {nodes.map((index) => (
                <option key={index} value={index}>
                  {run.meta.nodes[index].title}
                </option>
              ))}
            </select>
          </label>
        )}
        <label className={styles.field}>
          <span>Find a key</span>
          <input
            type="search"
            value={search}
            placeholder={`${run.scenario.keyName}:0`}
            onChange={(event) => setSearch(event.target.value)}
          />
        </label>
      </div>
      {model !== null && (
        <>
          <p className={styles.sentence}>{model.sentence}</p>
          {!model.exact && (
            <p className={styles.note}>Older moments were thinned out: this is what the kept ones show.</p>
          )}
          {model.lines.length > 0 ? (
            <ScrollArea className={styles.scroll} label="Entries">
              <table className={styles.table}>
                <thead>
                  <tr>
                    <th scope="col">Key</th>
                    <th scope="col">Version</th>
                    <th scope="col">Reads</th>
                    <th scope="col">Time left</th>
                    {onExpire !== undefined && (
                      <th scope="col">
                        <span className={styles.hidden}>Action</span>
                      </th>
                    )}
                  </tr>
                </thead>
                <tbody>
                  {model.lines.map((line) => (
                    <Line
                      key={line.slot}
                      line={line}
                      onExpire={onExpire && ((key) => onExpire(key, run.meta.nodes[node].id))}
                    />
                  ))}
                </tbody>
              </table>
            </ScrollArea>
          ) : (
            <p className={styles.note}>
              {search === '' ? 'Let the run go on: the first miss fills it.' : 'No entry has such a key.'}
            </p>
          )}
          {model.more > 0 && <p className={styles.note}>and {formatCount(model.more)} more, read less often</p>}
        </>
      )}
    </section>
  );
}

function versionText({ version, pointer }: ContentsLine): string {
  if (version === 0) return 'no such row';
  return pointer ? `→ v${version}` : `v${version}`;
}

function Line({ line, onExpire }: { line: ContentsLine; onExpire?: (key: number) => void }) {
  const endless = line.leftUs === Number.POSITIVE_INFINITY;
  return (
    <tr>
      <th scope="row">
        {line.title}
        {line.stale && (
          <span className={styles.stale}>
            <MeaningMark is="stale" size={9} /> {line.at >= 0 ? 'old version' : 'stale'}
          </span>
        )}
        {line.overdue && (
          <span className={styles.stale}>
            <MeaningMark is="stale" size={9} /> overdue
          </span>
        )}
      </th>
      <td>{versionText(line)}</td>
      <td>{formatCount(line.reads)}</td>
      <td>
        <span className={styles.left}>
          <span className={styles.track} aria-hidden="true">
            <span
              className={styles.fill}
              data-stale={line.stale || line.overdue}
              style={{ width: `${(line.leftShare * 100).toFixed(1)}%` }}
            />
          </span>
          {endless ? 'no end' : `${line.overdue ? 'gone in ' : ''}${formatDurationUs(line.leftUs)}`}
        </span>
      </td>
      {onExpire !== undefined && (
        <td>
          {line.at < 0 && (
            <Button kind="text" aria-label={`Expire ${line.title} now`} onClick={() => onExpire(line.key)}>
              Expire
            </Button>
          )}
        </td>
      )}
    </tr>
  );
}
