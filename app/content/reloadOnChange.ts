import { normalizePath, type ViteDevServer } from 'vite';

/**
 * While developing: when anything in a folder changes, forgets the modules made from it and loads the page again.
 * @param first done before that.
 */
export function reloadOnChange(
  server: ViteDevServer,
  folder: string,
  isMadeFromIt: (id: string) => boolean,
  first?: () => void,
): void {
  // Every kind of content listens for itself.
  server.watcher.setMaxListeners(50);
  server.watcher.add(folder);
  const inside = `${normalizePath(folder)}/`;
  const reload = (file: string) => {
    if (!normalizePath(file).startsWith(inside)) return;
    first?.();
    for (const [id, module] of server.moduleGraph.idToModuleMap) {
      if (isMadeFromIt(id)) server.moduleGraph.invalidateModule(module);
    }
    server.ws.send({ type: 'full-reload' });
  };
  server.watcher.on('add', reload).on('change', reload).on('unlink', reload);
}
