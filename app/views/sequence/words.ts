import { FLAG, OP, OUTCOME, type Row } from '../../../src/index.ts';
import type { RunView } from '../../stage/RunView.ts';
import { formatCount } from '../../ui/format.ts';
import type { MeaningName } from '../../ui/MeaningMark.tsx';
import { anySettingAt } from '../settingsAt.ts';
import { keyTitle } from '../titles.ts';

/** What stands at an arrow: short, and in full for the list. */
export interface Words {
  label: string;
  text: string;
  meaning: MeaningName | null;
}

const words = (label: string, text = label, meaning: MeaningName | null = null): Words => ({ label, text, meaning });
const said = (text: string, meaning: MeaningName | null = null): Words => words(text, text, meaning);

/** What a caller asks, as its protocol would have it. */
export function question(run: RunView, call: Row): Words {
  const plain = plainQuestion(run, call);
  if ((call.flags & FLAG.hedge) === 0) return plain;
  return { ...plain, label: `again: ${plain.label}`, text: `${plain.text}, sent a second time` };
}

function plainQuestion(run: RunView, call: Row): Words {
  const key = keyTitle(run, call.key);
  const ttl = call.detail > 0 ? ` EX ${ttlText(call.detail)}` : '';
  switch (call.op) {
    case OP['local.get']:
      return words('look up', `look up ${key}`);
    case OP['local.set']:
      return words('keep', `keep ${key}, ${versionText(call)}${ttl && `, for ${ttlText(call.detail)} s`}`);
    case OP['local.delete']:
      return words('drop', `drop ${key}`);
    case OP['cache.get']:
      return call.detail > 0 ? words(`GET ${key}@${call.detail}`) : words(`GET ${key}`);
    case OP['cache.get-many']:
      return words(`MGET ${formatCount(call.detail)} keys`, `MGET ${key} … ${formatCount(call.detail)} keys`);
    case OP['cache.set']:
      return words(`SET …${ttl}`, `SET ${key} ${versionText(call)}${ttl}`);
    case OP['cache.update']:
      return words(`SET …${ttl} if newer`, `SET ${key} ${versionText(call)}${ttl}, unless a newer version is there`);
    case OP['cache.delete']:
      return words(`DEL ${key}`);
    case OP['cache.lock']:
      return words('SET lock NX PX', `SET lock:${key} NX PX ${lockTtlText(run, call)}`);
    case OP['cache.unlock']:
      return words('DEL lock', `DEL lock:${key}, if it is still ours`);
    case OP['cache.load']:
      return words(`GET ${key}, or load`, `GET ${key}; the cache itself loads what it does not have`);
    case OP['cache.write']:
      return words(`write ${key}`, `write ${key}; the database hears of it later`, 'write');
    case OP['database.read']:
      return call.detail > 1
        ? words(
            `SELECT … ${formatCount(call.detail)} rows`,
            `SELECT … WHERE id IN (${call.key}, …): ${formatCount(call.detail)} rows`,
          )
        : words(`SELECT … ${call.key}`, `SELECT … WHERE id = ${call.key}`);
    case OP['database.write']:
      return words(`UPDATE … ${call.key}`, `UPDATE … WHERE id = ${call.key}`, 'write');
    case OP['database.batch']:
      return words(
        `UPDATE ${formatCount(call.detail)} rows`,
        `one statement for ${formatCount(call.detail)} rows`,
        'write',
      );
    case OP['bus.publish']:
      return words(`PUBLISH ${key}`, `PUBLISH: ${key} has changed`, 'write');
    case OP['bus.deliver']:
      return words('changed', `${key} has changed: drop it`, 'write');
    case OP['queue.publish']:
      return words('changed', `an event: ${key} has changed`, 'write');
    default:
      return words('work');
  }
}

/** Seconds as Redis' EX would take them, with the fraction where there is one. */
function ttlText(ttlMs: number): string {
  return String(Number((ttlMs / 1000).toPrecision(3)));
}

function lockTtlText(run: RunView, call: Row): string {
  const us = anySettingAt(run, 'protect.lockTtl', call.start);
  return typeof us === 'number' ? String(Math.round(us / 1000)) : '…';
}

/** `v17`, or what the absence of a row is called. */
export function versionText({ version }: Row): string {
  return version === 0 ? 'no such row' : `v${version}`;
}

/** What the callee answers. */
export function answerTo(call: Row): Words {
  const { outcome } = call;
  if (outcome === OUTCOME.rejected) return said(isStore(call) ? 'no room' : 'line full', 'error');
  if (outcome === OUTCOME.refused) return said('connection refused', 'error');
  if (outcome === OUTCOME.error) return said('error', 'error');
  switch (call.op) {
    case OP['local.get']:
    case OP['cache.get']:
      if (outcome === OUTCOME.hit) return said(versionText(call), 'hit');
      return said(call.op === OP['cache.get'] ? 'nil' : 'nothing', 'miss');
    case OP['cache.load']:
      return said(versionText(call), outcome === OUTCOME.hit ? 'hit' : 'miss');
    case OP['cache.get-many']:
      return outcome === OUTCOME.hit ? said('all of them', 'hit') : said('not all of them', 'miss');
    case OP['local.delete']:
    case OP['cache.delete']:
      return said(outcome === OUTCOME.absent ? '0' : '1');
    case OP['cache.lock']:
      return outcome === OUTCOME.ok ? said('OK, locked') : said('nil: held');
    case OP['cache.unlock']:
      return outcome === OUTCOME.absent ? said('0: had lapsed', 'error') : said('1');
    case OP['cache.update']:
    case OP['cache.set']:
      return outcome === OUTCOME.absent ? said('kept the newer') : said('OK');
    case OP['cache.write']:
      return said(`OK, ${versionText(call)}`, 'write');
    case OP['database.read']:
      return said(call.version === 0 ? 'no row' : `row ${versionText(call)}`);
    case OP['database.write']:
      return outcome === OUTCOME.absent
        ? said('0 rows: nothing left')
        : said(`committed ${versionText(call)}`, 'write');
    case OP['database.batch']:
      return said('committed', 'write');
    default:
      return said('OK');
  }
}

const stores: ReadonlySet<number> = new Set([OP['cache.set'], OP['local.set'], OP['cache.update']]);

function isStore(call: Row): boolean {
  return stores.has(call.op) && call.detail !== 0;
}
