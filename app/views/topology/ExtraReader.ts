import { closingUs, OP, OUTCOME } from '../../../src/index.ts';
import type { RunView } from '../../stage/RunView.ts';
import { formatCount, formatDurationUs, formatRate } from '../../ui/format.ts';
import { RowFollower } from '../RowFollower.ts';
import { actsOf, anySettingAt, settingAt } from '../settingsAt.ts';
import { type FeedState, feedFollowing, feedWaiting } from './feedLine.ts';
import { lately, level } from './rates.ts';
import type { BusPicture, ExtraFacts } from './sideFacts.ts';

/** Changes behind the reader that are still drawn. */
const takenShown = 6;
/** A lag beyond this is not searched for commits: it would be the whole run. */
const longestLagUs = 60_000_000;

/** The cards of the band below: replicas, the bus, the feed. */
export class ExtraReader {
  private readonly run: RunView;
  private readonly feed: RowFollower<FeedState>;

  constructor(run: RunView) {
    this.run = run;
    this.feed = new RowFollower(run.spans, feedFollowing(run));
  }

  /** What the card of node `index` says and shows. */
  read(index: number, atUs: number): ExtraFacts {
    const { kind, id } = this.run.meta.nodes[index];
    return kind === 'replica' ? this.replica(id, atUs) : kind === 'bus' ? this.bus(index, atUs) : this.changes(atUs);
  }

  private replica(id: string, atUs: number): ExtraFacts {
    const { run } = this;
    const headline = formatRate(lately(run, `node.arrivals{node=${id}}`, atUs));
    const slots = settingAt(run, 'database.slots', atUs);
    const appliedUs = replicaAppliedUs(run, atUs);
    const lagUs = Math.max(0, atUs - appliedUs);
    if (lagUs > longestLagUs) return { headline, slots, detail: `${formatDurationUs(lagUs)} behind` };
    const behind = commitsBetween(run, appliedUs, atUs);
    const words = behind === 0 ? 'up to date' : `${formatCount(behind)} ${behind === 1 ? 'write' : 'writes'} behind`;
    return { headline, slots, detail: words, picture: { kind: 'replica', behind } };
  }

  private bus(index: number, atUs: number): ExtraFacts {
    const { run } = this;
    const mail = busMail(run, index, atUs);
    const total = mail.reduce((sum, { onTheWay }) => sum + onTheWay, 0);
    const lost = mail.reduce((sum, one) => sum + one.lost, 0);
    const most = mail.reduce((best, one) => (one.onTheWay > best.onTheWay ? one : best), mail[0]);
    const where = total > 1 && 2 * most.onTheWay > total ? `, ${formatCount(most.onTheWay)} to ${most.title}` : '';
    const detail = `${formatCount(total)} on the way${where}${lost > 0 ? `, ${formatCount(lost)} get lost` : ''}`;
    return { headline: formatRate(lately(run, 'bus.published', atUs)), detail, picture: { kind: 'bus', mail } };
  }

  private changes(atUs: number): ExtraFacts {
    const { run } = this;
    const state = this.feed.seek(atUs, run.horizonUs);
    const headline = formatRate(lately(run, 'feed.events', atUs));
    // The rows of a batch are no rows of the trace: then the engine's own count is what there is.
    const batches =
      anySettingAt(run, 'pattern.write', atUs) === 'write-behind' && run.scenario.invalidation.feed === 'cdc';
    if (batches || !this.feed.exact) {
      const waiting = level(run, 'feed.waiting', atUs);
      const picture = { kind: 'feed', taken: 0, working: state.working > 0, waiting } as const;
      return { headline, detail: `${formatCount(waiting)} behind, as last counted`, picture };
    }
    const waiting = feedWaiting(state);
    const oldest = state.changes[state.next - state.first];
    const age = oldest === undefined ? '' : `, ${formatDurationUs(Math.max(0, atUs - oldest.atUs))}`;
    const working = state.working > 0;
    const taken = Math.min(takenShown, state.next - (working ? 1 : 0));
    const picture = { kind: 'feed', taken: Math.max(0, taken), working, waiting } as const;
    const none = working ? 'the last one in hand' : 'up to date';
    return { headline, detail: waiting === 0 ? none : `${formatCount(waiting)} behind${age}`, picture };
  }
}

/** The messages of the bus under way at a moment, server by server. */
export function busMail(run: Pick<RunView, 'meta' | 'spans'>, bus: number, atUs: number): BusPicture['mail'] {
  const onTheWay = new Map<number, number>();
  const lost = new Map<number, number>();
  run.spans.forEachActive(atUs, (table, index) => {
    if (table.op[index] !== OP['bus.deliver'] || table.from[index] !== bus || closingUs(table, index) <= atUs) return;
    const node = table.node[index];
    onTheWay.set(node, (onTheWay.get(node) ?? 0) + 1);
    if (table.outcome[index] === OUTCOME.lost) lost.set(node, (lost.get(node) ?? 0) + 1);
  });
  return run.meta.nodes.flatMap(({ kind, title }, index) =>
    kind === 'app' ? [{ title, onTheWay: onTheWay.get(index) ?? 0, lost: lost.get(index) ?? 0 }] : [],
  );
}

/** Up to when a replica has everything: the lag ago, but never less than before; where the lag grew, it stands still. */
export function replicaAppliedUs(run: Pick<RunView, 'scenario' | 'actions'>, atUs: number): number {
  let applied = atUs - settingAt(run, 'database.replicaLag', atUs);
  for (const act of actsOf(run)) {
    if (act.do === 'set' && act.path === 'database.replicaLag' && act.at <= atUs)
      applied = Math.max(applied, act.at - settingAt(run, 'database.replicaLag', act.at - 1));
  }
  return applied;
}

/** Rows that the primary has committed in (afterUs, untilUs]. */
export function commitsBetween(run: Pick<RunView, 'spans'>, afterUs: number, untilUs: number): number {
  let commits = 0;
  run.spans.forEachOverlapping(afterUs, untilUs, (table, index) => {
    if (table.leave[index] <= afterUs || table.leave[index] > untilUs) return;
    if (table.op[index] === OP['database.write'] && table.version[index] > 0) commits++;
    if (table.op[index] === OP['database.batch'] && table.outcome[index] < OUTCOME.timeout)
      commits += table.detail[index];
  });
  return commits;
}
