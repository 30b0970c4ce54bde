/**
 * Other people's pages: a server on an address of its own that hands out `e2e/recipes/` and reveal.js, with the address of
 * the build put where a recipe says https://hotpath.example/.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const folders = { recipes: join(here, 'recipes'), reveal: join(here, '../node_modules/reveal.js/dist') };
const types = { css: 'text/css', html: 'text/html; charset=utf-8', js: 'text/javascript', mjs: 'text/javascript' };
/** Where recipes say that Hotpath is. */
export const placeholder = 'https://hotpath.example/';

/** One recipe with the address of a real build in it. */
export function recipe(name, hotpath) {
  return readFileSync(join(folders.recipes, name), 'utf8').replaceAll(placeholder, hotpath);
}

/**
 * @param {string} hotpath address of the build, with a slash at its end.
 * @returns {Promise<{ url: string, close: () => Promise<void> }>} url ends with a slash.
 */
export async function serveHosts(hotpath, port = 0) {
  const server = createServer((request, response) => {
    try {
      const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
      if (path === '/favicon.ico') {
        response.writeHead(204).end();
        return;
      }
      const [, folder, ...rest] = path.split('/');
      const type = types[path.split('.').at(-1)] ?? 'application/octet-stream';
      const file = readFileSync(join(folders[folder], ...rest));
      response.writeHead(200, { 'Content-Type': type });
      response.end(type.startsWith('text/html') ? file.toString().replaceAll(placeholder, hotpath) : file);
    } catch {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not found\n');
    }
  });
  await new Promise((done, failed) => server.once('error', failed).listen(port, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
