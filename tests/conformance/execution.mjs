// (c) The same requests over the same data, answered by the engine and by the reference.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse, print, validate } from 'graphql';
import { paragraphs } from './documents.mjs';
import { askTool } from './engine.mjs';
import { Generator } from './generator.mjs';
import { layOut } from './mutations.mjs';
import { Random } from './random.mjs';
import { answer } from './reference.mjs';

const styles = ['Pure', 'Prompt', 'Late'];

/** Every request that is answered by both, with the answers. */
export async function compareExecution(tool, schema, folder, generated, seed) {
  const requests = [...readRequests(folder), ...generateRequests(schema, generated, seed)];
  const expected = [];

  for (const { request } of requests) {
    expected.push(await answer(schema, request));
  }

  const cases = [];

  for (const style of styles) {
    const actual = await askTool(tool, requests.map(({ request }) => ({ ...request, style })));
    requests.forEach(({ name, request }, index) => cases.push({
      name: `${name} (${style})`,
      request,
      expected: comparable(expected[index]),
      actual: comparable(actual[index]),
    }));
  }

  return { requests: requests.length, handWritten: requests.length - generated, cases };
}

/** Requests of a folder: paragraphs, each a document, with its variables and the operation's name in comments above. */
function readRequests(folder) {
  return readdirSync(folder).filter((file) => file.endsWith('.graphql')).sort().flatMap((file) =>
    [...paragraphs(readFileSync(join(folder, file), 'utf8'))].map(({ line, text }) => ({
      name: `${file}:${line}`,
      request: {
        query: text,
        variables: JSON.parse(/^# variables: (.*)$/m.exec(text)?.[1] ?? 'null') ?? undefined,
        operationName: /^# operation: (.*)$/m.exec(text)?.[1],
      },
    })));
}

function generateRequests(schema, count, seed) {
  const random = new Random(seed);
  const generator = new Generator(schema, random);
  const requests = [];

  while (requests.length < count) {
    const document = generator.document();
    const query = layOut(print(document), random);
    const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);

    // What is refused is compared elsewhere.
    if (validate(schema, parse(query)).length === 0) {
      requests.push({
        name: `generated ${requests.length}`,
        request: { query, variables: generator.variablesOf(operation), operationName: operation.name?.value },
      });
    }
  }

  return requests;
}

// Errors in no particular order, since siblings are resolved at the same time; members of data in theirs.
function comparable(answered) {
  if (Array.isArray(answered)) {
    const responses = answered.map(comparable);
    return { data: responses.map(({ data }) => data), errors: responses.map(({ errors }) => errors) };
  }

  const { data, errors = [] } = answered;
  const order = (error) => JSON.stringify([error.path, error.message]);
  return {
    data: data === undefined ? 'absent' : JSON.stringify(data),
    errors: errors
      .map(({ path, message, locations }) => ({ path, message, locations }))
      .sort((one, other) => (order(one) < order(other) ? -1 : 1)),
  };
}
