// The whole comparison; conformance.sh has built what it needs.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as graphql from 'graphql';
import { auditServer } from 'graphql-http';
import { generateDefinitions, isAcceptedDefinition, isDeviation, judgeDefinitions, readDefinitions, sides } from './definitions.mjs';
import { generateDocuments, readDocuments, readTexts, scratchDocuments } from './documents.mjs';
import { askHost, askTool } from './engine.mjs';
import { compareExecution } from './execution.mjs';
import { startHost } from './host.mjs';
import { dataSchema, judge } from './reference.mjs';
import { Report } from './report.mjs';
import { defineScalars } from './scalars.mjs';
import { judgeVariables, variableRequests } from './variables.mjs';

const seed = Number(process.env.CONFORMANCE_SEED ?? 20260101);
const factor = Number(process.env.CONFORMANCE_FACTOR ?? 1);
const here = import.meta.dirname;
const [hostProgram, toolProgram, hostSdl] = process.argv.slice(2);
const tool = { program: toolProgram, schema: join(here, 'harbour/schema.graphql'), data: join(here, 'harbour/data.json') };

// No operation can have this name: the document is judged, and nothing is executed.
const judgeOnly = '-';
const report = new Report();
const host = await startHost(hostProgram);

try {
  report.audits(await auditServer({ url: host.url }));
  const harbour = dataSchema(readFileSync(tool.schema, 'utf8'), JSON.parse(readFileSync(tool.data, 'utf8')));
  const published = await readSchema((request) => askHost(host.url, [request]));
  const ask = {
    harbour: { schema: harbour, engine: (requests) => askTool(tool, requests) },
    host: { schema: defineScalars(published), engine: (requests) => askHost(host.url, requests) },
  };

  compareSchemas('the host\'s schema', published, graphql.buildSchema(readFileSync(hostSdl, 'utf8')));
  compareSchemas('the harbour\'s schema', await readSchema((request) => askTool(tool, [request])), harbour);

  const texts = readTexts(join(here, 'texts.json'));
  const written = {
    harbour: [...readDocuments(join(here, 'harbour/documents')), ...texts],
    host: [...readDocuments(join(here, 'host/documents')), ...texts],
  };
  const generated = {
    harbour: generateDocuments(harbour, 1_200 * factor, seed),
    host: generateDocuments(published, 800 * factor, seed + 1),
  };

  for (const [name, { schema, engine }] of Object.entries(ask)) {
    await compareDocuments(`documents by hand, ${name}`, schema, engine, written[name]);
    await compareDocuments(`documents generated, ${name}`, schema, engine, generated[name]);
    await compareDocuments(`documents scratched, ${name}`, schema, engine, scratchDocuments(written[name], 1_000 * factor, seed + 5));
    await compareVariables(`variables, ${name}`, schema, engine, variableRequests(schema, 20 * factor, seed + 2));
  }

  report.total('documents', 99.9);
  const definitions = readDefinitions(join(here, 'definitions'));
  await compareDefinitions('definitions by hand', definitions);
  await compareDefinitions('definitions generated', generateDefinitions(definitions, 2_000 * factor, seed + 4));
  compareAnswers(await compareExecution(tool, harbour, join(here, 'harbour/requests'), 300 * factor, seed + 3));
  await reportNext(harbour, [...written.harbour, ...generated.harbour]);
} finally {
  await host.stop();
}

process.exitCode = report.print() ? 0 : 1;

async function compareDocuments(part, schema, engine, documents) {
  const judged = documents.map(({ text }) => judge(schema, text));
  const answers = await engine(documents.map(({ text }) => ({ query: text, operationName: judgeOnly })));
  report.compare(part, documents.map(({ name, text }, index) => ({
    name,
    text,
    expected: judged[index].errors,
    isBroken: judged[index].isBroken,
    actual: errorsOf(answers[index].errors.filter((error) => error.extensions.code !== 'OPERATION_RESOLUTION_FAILURE')),
  })));

  const misfiled = documents.filter(({ isValid }, index) => isValid !== undefined && isValid !== (judged[index].errors.length === 0));
  misfiled.forEach(({ name }) => console.log(`The reference does not say of ${name} what the heading says.`));
  report.check(`${part}: the reference says what the headings say`, misfiled.length === 0);
}

async function compareDefinitions(part, definitions) {
  const answers = await askTool({ program: tool.program, arguments: ['definitions'] }, definitions.map(({ request }) => request));
  const judged = definitions.map(({ request }) => judgeDefinitions(request));
  const cases = definitions.map(({ name, request, isValid }, index) => ({ name, request, isValid, expected: judged[index], actual: answers[index] }));
  const compared = cases.filter(({ request, expected, actual }) => !isDeviation(request, expected, actual))
    .map(({ name, request, isValid, ...said }) => ({ name, text: JSON.stringify(request), isValid, ...sides(said) }));

  console.log(`${part}: ${cases.length - compared.length} of ${cases.length} left out, where Deviations.md says that both judge differently`);
  report.compare(part, compared, isAcceptedDefinition);
  const misfiled = compared.filter(({ isValid, expected }) => isValid !== undefined && isValid !== isAcceptedDefinition(expected));
  misfiled.forEach(({ name }) => console.log(`The reference does not say of ${name} what the heading says.`));
  report.check(`${part}: the reference says what the headings say`, misfiled.length === 0);
}

async function compareVariables(part, schema, engine, requests) {
  const answers = await engine(requests.map(({ request }) => request));
  report.compare(part, requests.map(({ name, request }, index) => ({
    name, text: JSON.stringify(request), expected: judgeVariables(schema, request), actual: errorsOf(answers[index].errors ?? []),
  })));
}

function compareAnswers({ requests, handWritten, cases }) {
  console.log(`Requests executed: ${requests}, of them ${handWritten} by hand, each with resolvers of three kinds`);
  const parts = {
    'data and error paths': ({ data, errors }) => ({ data, errors: errors.flat().map(({ path }) => ({ path })) }),
    'messages and places': ({ errors }) => ({ errors: errors.flat() }),
  };

  for (const [part, of] of Object.entries(parts)) {
    const compared = cases.map(({ name, request, expected, actual }) => ({ name, text: JSON.stringify(request), expected: of(expected), actual: of(actual) }));
    report.compare(`answers, ${part}`, compared, ({ errors }) => errors.length === 0);
  }
}

/** The schema as introspection describes it, to clients that know nothing else. */
async function readSchema(engine) {
  const [{ data }] = await engine({ query: graphql.getIntrospectionQuery({ specifiedByUrl: true, inputValueDeprecation: true, directiveIsRepeatable: true, schemaDescription: true, oneOf: true }) });
  return graphql.buildClientSchema(data);
}

function compareSchemas(part, actual, expected) {
  const [one, other] = [actual, expected].map((schema) => graphql.printSchema(graphql.lexicographicSortSchema(schema)));
  report.check(`${part} is by introspection what it is in SDL, and valid`, one === other && graphql.validateSchema(actual).length === 0);
}

// Version 17 words things differently on purpose; what counts is that both accept the same documents.
async function reportNext(schema, documents) {
  if (Number(process.versions.node.split('.')[0]) < 22) {
    console.log(`graphql 17 wants Node 22 or newer; this is ${process.version}, so there is no report on it.`);
    return;
  }

  const next = await import('graphql-17');
  const nextSchema = next.buildSchema(graphql.printSchema(schema));
  const pairs = documents.map(({ name, text }) => ({ name, one: judge(schema, text).errors, other: judge(nextSchema, text, next).errors }));
  const equal = pairs.filter(({ one, other }) => JSON.stringify(one) === JSON.stringify(other)).length;
  const disagreeing = pairs.filter(({ one, other }) => (one.length === 0) !== (other.length === 0));
  console.log(`Report only: graphql ${next.version} and ${graphql.version} agree on accept or reject for ${pairs.length - disagreeing.length} of ${pairs.length} documents, and word the errors of ${equal} alike.`);
  disagreeing.forEach(({ name, other }) => console.log(`  ${name}: 17 ${other.length > 0 ? `refuses: ${other[0].message}` : 'accepts'}`));
}

function errorsOf(errors) {
  return errors.map(({ message, locations = [] }) => ({ message, locations }));
}
