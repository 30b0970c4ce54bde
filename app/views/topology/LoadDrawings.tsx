import { formatCount, formatDurationUs } from '../../ui/format.ts';
import { marks, type Packing, pack, packedPath, pictureHeight, shortened } from './markPaths.ts';
import styles from './SideFacts.module.css';
import type { BreakerPicture, LockPicture, RefreshPicture, WaitPicture } from './sideFacts.ts';

const nameWidth = 86;

/**
 * A row for each key: its name, a large mark for each who loads it, then the line: full marks wait for the load, hollow ones look
 * again from time to time.
 */
export function WaitDrawing({ picture, width }: { picture: WaitPicture; width: number }) {
  const { groups } = picture;
  const height = groups.length === 0 ? pictureHeight : Math.floor(pictureHeight / groups.length);
  return (
    <svg width={width} height={pictureHeight}>
      {groups.length === 0 && <path className={styles.rail} d={`M0 ${pictureHeight / 2}H${width}`} />}
      {groups.map((group, place) => (
        <g key={group.name} transform={`translate(0 ${place * height})`}>
          <WaitRow group={group} width={width} height={height} />
        </g>
      ))}
    </svg>
  );
}

function WaitRow({ group, width, height }: { group: WaitPicture['groups'][number]; width: number; height: number }) {
  const { name, loads, polls, loaders } = group;
  const head = pack(loaders.length, 44, height, 11, 5);
  const line = nameWidth + (loaders.length === 0 ? 0 : Math.min(loaders.length, head.across) * head.pitch + 10);
  const left = width - line;
  const forPolls =
    polls === 0 ? 0 : loads === 0 ? left : Math.max(52, Math.min(left - 52, (left * polls) / (loads + polls)));
  const waiting = pack(loads, left - forPolls - (polls > 0 && loads > 0 ? 10 : 0), height, 9, 3);
  const looking = pack(polls, forPolls, height, 9, 4);
  const top = ({ shown, across, pitch }: Packing) => (height - Math.ceil(shown / across) * pitch) / 2;
  return (
    <>
      <text className={styles.name} x={0} y={height / 2 + 4}>
        {shortened(name, 12)}
      </text>
      <path className={styles.loader} d={packedPath(marks.diamond, head, 0, head.shown, nameWidth, top(head))} />
      <path className={styles.waits} d={packedPath(marks.diamond, waiting, 0, waiting.shown, line, top(waiting))} />
      <path
        className={styles.polls}
        d={packedPath(marks.diamond, looking, 0, looking.shown, width - forPolls, top(looking))}
      />
    </>
  );
}

/** A line for each lock: key, holder, the time left, and a bar that runs down to its end. */
export function LockDrawing({ picture }: { picture: LockPicture }) {
  const { locks, more } = picture;
  return (
    <div className={styles.locks}>
      {locks.length === 0 && <div className={styles.free} />}
      {locks.map(({ name, holder, down, leftUs, share }, place) => (
        <div key={name} className={styles.lock}>
          <span className={styles.mono}>{name}</span>
          <span data-down={down}>{down ? `${holder} ✕` : holder}</span>
          <span className={styles.left}>
            {formatDurationUs(leftUs)}
            {more > 0 && place === locks.length - 1 ? ` +${formatCount(more)}` : ''}
          </span>
          <span className={styles.track}>
            <span style={{ inlineSize: `${(100 * share).toFixed(1)}%` }} />
          </span>
        </div>
      ))}
    </div>
  );
}

const namedRefreshes = 6;

/** A ring for each refresh under way; few of them with their keys. */
export function RefreshDrawing({ picture, width }: { picture: RefreshPicture; width: number }) {
  const { names } = picture;
  if (names.length > namedRefreshes) {
    const packing = pack(names.length, width, pictureHeight - 4, 12, 4);
    return (
      <svg width={width} height={pictureHeight}>
        <path className={styles.ring} d={packedPath(marks.ring, packing, 0, packing.shown, 1, 2)} />
      </svg>
    );
  }
  const { columns, column, row } = namedGrid(names.length, width);
  return (
    <svg width={width} height={pictureHeight}>
      {names.length === 0 && <path className={styles.rail} d={`M0 ${pictureHeight / 2}H${width}`} />}
      {names.map((name, place) => {
        const x = (place % columns) * column;
        const y = (Math.floor(place / columns) + 0.5) * row;
        return (
          // Each server refreshes for itself, so a name may stand here several times.
          // oxlint-disable-next-line react/no-array-index-key
          <g key={place}>
            <path className={styles.ring} d={marks.ring(x + 6, y, 4.5)} />
            <text className={styles.name} x={x + 17} y={y + 4}>
              {shortened(name, Math.floor((column - 20) / 6.7))}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** Named things stand in as many columns as there is width for, at least two, and in one to three rows. */
function namedGrid(count: number, width: number): { columns: number; column: number; row: number } {
  const columns = Math.max(2, Math.floor(width / 150));
  const rows = Math.max(1, Math.min(3, Math.ceil(count / columns)));
  return { columns, column: width / columns, row: pictureHeight / rows };
}

const namedBreakers = 6;
const arms = ['M5 0H19', 'M5 0L16 -8', 'M5 0L18 -4'];

/** A switch for each breaker: its arm is down while calls pass, up while none does, half up while one may try. */
export function BreakerDrawing({ picture, width }: { picture: BreakerPicture; width: number }) {
  const { breakers } = picture;
  const named = breakers.length <= namedBreakers;
  const grid = namedGrid(breakers.length, width);
  const columns = named ? grid.columns : Math.max(1, Math.floor(width / 30));
  const column = named ? grid.column : 30;
  const row = named ? grid.row : pictureHeight / Math.max(1, Math.min(3, Math.ceil(breakers.length / columns)));
  const shown = breakers.slice(0, columns * 3);
  return (
    <svg width={width} height={pictureHeight}>
      {shown.map(({ server, node, state }, place) => {
        const x = (place % columns) * column;
        const y = (Math.floor(place / columns) + 0.58) * row;
        return (
          <g key={`${server} ${node}`} transform={`translate(${x} ${y})`} data-state={state} className={styles.breaker}>
            <path d={`M0 0H5M19 0H24${arms[state] ?? arms[0]}`} />
            <circle cx={5} cy={0} r={1.8} />
            <circle cx={19} cy={0} r={1.8} />
            {named && (
              <text className={styles.label} x={30} y={2}>
                {shortened(`${server} → ${node}`, Math.floor((column - 34) / 5.6))}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}
