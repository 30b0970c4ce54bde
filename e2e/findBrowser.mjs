/**
 * Finds a browser for the end-to-end tests, or gets one. The order is fixed: the HOTPATH_BROWSER variable, the answer of last
 * time, Playwright's own browser, the system's, Playwright's download, a build from the npm registry, the Debian package.
 * A candidate counts only if it really launches headless and loads a blank page: a version check is fooled by stubs that
 * print a version and cannot start. Nothing here ever skips: no browser is an error.
 */
import { execFileSync, spawn } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, platform, release } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';

const root = fileURLToPath(new URL('..', import.meta.url));
const cacheFile = join(root, 'node_modules/.cache/hotpath/browser.json');
const launchLimitMs = 15_000;
const installLimitMs = 180_000;
const registryBrowser = '@sparticuz/chromium@153.0.0';

const steps = `No browser could be launched. Any one of these helps:
  1. HOTPATH_BROWSER=/path/to/chromium npm run e2e
  2. npx playwright install --only-shell chromium        (with --with-deps as root, or with sudo, for its libraries)
  3. Put chromium, google-chrome or microsoft-edge on PATH. Debian: apt-get install -y --no-install-recommends chromium
     (Ubuntu's chromium package is only a stub for snap: take google-chrome or step 2)
  4. Linux x64 without root: the npm package ${registryBrowser}, fetched here when the registry can be reached`;

/** What a launch needs: a path or a Playwright channel, or neither for Playwright's own; env is added to the process's. */
/** @typedef {{ source: string, executablePath?: string, channel?: string, env?: Record<string, string> }} Browser */

/** @returns {string[]} the flags for every launch: no sandbox where the kernel refuses one, and no background traffic. */
export function launchArgs() {
  const flags = [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  return isRoot() || inContainer() ? ['--no-sandbox', ...flags] : flags;
}

/**
 * @returns {Promise<Browser>} a browser that has just been seen to load a page.
 * @throws when HOTPATH_BROWSER is set and does not launch, and when nothing launches at all.
 */
export async function findBrowser() {
  const wanted = process.env.HOTPATH_BROWSER;
  if (wanted) {
    const browser = { source: 'HOTPATH_BROWSER', executablePath: wanted };
    const problem = await whyNot(browser);
    if (problem) throw new Error(`HOTPATH_BROWSER is set to ${wanted}, which does not launch: ${problem}`);
    return browser;
  }
  const tried = [];
  for await (const browser of candidates(tried)) {
    const problem = await whyNot(browser);
    if (!problem) {
      mkdirSync(dirname(cacheFile), { recursive: true });
      writeFileSync(cacheFile, `${JSON.stringify(browser)}\n`);
      return browser;
    }
    tried.push(`${browser.source}: ${problem}`);
  }
  throw new Error(`${steps}\nTried:\n${tried.map((line) => `  - ${line}`).join('\n')}`);
}

/** Candidates in order; the costly ones are made only when the loop comes back for them. */
async function* candidates(tried) {
  const cached = readCache();
  if (cached) yield cached;
  yield* playwrightBrowsers();
  yield* systemBrowsers();
  if (await installByPlaywright(tried)) yield* playwrightBrowsers();
  if (platform() === 'linux' && process.arch === 'x64') yield* await browsersFromRegistry(tried);
  if (await installDebianPackage(tried)) yield* systemBrowsers();
}

function readCache() {
  try {
    return JSON.parse(readFileSync(cacheFile, 'utf8'));
  } catch {
    return undefined;
  }
}

function playwrightBrowsers() {
  return [{ source: "Playwright's headless shell" }, { source: "Playwright's Chromium", channel: 'chromium' }];
}

function systemBrowsers() {
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];
  const onPath = names.flatMap((name) => {
    const executablePath = which(name);
    return executablePath ? [{ source: `${name} on PATH`, executablePath }] : [];
  });
  if (platform() === 'linux') return onPath;
  const channels = ['chrome', 'msedge'].map((channel) => ({ source: `the ${channel} channel`, channel }));
  return [...onPath, ...channels];
}

/** @returns {Promise<string>} why this browser cannot be used; empty when it has just loaded a blank page. */
async function whyNot(browser) {
  let timer;
  let launched;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no blank page within ${launchLimitMs} ms`)), launchLimitMs);
  });
  const load = async () => {
    launched = await chromium.launch({
      headless: true,
      timeout: launchLimitMs,
      args: launchArgs(),
      executablePath: browser.executablePath,
      channel: browser.channel,
      env: { ...process.env, ...browser.env },
    });
    const page = await launched.newPage();
    await page.goto('about:blank');
  };
  try {
    await Promise.race([load(), late]);
    return '';
  } catch (error) {
    return String(error.message ?? error).split('\n')[0];
  } finally {
    clearTimeout(timer);
    // A browser that hung would hang in closing too; Playwright kills it when this process ends.
    await Promise.race([launched?.close(), new Promise((resolve) => setTimeout(resolve, 3_000).unref())]);
  }
}

async function installByPlaywright(tried) {
  const cli = join(root, 'node_modules/@playwright/test/cli.js');
  const env = { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '15000' };
  const deadline = Date.now() + installLimitMs;
  // The system libraries may be the part that cannot be had, or may not be needed: the browser alone is tried after them.
  for (const flags of mayInstallLibraries() ? [['--with-deps'], []] : [[]]) {
    const args = [cli, 'install', ...flags, '--only-shell', 'chromium'];
    const problem = await run(process.execPath, args, deadline - Date.now(), env);
    if (!problem) return true;
    tried.push(`playwright install ${flags.join(' ')}: ${problem}`);
  }
  return false;
}

function mayInstallLibraries() {
  const { id, version } = distribution();
  const supported = ['debian11', 'debian12', 'debian13', 'ubuntu22.04', 'ubuntu24.04'].includes(id + version);
  return supported && (isRoot() || succeeds('sudo', ['-n', 'true']));
}

/** The npm package holds packed binaries; they are unpacked once, beside it, outside the project. */
async function browsersFromRegistry(tried) {
  const cacheHome = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const folder = join(cacheHome, 'hotpath', registryBrowser.replaceAll('/', '-'));
  const unpacked = join(folder, 'unpacked');
  const source = registryBrowser;
  if (!existsSync(unpacked)) {
    mkdirSync(folder, { recursive: true });
    const npmArgs = ['i', '--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts', registryBrowser];
    const problem = (await run(npmCommand(), npmArgs, installLimitMs)) || (await unpack(folder, unpacked));
    if (problem) {
      tried.push(`${source}: ${problem}`);
      return [];
    }
  }
  const executablePath = join(unpacked, 'chromium');
  const fonts = existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(unpacked, 'fonts') };
  const libraries = [join(unpacked, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter);
  // The system's own libraries fit better where they exist, so the packaged ones come second.
  return [
    { source, executablePath, env: fonts },
    { source: `${source} with its libraries`, executablePath, env: { ...fonts, LD_LIBRARY_PATH: libraries } },
  ];
}

async function unpack(folder, target) {
  const packageFolder = join(folder, 'node_modules/@sparticuz/chromium');
  const entry = pathToFileURL(join(packageFolder, 'build/index.js')).href;
  const archives = ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'];
  const paths = archives.map((name) => join(packageFolder, 'bin', name));
  const partial = `${target}-${process.pid}`;
  mkdirSync(partial, { recursive: true });
  // The package unpacks into the temporary folder; a process of its own can be given another one.
  const script = `import(${JSON.stringify(entry)}).then(({ inflate }) => Promise.all(${JSON.stringify(paths)}.map(inflate)))`;
  const problem = await run(process.execPath, ['-e', script], installLimitMs, { TMPDIR: partial });
  if (problem) rmSync(partial, { recursive: true, force: true });
  else renameSync(partial, target);
  return problem;
}

async function installDebianPackage(tried) {
  if (!isRoot() || distribution().id !== 'debian') return false;
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const problem =
    (await run('apt-get', ['update'], installLimitMs, env)) ||
    (await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], 2 * installLimitMs, env));
  if (problem) tried.push(`apt-get: ${problem}`);
  return !problem;
}

/** Runs a program with its output on standard error. @returns {Promise<string>} what went wrong; empty when nothing did. */
function run(command, args, limitMs, env = {}) {
  console.error(`findBrowser: ${command} ${args.join(' ').slice(0, 160)}`);
  return new Promise((resolve) => {
    const detached = platform() !== 'win32';
    const child = spawn(command, args, {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, ...env },
      detached,
      shell: command.endsWith('.cmd'),
    });
    let problem = '';
    const timer = setTimeout(
      () => {
        problem = `given up after ${Math.round(limitMs / 1000)} s`;
        // Installers start children of their own: the whole group has to go.
        if (detached && child.pid) process.kill(-child.pid, 'SIGKILL');
        else child.kill();
      },
      Math.max(1_000, limitMs),
    );
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve(error.message);
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve(problem || (code === 0 ? '' : `exit code ${code}`));
    });
  });
}

function npmCommand() {
  return platform() === 'win32' ? 'npm.cmd' : 'npm';
}

function which(name) {
  const endings = platform() === 'win32' ? ['.exe', '.cmd'] : [''];
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const ending of endings) {
      const path = join(folder, name + ending);
      if (folder && isExecutable(path)) return path;
    }
  }
  return undefined;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function succeeds(command, args) {
  try {
    execFileSync(command, args, { stdio: 'ignore', timeout: 5_000 });
    return true;
  } catch {
    return false;
  }
}

function isRoot() {
  return process.getuid?.() === 0;
}

function inContainer() {
  if (process.env.container || existsSync('/.dockerenv') || existsSync('/run/.containerenv')) return true;
  try {
    return /docker|kubepods|containerd|lxc/.test(readFileSync('/proc/1/cgroup', 'utf8') + release());
  } catch {
    return false;
  }
}

/** @returns {{ id: string, version: string }} such as debian and 12; empty where there is no os-release. */
function distribution() {
  try {
    const text = readFileSync('/etc/os-release', 'utf8');
    const field = (name) => new RegExp(`^${name}="?([^"\\n]*)`, 'm').exec(text)?.[1] ?? '';
    return { id: field('ID'), version: field('VERSION_ID') };
  } catch {
    return { id: '', version: '' };
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    console.log(JSON.stringify(await findBrowser()));
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
