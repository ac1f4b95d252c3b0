// The real host over a private PostgreSQL, for as long as the comparison takes.
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

// The reference has no limits, so none may be met.
const limits = {
  MaxBodyBytes: 100_000_000, MaxTokens: 1_000_000, MaxNesting: 500, MaxDepth: 100, MaxIntrospectionDepth: 100, MaxAliases: 10_000, MaxRootFieldRepeats: 10_000,
  MaxDirectivesPerLocation: 1_000, MaxDirectives: 10_000, MaxCost: 1_000_000_000,
};

/** Starts the host on a free port. `stop` ends it and its database, and removes the data. */
export async function startHost(program) {
  const folder = mkdtempSync(join(tmpdir(), 'apc-conformance-'));
  // PostgreSQL runs as a user of its own, who must get past it.
  chmodSync(folder, 0o755);
  const host = spawn('dotnet', [
    program, 'serve', '--urls=http://127.0.0.1:0', `--Database:Embedded:DataDirectory=${join(folder, 'pg')}`, '--Houston:SyncDataplaneClusters:Enabled=false',
    '--Serilog:MinimumLevel:Default=Warning', '--Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime=Information',
    ...Object.entries(limits).map(([name, value]) => `--GraphQL:Limits:${name}=${value}`),
  ], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => host.on('close', resolve));
  const stop = async () => {
    host.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };

  // Whoever ends the comparison early ends the host with it.
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => stop().finally(() => process.exit(1)));
  }

  try {
    return { url: await address(host), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function address(host) {
  const lines = [];
  return new Promise((resolve, reject) => {
    const patience = setTimeout(() => reject(new Error(`The host did not listen within a minute:\n${lines.join('\n')}`)), 60_000);
    const read = (line) => {
      lines.push(line);
      const listening = /"address":"(http:[^"]+)"/.exec(line);

      if (listening) {
        clearTimeout(patience);
        resolve(new URL('/v1', listening[1]).href);
      }
    };
    createInterface({ input: host.stdout }).on('line', read);
    createInterface({ input: host.stderr }).on('line', read);
    host.on('error', reject);
    host.on('close', (code) => {
      clearTimeout(patience);
      reject(new Error(`The host ended with ${code}:\n${lines.join('\n')}`));
    });
  });
}
