/**
 * A static server for a built folder, on the loopback address and below a sub-path, because that is how the app is most
 * likely to be hosted: an absolute URL anywhere in the build shows up as a 404. Files carry
 * `Access-Control-Allow-Origin: *`, which module scripts need inside a sandboxed iframe.
 */
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.yaml': 'application/yaml; charset=utf-8',
};

/**
 * @param {string} folder the folder to serve.
 * @param {{ base?: string, port?: number }} [options] base begins and ends with a slash; port 0 takes a free one.
 * @returns {Promise<{ url: string, close: () => Promise<void> }>} url ends with the base.
 */
export async function serve(folder, { base = '/some/where/', port = 0 } = {}) {
  const root = resolve(folder);
  const server = createServer((request, response) => {
    const file =
      request.method === 'GET' || request.method === 'HEAD' ? fileFor(request.url ?? '', root, base) : undefined;
    if (!file) {
      response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('Not found\n');
      return;
    }
    response.writeHead(200, {
      'Content-Type': types[extname(file.path).toLowerCase()] ?? 'application/octet-stream',
      'Content-Length': file.bytes,
      'Access-Control-Allow-Origin': '*',
      'Cache-Control': 'no-cache',
      'X-Content-Type-Options': 'nosniff',
    });
    if (request.method === 'HEAD') response.end();
    else
      createReadStream(file.path)
        .on('error', () => response.destroy())
        .pipe(response);
  });
  await new Promise((done, failed) => server.once('error', failed).listen(port, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${server.address().port}${base}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function fileFor(url, root, base) {
  try {
    const pathname = decodeURIComponent(new URL(url, 'http://127.0.0.1').pathname);
    if (!pathname.startsWith(base) || pathname.includes('\0')) return undefined;
    const path = resolve(join(root, pathname.slice(base.length)));
    if (path !== root && !path.startsWith(root + sep)) return undefined;
    const found = statSync(path).isDirectory() && pathname.endsWith('/') ? join(path, 'index.html') : path;
    const stats = statSync(found);
    return stats.isFile() ? { path: found, bytes: stats.size } : undefined;
  } catch {
    return undefined;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log((await serve(process.argv[2] ?? 'dist', { port: Number(process.argv[3] ?? 0) })).url);
}
