import { writeParameters } from '../../embed/readParameters.ts';
import type { ParameterName } from '../../embed/parameters.ts';

/** Parameters as written; absent ones have their default. */
export type Written = Partial<Record<ParameterName, string>>;

/** Where a snippet is going to stand. */
export const places = [
  { value: 'element', title: 'Web page' },
  { value: 'frame', title: 'Frame only' },
  { value: 'reveal', title: 'reveal.js' },
  { value: 'docs', title: 'Docs site' },
  { value: 'lms', title: 'Course page' },
] as const;
/** One of {@link places}. */
export type Place = (typeof places)[number]['value'];

/** What to know about each place, in one or two sentences. */
export const placeNotes: Readonly<Record<Place, string>> = {
  element:
    'The script is a few kilobytes. It makes the frame when it comes near the screen, and gives you methods and events.',
  frame: 'No script at all. The frame can neither grow nor tell you anything that you do not listen for yourself.',
  reveal:
    'Put this in a slide. The simulation starts and stops with it, and keys that it has no use for turn the slides.',
  docs: 'Docusaurus, MkDocs and VitePress keep raw HTML in Markdown. Put the script in the head once, for all pages.',
  lms: 'Moodle and Canvas take a frame in an HTML block and drop scripts. Canvas makes the frame as high as it says.',
};

/** The snippet for a place. @param base address of the folder with `embed.html`, with a slash at its end. */
export function snippetOf(place: Place, written: Written, packed: string, base: string, title: string): string {
  const script = `<script src="${base}hotpath.js" defer></script>`;
  const element = elementOf(written, packed, title);
  switch (place) {
    case 'element':
      return `${script}\n${element}`;
    case 'frame':
      return frameOf(addressOf(base, written, packed), title, 400);
    case 'reveal':
      return `${script}\n<section>\n  ${element}\n</section>\n${revealKeys}`;
    case 'docs':
      return `<!-- once, in the head: ${script} -->\n${elementOf({ ...written, size: 'auto' }, packed, title)}`;
    default:
      return frameOf(addressOf(base, { ...written, size: 'auto', resize: 'lti' }, packed), title, 520);
  }
}

/** The address of an embed. */
export function addressOf(base: string, written: Written, packed: string): string {
  return `${base}embed.html?${writeParameters(written)}${packed === '' ? '' : `#s=${packed}`}`;
}

function elementOf(written: Written, packed: string, title: string): string {
  const query = new URLSearchParams(writeParameters(written));
  const attributes = [...query, ['title', title], ...(packed === '' ? [] : [['state', packed]])];
  return `<hotpath-embed ${attributes.map(([name, value]) => `${name}="${escape(value)}"`).join(' ')}></hotpath-embed>`;
}

function frameOf(address: string, title: string, height: number): string {
  const sandbox = 'allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox';
  return `<iframe title="${escape(title)}" src="${escape(address)}"\n  width="100%" height="${height}" style="border: 0" loading="lazy"\n  sandbox="${sandbox}" allow="fullscreen; clipboard-write" referrerpolicy="no-referrer"></iframe>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

const revealKeys = `<script>
  document.addEventListener('hotpath:key', ({ detail: { key } }) => {
    if (key === 'ArrowRight' || key === 'PageDown') Reveal.next();
    if (key === 'ArrowLeft' || key === 'PageUp') Reveal.prev();
  });
</script>`;
