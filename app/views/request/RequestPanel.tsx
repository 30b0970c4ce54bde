import type { RunView, Selection } from '../../stage/RunView.ts';
import { announce } from '../../ui/announce.ts';
import { Button } from '../../ui/Button.tsx';
import { formatCount } from '../../ui/format.ts';
import { Meaning } from '../../ui/Meaning.tsx';
import { MeaningMark } from '../../ui/MeaningMark.tsx';
import { type TabItem, Tabs } from '../../ui/Tabs.tsx';
import { CodeView } from '../code/CodeView.tsx';
import { ContentsView } from '../contents/ContentsView.tsx';
import { Empty } from '../Empty.tsx';
import type { PlayheadSource } from '../PlayheadSource.ts';
import { SequenceView } from '../sequence/SequenceView.tsx';
import { usePlayheadStep } from '../usePlayheadStep.ts';
import { WaterfallView } from '../waterfall/WaterfallView.tsx';
import { type FindKind, findKinds, findRequest, findTitles, searchFromUs } from './findRequest.ts';
import { type RequestModel, requestModel } from './model.ts';
import styles from './RequestPanel.module.css';

interface RequestPanelProps {
  /** The run of the lane in which the request was picked (lane A while none is). */
  run: RunView;
  playhead: PlayheadSource;
  selection: Selection | null;
  onSelect: (selection: Selection) => void;
  onSeek: (us: number) => void;
  /** Ends the life of a cache's entry now; without it there is no such button. */
  onExpire?: (key: number, nodeId: string) => void;
  /** Takes the place of the panel's own search among what is known. */
  onFind?: (kind: FindKind) => void;
  /** The tab that lies open; empty for the first. */
  tab: string;
  onTab: (tab: string) => void;
  /** Further tabs, after its own. */
  more?: readonly TabItem<string>[];
}

/** One request in full: what was said, where its time went, the code that served it, and what the caches hold. */
export function RequestPanel({
  run,
  playhead,
  selection,
  onSelect,
  onSeek,
  onExpire,
  onFind,
  tab,
  onTab,
  more = [],
}: RequestPanelProps) {
  const request = selection?.request ?? null;
  const lane = selection?.lane ?? 0;
  const look = (other: number) => onSelect({ lane, request: other });
  const find = (kind: FindKind) => {
    if (onFind !== undefined) return onFind(kind);
    const found = findRequest(run, kind, searchFromUs(run, request, playhead.atUs));
    if (found === null)
      return announce(`No ${kind === 'slow' ? 'slow read' : kind} after this moment yet`, { show: true });
    onSelect({ lane, request: found.request });
    onSeek(found.atUs);
    return undefined;
  };
  const items: TabItem<string>[] = [
    {
      value: 'request',
      title: request === null ? 'Request' : `Request ${formatCount(request)}`,
      content: <RequestTab run={run} playhead={playhead} request={request} onSelect={look} />,
    },
    {
      value: 'waterfall',
      title: 'Waterfall',
      content: <WaterfallView run={run} playhead={playhead} request={request} onSelect={look} />,
    },
    {
      value: 'cache',
      title: 'Cache',
      content: <ContentsView run={run} playhead={playhead} onExpire={onExpire} />,
    },
    ...more,
  ];
  return (
    <div className={styles.panel}>
      <fieldset className={styles.find} aria-label="Go to the next request of a kind">
        <span aria-hidden="true">Next</span>
        {findKinds.map((kind) => (
          <Button key={kind} aria-label={`Next ${findTitles[kind]} request`} onClick={() => find(kind)}>
            {kind !== 'slow' && <MeaningMark is={kind} size={10} />}
            {findTitles[kind]}
          </Button>
        ))}
      </fieldset>
      <Tabs<string>
        label="Inspector"
        value={items.some(({ value }) => value === tab) ? tab : 'request'}
        onChange={onTab}
        items={items}
      />
    </div>
  );
}

interface RequestTabProps {
  run: RunView;
  playhead: PlayheadSource;
  request: number | null;
  onSelect: (request: number) => void;
}

function RequestTab({ run, playhead, request, onSelect }: RequestTabProps) {
  usePlayheadStep(playhead, 250_000);
  const model = request === null ? null : requestModel(run, request);
  return (
    <div className={styles.request}>
      {request === null && <Empty />}
      {model !== null && <Head model={model} />}
      {request !== null && <SequenceView run={run} playhead={playhead} request={request} />}
      <CodeView run={run} playhead={playhead} request={request} />
      {model !== null && (
        <p className={styles.why}>
          {model.why} {model.aside}
        </p>
      )}
      {model?.links.map(({ title, requests }) => (
        <p key={title} className={styles.why}>
          {title}{' '}
          {requests.map((other) => (
            <Button key={other} kind="text" onClick={() => onSelect(other)}>
              request {formatCount(other)}
            </Button>
          ))}
        </p>
      ))}
    </div>
  );
}

function Head({ model }: { model: RequestModel }) {
  const { chip } = model;
  return (
    <div className={styles.head}>
      {chip.meaning === null ? (
        <span className={styles.chip}>{chip.text}</span>
      ) : (
        <Meaning is={chip.meaning}>{chip.text}</Meaning>
      )}
      <span className={styles.chip}>{model.latency}</span>
      <span className={styles.what}>{model.what}</span>
    </div>
  );
}
