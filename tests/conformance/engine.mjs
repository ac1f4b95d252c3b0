// The engine under test: in a process of its own for the harbour, and inside the running host.
import { spawn } from 'node:child_process';

/** Answers many requests through Apc.Conformance; answers come in the order of the requests. */
export async function askTool(tool, requests) {
  const child = spawn('dotnet', [tool.program, ...(tool.arguments ?? [tool.schema, tool.data])], { stdio: ['pipe', 'pipe', 'inherit'] });
  const chunks = [];
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  child.stdin.on('error', () => {}); // A tool that ended early is reported below.
  child.stdin.end(requests.map((request) => JSON.stringify(request) + '\n').join(''));
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  const lines = Buffer.concat(chunks).toString('utf8').split('\n').slice(0, -1);

  if (code !== 0 || lines.length !== requests.length) {
    throw new Error(`Apc.Conformance ended with ${code} after ${lines.length} of ${requests.length} answers; the next request was ${JSON.stringify(requests[lines.length])}`);
  }

  return lines.map((line) => JSON.parse(line));
}

/** Answers many requests through the host, eight at a time. */
export async function askHost(url, requests) {
  const answers = new Array(requests.length);
  let next = 0;

  const ask = async () => {
    while (next < requests.length) {
      const index = next++;
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify(requests[index]),
      });
      answers[index] = await response.json();
    }
  };

  await Promise.all(Array.from({ length: 8 }, ask));
  return answers;
}
