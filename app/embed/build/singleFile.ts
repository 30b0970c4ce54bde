import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const scriptTag = /<script type="module" src="[^"]+"><\/script>/;

/**
 * Puts the one script and the one style sheet of a build into its page, with a content policy that names both by their
 * hash and allows nothing else: no request, no eval, workers from blobs only.
 * @param page the page that loads the entry while developing. @param name of the file that comes out.
 */
export function singleFile(page: string, name: string): Plugin {
  return {
    name: 'hotpath:single-file',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const files = Object.values(bundle);
      const chunks = files.filter((file) => file.type === 'chunk');
      const sheets = files.filter((file) => file.type === 'asset' && file.fileName.endsWith('.css'));
      if (chunks.length !== 1)
        this.error(`expected one script, found ${chunks.map((file) => file.fileName).join(', ')}`);
      const others = files.filter((file) => file.type === 'asset' && !file.fileName.endsWith('.css'));
      if (others.length > 0)
        this.error(`expected no other files, found ${others.map((file) => file.fileName).join(', ')}`);
      const script = chunks[0].code.replaceAll('</script', '<\\/script').replaceAll('<!--', '\\x3C!--');
      const style = sheets.map((file) => (file.type === 'asset' ? textOf(file.source) : '')).join('\n');
      for (const file of files) delete bundle[file.fileName];
      this.emitFile({ type: 'asset', fileName: name, source: assemble(readFileSync(page, 'utf8'), script, style) });
    },
  };
}

function assemble(template: string, script: string, style: string): string {
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src ${[...template.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, css]) => `'${hashOf(css)}' `).join('')}'${hashOf(style)}'`,
    'img-src data: blob:',
    'worker-src blob:',
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  if (!scriptTag.test(template)) throw new Error('The page of the embed has no module script to put the build in.');
  // Functions, because the code holds dollar signs that a plain replacement would read.
  return template
    .replace(
      '<meta charset="utf-8" />',
      (meta) => `${meta}\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`,
    )
    .replace('</head>', () => `  <style>${style}</style>\n  </head>`)
    .replace(scriptTag, () => `<script>${script}</script>`);
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`;
}

function textOf(source: string | Uint8Array): string {
  return typeof source === 'string' ? source : new TextDecoder().decode(source);
}
