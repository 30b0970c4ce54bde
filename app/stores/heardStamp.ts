/** The changes that are in a text: how many of each tab, by its name; whoever wrote last comes last. A version vector. */
export type Heard = Readonly<Record<string, number>>;

/** Tabs that are named in a text. Whoever is left out has been silent for so many others. */
const mostTabs = 32;
const stamp = /^\{"heard":(\{(?:"[a-z0-9]+":\d{1,15},?)*\}),?/;

/** A text (an object in JSON) that says whose changes are in it, as its first field. */
export function withStamp(text: string, heard: Heard): string {
  const named = Object.fromEntries(Object.entries(heard).slice(-mostTabs));
  const rest = text.slice(1);
  return `{"heard":${JSON.stringify(named)}${rest === '}' ? '' : ','}${rest}`;
}

/** A stored text without its stamp, and the stamp; undefined where it has none. Never throws. */
export function readStamp(stored: string | null): { text: string | null; heard?: Heard } {
  const found = stored === null ? null : stamp.exec(stored);
  if (stored === null || found === null) return { text: stored };
  try {
    return { text: `{${stored.slice(found[0].length)}`, heard: JSON.parse(found[1]) };
  } catch {
    return { text: stored };
  }
}
