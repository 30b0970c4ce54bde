import { calmMotion } from './calmMotion.ts';
import type { Embedded } from './Embedded.ts';
import { EmbedLook } from './EmbedLook.ts';
import { HostLink } from './host/HostLink.ts';
import { Refusal } from './host/Refusal.ts';
import { SizeReporter } from './host/SizeReporter.ts';
import { watchKeys } from './host/slideKeys.ts';
import { ownSubmit } from './ownSubmit.ts';
import { type BadParameter, readParameters } from './readParameters.ts';
import { UnitDesk } from './UnitDesk.ts';

/** What the frame's first component is given. */
export interface EmbedStart {
  embedded: Embedded;
  onNotice: (listener: (notice: BadParameter) => void) => () => void;
}

/** Reads the address, puts the look in force, and starts to talk to the page around. */
export function startEmbed(root: HTMLElement): EmbedStart {
  const parameters = readParameters(location.search, location.hash);
  const { values } = parameters;
  if (parameters.unknown.length > 0)
    console.info(`hotpath: these parameters mean nothing here: ${parameters.unknown.join(', ')}`);
  if (values.motion === 'reduce') calmMotion(window);
  const look = new EmbedLook(document, values.theme, values.scale);
  look.start();
  ownSubmit(window);

  const desk = new UnitDesk(look);
  const listeners = new Set<(notice: BadParameter) => void>();
  const link = new HostLink(window, {
    origin: values.origin,
    api: values.api,
    obey: async (command) => {
      try {
        return await desk.obey(command);
      } catch (error) {
        if (error instanceof Refusal && error.code === 'low-contrast')
          link.send('warning', { code: error.code, message: error.message });
        throw error;
      }
    },
  });
  const warn = (name: string, message: string) => {
    link.send('warning', { code: 'parameter', name, message });
    for (const listener of listeners) listener({ name, message });
  };
  const embedded: Embedded = {
    parameters,
    outlet: { send: (type, data) => link.send(type, data), sendPrivate: (type, data) => link.sendPrivate(type, data) },
    take: desk.take,
    ready: (data) => link.ready({ ...data, warnings: parameters.bad }),
    warn,
  };
  link.onSlide = desk.onSlide;
  link.onConnect.push(() => {
    for (const { name, message } of parameters.bad) link.send('warning', { code: 'parameter', name, message });
  });
  link.start();
  if (values.keys)
    watchKeys(document, {
      key: (key) => link.send('key', { key }),
      focusout: (dir) => link.send('focusout', { dir }),
    });
  if (values.size === 'auto' || values.resize === 'lti') watchSize(root, link, values.resize === 'lti');
  const onNotice = (listener: (notice: BadParameter) => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  return { embedded, onNotice };
}

/** Tells the height of what is shown, as long as that does not become a loop. */
function watchSize(root: HTMLElement, link: HostLink, lti: boolean): void {
  const reporter = new SizeReporter();
  const tell = (height: number) => {
    link.send('size', { height });
    if (lti) link.post({ subject: 'lti.frameResize', height });
  };
  let last = 0;
  new ResizeObserver(() => {
    const height = Math.ceil(root.getBoundingClientRect().height);
    const verdict = reporter.judge(height, performance.now());
    if (verdict === 'send') tell((last = height));
    else if (verdict === 'loop') {
      const message = 'The frame grew twenty times in two seconds, so its height is no longer told.';
      link.send('warning', { code: 'size-loop', message });
    }
  }).observe(root);
  // Whoever connects later has to hear the height too.
  link.onConnect.push(() => last > 0 && tell(last));
}
