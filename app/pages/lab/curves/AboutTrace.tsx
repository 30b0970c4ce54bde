import type { ReactNode } from 'react';
import type { StatisticsOutput } from '../../../../src/lab.ts';
import { countOf, formatCount, formatNumber, formatShare } from '../../../ui/format.ts';
import styles from './Curves.module.css';
import { SmallPlot } from './SmallPlot.tsx';

/** What kind of trace it is: how popular its keys are, how soon they come again, how many are in use at a time. */
export function AboutTrace({ statistics }: { statistics: StatisticsOutput }) {
  const { mostHitRatio, oneHitWonders, zipf, reuse, workingSet, keysOverTime, ranks, requests, hottest } = statistics;
  const fitted = 'refused' in zipf ? null : zipf;
  return (
    <section className={styles.block} aria-labelledby="about-trace">
      <h2 id="about-trace">About this trace</h2>
      <dl className={styles.facts}>
        <Fact name="At most can hit" value={formatShare(mostHitRatio)}>
          every key misses once
        </Fact>
        <Fact name="Asked for once only" value={formatShare(oneHitWonders.shareOfKeys)}>
          of the keys, {formatShare(oneHitWonders.shareOfRequests)} of the requests
        </Fact>
        <Fact name="Zipf exponent" value={fitted === null ? '–' : fitted.exponent.toFixed(2)}>
          {'refused' in zipf
            ? zipf.refused
            : `± ${formatNumber(zipf.standardError)}, over ${countOf(zipf.ranks, 'rank')}${zipf.distance > 0.05 ? '; it does not follow the law well' : ''}`}
        </Fact>
        <Fact name="Median reuse distance" value={reuse.median === null ? '–' : formatCount(reuse.median)}>
          different keys from one request to the next for the same, itself included
        </Fact>
        <Fact name="Working set" value={formatCount(Math.round(workingSet.mean))}>
          different keys in {countOf(workingSet.windowRequests, 'request')}, at most {formatCount(workingSet.most)}
        </Fact>
      </dl>
      <div className={styles.plots}>
        <SmallPlot
          title="Popularity"
          says={`The hottest key, ${hottest[0]?.name ?? '–'}, is asked for ${countOf(hottest[0]?.requests ?? 0, 'time')}.`}
          x={{ title: 'rank', kind: 'log', most: statistics.distinct }}
          y={{ title: 'requests', kind: 'log', most: hottest[0]?.requests ?? 1 }}
          points={ranks.map(({ rank, requests: count }) => [rank, count])}
          law={
            fitted === null
              ? undefined
              : [1, fitted.ranks].map((rank) => [rank, fitted.scale * rank ** -fitted.exponent])
          }
        />
        <SmallPlot
          title="Reuse distance"
          says={`${countOf(reuse.firstRequests, 'request is', 'requests are')} the first for ${reuse.firstRequests === 1 ? 'its' : 'their'} key.`}
          x={{ title: 'different keys since, itself included', kind: 'log', most: reuse.bars.at(-1)?.to ?? 1 }}
          y={{ title: 'requests', kind: 'linear', most: Math.max(1, ...reuse.bars.map((bar) => bar.requests)) }}
          bars={reuse.bars.map(({ from, to, requests: count }) => [from, to + 1, count])}
        />
        <SmallPlot
          title="Working set over time"
          says={`Different keys in the last ${countOf(workingSet.windowRequests, 'request')}.`}
          x={{ title: 'request', kind: 'linear', most: requests }}
          y={{ title: 'keys', kind: 'linear', most: workingSet.most }}
          points={workingSet.at.map((at, index) => [at, workingSet.keys[index]])}
        />
        <SmallPlot
          title="New keys over time"
          says={`At the end ${countOf(keysOverTime.seen.at(-1) ?? 0, 'has', 'have')} been seen.`}
          x={{ title: 'request', kind: 'linear', most: requests }}
          y={{ title: 'keys never seen before', kind: 'linear', most: Math.max(1, ...keysOverTime.newKeys) }}
          points={keysOverTime.ends.map((end, index) => [end, keysOverTime.newKeys[index]])}
        />
      </div>
    </section>
  );
}

function Fact({ name, value, children }: { name: string; value: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value}
        <span>{children}</span>
      </dd>
    </div>
  );
}
