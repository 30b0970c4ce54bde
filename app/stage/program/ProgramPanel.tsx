import { ChoiceList, type Choice } from '../../ui/ChoiceList.tsx';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { usePlayheadStep } from '../../views/usePlayheadStep.ts';
import { KnobList } from '../KnobList.tsx';
import { settingNow } from '../settingNow.ts';
import type { Stage } from '../Stage.ts';
import { useStageState } from '../useStage.ts';
import {
  broadcastChoices,
  feedChoices,
  onWriteChoices,
  type Protection,
  protectionGroups,
  readChoices,
  writeChoices,
} from './choices.ts';
import { contradictionsNow } from './contradictionsNow.ts';
import styles from './ProgramPanel.module.css';

type Now = (path: string) => number | string | boolean | undefined;

/** How reads and writes use the cache, what protects the database, and how caches learn of a change: each choice in a line. */
export function ProgramPanel({ stage }: { stage: Stage }) {
  const state = useStageState(stage, (all) => all);
  // The step says when to look again; an act at this very moment counts already.
  usePlayheadStep(stage.playhead, 250_000);
  const { atUs } = stage.playhead;
  if (state.scenarios[0] === undefined) return null;
  const now: Now = (path) => settingNow(state, state.editing, path, atUs);
  const on = protectionGroups.flatMap(({ items }) => items.filter((item) => isOn(item, now)));
  const read = String(now('pattern.read'));
  const write = String(now('pattern.write'));
  const contradictions = contradictionsNow(state, state.editing, atUs);
  return (
    <>
      {contradictions.length > 0 && (
        <ul className={styles.contradictions} data-plain="" aria-label="What makes no sense together">
          {contradictions.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      <Part title="Reads" summary={titleOf(readChoices, read)}>
        <One stage={stage} label="How reads use the cache" path="pattern.read" choices={readChoices} now={now} />
        {read === 'refresh-ahead' && <KnobList stage={stage} paths={['pattern.refreshAfter', 'pattern.refreshUses']} />}
      </Part>
      <Part title="Writes" summary={titleOf(writeChoices, write)}>
        <One stage={stage} label="How writes use the cache" path="pattern.write" choices={writeChoices} now={now} />
        {write === 'write-behind' && (
          <KnobList
            stage={stage}
            paths={['writeBehind.every', 'writeBehind.count', 'writeBehind.log', 'writeBehind.logWrite']}
          />
        )}
      </Part>
      <Part title="Protections" summary={on.length === 0 ? 'none' : on.map(({ title }) => title).join(', ')}>
        {protectionGroups.map((group) => (
          <section key={group.title} className={styles.group} aria-label={group.title}>
            <h3 className={styles.heading}>{group.title}</h3>
            {group.items.map((item) => (
              <ProtectionSwitch key={item.path} stage={stage} item={item} checked={isOn(item, now)} />
            ))}
          </section>
        ))}
      </Part>
      <Part title="Invalidation" summary={invalidationSummary(now, write)}>
        <Invalidation stage={stage} now={now} write={write} />
      </Part>
    </>
  );
}

function Invalidation({ stage, now, write }: { stage: Stage; now: Now; write: string }) {
  return (
    <>
      {write === 'cache-aside' ? (
        <section className={styles.group} aria-label="After a write">
          <h3 className={styles.heading}>After a write</h3>
          <One
            stage={stage}
            label="What a writer does with the cached copy"
            path="invalidation.onWrite"
            choices={onWriteChoices}
            now={now}
          />
          {now('invalidation.onWrite') === 'double-delete' && (
            <KnobList stage={stage} paths={['invalidation.secondDelete']} />
          )}
        </section>
      ) : (
        <p className={styles.note}>
          What a writer does with the cached copy is decided by the write pattern; only cache-aside leaves it open.
        </p>
      )}
      <section className={styles.group} aria-label="Other servers’ memories">
        <h3 className={styles.heading}>Other servers’ memories</h3>
        <KnobList stage={stage} paths={['local.enabled']} />
        <One
          stage={stage}
          label="How other servers’ memories hear of a write"
          path="invalidation.broadcast"
          choices={broadcastChoices}
          now={now}
        />
        {now('invalidation.broadcast') !== 'none' && (
          <KnobList stage={stage} paths={['invalidation.busDelay', 'invalidation.busLoss']} />
        )}
      </section>
      <section className={styles.group} aria-label="Feed of changes">
        <h3 className={styles.heading}>Feed of changes</h3>
        <One stage={stage} label="Who tells the cache" path="invalidation.feed" choices={feedChoices} now={now} />
        {now('invalidation.feed') !== 'none' && (
          <KnobList stage={stage} paths={['invalidation.feedDelay', 'invalidation.feedWork']} />
        )}
      </section>
      <section className={styles.group} aria-label="One’s own writes">
        <h3 className={styles.heading}>One’s own writes</h3>
        <KnobList stage={stage} paths={['invalidation.pin']} />
      </section>
    </>
  );
}

function Part({ title, summary, children }: { title: string; summary: string; children: React.ReactNode }) {
  return (
    <Disclosure
      summary={
        <span className={styles.summary}>
          <span>{title}</span>
          <span className={styles.chosen}>{summary}</span>
        </span>
      }
    >
      <div className={styles.content}>{children}</div>
    </Disclosure>
  );
}

interface OneProps {
  stage: Stage;
  label: string;
  path: string;
  choices: readonly Choice<string>[];
  now: Now;
}

function One({ stage, label, path, choices, now }: OneProps) {
  return (
    <ChoiceList
      label={label}
      value={String(now(path))}
      choices={choices}
      onChange={(choice) => stage.setKnob(path, choice)}
    />
  );
}

function ProtectionSwitch({ stage, item, checked }: { stage: Stage; item: Protection; checked: boolean }) {
  return (
    <div className={styles.protection}>
      <Switch
        label={item.title}
        checked={checked}
        onChange={(wanted) => stage.setKnob(item.path, wanted ? item.on : item.off)}
      />
      <p className={styles.does}>{item.does}</p>
      {checked && item.more.length > 0 && <KnobList stage={stage} paths={item.more} />}
    </div>
  );
}

/** Settings that switch a protection off by a number or a name, by their canonical values. */
function isOn({ path }: Protection, now: Now): boolean {
  const value = now(path);
  return (
    value !== undefined && value !== false && value !== 0 && value !== 'off' && value !== 'all' && value !== Infinity
  );
}

function titleOf(choices: readonly Choice<string>[], value: string): string {
  return choices.find((choice) => choice.value === value)?.title ?? value;
}

function invalidationSummary(now: Now, write: string): string {
  const parts = write === 'cache-aside' ? [titleOf(onWriteChoices, String(now('invalidation.onWrite')))] : [];
  for (const [path, choices] of [
    ['invalidation.broadcast', broadcastChoices],
    ['invalidation.feed', feedChoices],
  ] as const) {
    const value = String(now(path));
    if (value !== 'none') parts.push(titleOf(choices, value));
  }
  if (Number(now('invalidation.pin')) > 0) parts.push('own writes');
  return parts.length === 0 ? 'by the pattern' : parts.join(', ');
}
