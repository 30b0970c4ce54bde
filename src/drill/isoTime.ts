const stamp = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,3}))?Z$/;

/** A span of seconds as ISO 8601: `PT19M40S`, `PT1H0.5S`; to the millisecond. */
export function isoDuration(seconds: number): string {
  const ms = Math.max(0, Math.round(seconds * 1000));
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor(ms / 60_000) % 60;
  const rest = (ms % 60_000) / 1000;
  const parts = [hours > 0 ? `${hours}H` : '', minutes > 0 ? `${minutes}M` : '', rest > 0 ? `${rest}S` : ''];
  return `PT${parts.join('') || '0S'}`;
}

/** Whether a text is a moment that {@link isoAfter} can count from: UTC with a Z. */
export function isIsoTime(text: string): boolean {
  return stamp.test(text);
}

/**
 * A moment so many seconds later, both as ISO 8601 in UTC. A text that is none comes back as it is.
 * @source Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", 2013, for days and dates.
 */
export function isoAfter(start: string, seconds: number): string {
  const found = stamp.exec(start);
  if (found === null) return start;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(Number);
  const fraction = Number((found[7] ?? '').padEnd(3, '0'));
  const dayMs = 86_400_000;
  const ms =
    daysOf(year, month, day) * dayMs +
    ((hour * 60 + minute) * 60 + second) * 1000 +
    fraction +
    Math.round(seconds * 1000);
  const rest = ((ms % dayMs) + dayMs) % dayMs;
  const pad = (value: number, width = 2): string => String(value).padStart(width, '0');
  const time = [rest / 3_600_000, (rest / 60_000) % 60, (rest / 1000) % 60].map((value) => pad(Math.floor(value)));
  return `${dateOf(Math.floor(ms / dayMs))}T${time.join(':')}.${pad(rest % 1000, 3)}Z`;
}

/** Days since 1970-01-01 of a date. */
function daysOf(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function dateOf(days: number): string {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const leaps = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leaps) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const part = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * part + 2) / 5) + 1;
  const month = part < 10 ? part + 3 : part - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
}
