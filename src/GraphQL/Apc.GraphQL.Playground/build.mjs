// Builds the playground: `node build.mjs <work folder>`. The .NET build calls it if a source is newer than the last result.
// Packages are installed in the work folder, so that nothing is written beside the sources. The result is in its folder `dist`; the file
// `built` is written last.
// The exit code is 3 if the packages cannot be fetched, and 1 if the build itself fails.
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL, fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const sources = ['.npmrc', 'package.json', 'package-lock.json', 'vite.config.js', 'playground.html', 'web', 'build.mjs'];
const packagesCannotBeFetched = 3;

const here = dirname(fileURLToPath(import.meta.url));
const work = resolve(process.argv[2]);
const stage = join(work, 'stage');
const mark = join(work, 'built');

mkdirSync(work, { recursive: true });
const unlock = await lock(join(work, 'lock'));

try {
  // Another process may have built it while this one waited.
  if (!existsSync(mark) || newest(sources.map((name) => join(here, name))) > statSync(mark).mtimeMs) {
    process.exitCode = await build();
  }
} finally {
  unlock();
}

async function build() {
  const started = new Date();
  mkdirSync(stage, { recursive: true });
  sources.filter((name) => name !== 'build.mjs').forEach((name) => {
    rmSync(join(stage, name), { recursive: true, force: true });
    cpSync(join(here, name), join(stage, name), { recursive: true });
  });

  if (!install()) {
    return packagesCannotBeFetched;
  }

  const vite = await import(pathToFileURL(join(stage, 'node_modules/vite/dist/node/index.js')).href);
  await vite.build({ root: stage, configFile: join(stage, 'vite.config.js'), build: { outDir: 'new' } });
  await compress(join(stage, 'new', 'assets'));

  rmSync(join(work, 'dist'), { recursive: true, force: true });
  renameSync(join(stage, 'new'), join(work, 'dist'));
  // The time at which the sources were read, so that a source that changed since then is built next time.
  writeFileSync(mark, '');
  utimesSync(mark, started, started);
  return 0;
}

// Packages are installed again only if the lock file has changed.
function install() {
  const wanted = readFileSync(join(stage, 'package-lock.json'), 'utf8');
  const installed = join(stage, 'node_modules', '.installed');

  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) {
    return true;
  }

  const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: stage,
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });

  if (npm.status !== 0) {
    console.log(npm.error?.message ?? npm.stderr.trim().split('\n').slice(0, 4).join('\n'));
    return false;
  }

  writeFileSync(installed, wanted);
  return true;
}

// Files are stored only compressed; for a client that accepts neither encoding the server decompresses them.
async function compress(folder) {
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

  await Promise.all(readdirSync(folder).map(async (name) => {
    const file = join(folder, name);
    const bytes = readFileSync(file);
    const [small, zipped] = await Promise.all([promisify(brotliCompress)(bytes, quality), promisify(gzip)(bytes, { level: 9 })]);
    writeFileSync(`${file}.br`, small);
    writeFileSync(`${file}.gz`, zipped);
    rmSync(file);
  }));
}

function newest(paths) {
  return Math.max(...paths.flatMap((path) => (statSync(path).isDirectory()
    ? readdirSync(path).map((name) => newest([join(path, name)]))
    : statSync(path).mtimeMs)));
}

// Only one process builds at a time. The lock of a process that was killed is taken over.
async function lock(file) {
  for (;;) {
    try {
      const handle = openSync(file, 'wx');
      writeSync(handle, String(process.pid));
      closeSync(handle);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') {
        throw error;
      }

      if (!isHeld(file)) {
        rmSync(file, { force: true });
      } else {
        await new Promise((next) => setTimeout(next, 200));
      }
    }
  }
}

function isHeld(file) {
  try {
    const owner = Number(readFileSync(file, 'utf8'));

    // The file may exist before the process id has been written into it.
    if (!owner) {
      return Date.now() - statSync(file).mtimeMs < 5000;
    }

    process.kill(owner, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
