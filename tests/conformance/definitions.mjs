// Type definitions: which texts make a schema, what is wrong with the others, and how the schema prints. Written by hand and generated from what is written.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildASTSchema, extendSchema, parse, printSchema, validateSchema } from 'graphql';
import { validateSDL } from 'graphql/validation/validate.js';
import { readDocuments } from './documents.mjs';
import { tokensOf } from './mutations.mjs';
import { Random } from './random.mjs';

/** The texts of a folder. Those of extending.graphql extend the schema of base.sdl. */
export function readDefinitions(folder) {
  const base = readFileSync(join(folder, 'base.sdl'), 'utf8');
  return readDocuments(folder).map(({ name, file, text, isValid }) => ({
    name: `${basename(folder)}/${name.split('/').at(-1)}`,
    isValid,
    request: file === 'extending.graphql' ? { text: base, extension: text } : { text },
  }));
}

/** Texts with up to three tokens changed, alone or put together from several. */
export function generateDefinitions(written, count, seed) {
  const random = new Random(seed);
  const lists = written.map(({ request }) => tokensOf(request.extension ?? request.text));
  const pool = lists.flat();
  const alone = written.filter(({ request }) => !request.extension);

  return Array.from({ length: count }, (_, index) => {
    const { request } = random.pick(written);
    const more = random.chance(0.3) ? random.pick(request.extension ? written : alone).request : { text: '' };
    const tokens = tokensOf(request.extension ? `${request.extension} ${more.extension ?? ''}` : `${request.text} ${more.text.replace(rootDefinition, '')}`);
    const changes = random.chance(0.7) ? renames : mutations;

    for (let i = random.below(4); i > 0; i--) {
      random.pick(changes)(tokens, pool, random);
    }

    const text = tokens.join(' ');
    return { name: `generated definitions ${index} from ${seed}`, request: request.extension ? { text: request.text, extension: text } : { text } };
  });
}

/** What graphql-js says of the texts, in the form of what Apc.Conformance answers. Null where it fails itself. */
export function judgeDefinitions({ text, extension }) {
  try {
    const documents = [text, ...(extension === undefined ? [] : [extension])].map((source) => parse(source));
    let schema;

    for (const document of documents) {
      const errors = validateSDL(document, schema);

      if (errors.length > 0) {
        return { errors: errors.map(plain) };
      }

      schema = schema
        ? extendSchema(schema, document, { assumeValid: true, assumeValidSDL: true })
        : buildASTSchema(document, { assumeValid: true, assumeValidSDL: true });
    }

    schema.__validationErrors = undefined;
    return { breaches: validateSchema(schema).map(({ message }) => message), printed: printed(schema) };
  } catch (error) {
    return error.locations ? { errors: [plain(error)] } : null;
  }
}

/** One list for each side: errors, else breaches in any order, else the schema; and whether it may be compared at all. */
export function sides({ expected, actual }) {
  return { expected: listOf(expected, false), actual: listOf(actual, true) };
}

/** True for a case of which it is known that the engine goes by the specification where the reference does not: Deviations.md says why. */
export function isDeviation({ text, extension = '' }, expected, actual) {
  const texts = `${text} ${extension}`;
  return expected === null
    || [...(actual.errors ?? []).map(({ message }) => message), ...(actual.breaches ?? [])].some((message) => oursAlone.test(message))
    || /"__|@\s*oneOf/.test(extension + JSON.stringify(expected.errors ?? []))
    || /extend input[^}]*@/.test(texts)
    || extension === '' && /extend\s+schema/.test(text) && /\b(Mutation|Subscription)\b/.test(text)
    || (actual.breaches ?? []).some((message) => message.endsWith('cannot have a default value.') && !expected.breaches?.includes(message))
    || executable.test(texts);
}

/** Accepted is what prints. */
export const isAcceptedDefinition = ([said]) => said?.locations === 'printed';

// An operation or a fragment where a definition could stand.
const executable = /(^|[^{\s]\s)\s*((query|mutation|subscription)(\s+\w+)?\s*[{(@]|fragment\s+\w+\s+on\b)/;

const oursAlone = /^All root types must be different|is not deprecated, so implementation|has invalid default value|circular reference\. The default|must not refer to itself|^Argument "(reason|url)"/;

function listOf({ errors, breaches, printed: text }, isOurs) {
  if (errors) {
    return errors;
  }

  if (breaches.length > 0) {
    return breaches.sort().map((message) => ({ message, locations: 'schema' }));
  }

  // Ours prints defaults as they were written, the reference by their values.
  return [{ message: isOurs ? printed(buildASTSchema(parse(text))) : text, locations: 'printed' }];
}

// The reference loses the description of a schema that it extends.
function printed(schema) {
  schema.description = undefined;
  return printSchema(schema);
}

const rootDefinition = /^type Query \{ a: Int \}/;

// One name in the place of another: most of what a rule says is about names.
const renames = [(tokens, pool, random) => {
  const names = tokens.flatMap((token, index) => (/^[A-Za-z_]/.test(token) && !keywords.has(token) ? [index] : []));

  if (names.length > 0) {
    tokens[random.pick(names)] = tokens[random.pick(names)];
  }
}];

const keywords = new Set(['schema', 'extend', 'scalar', 'type', 'interface', 'implements', 'union', 'enum', 'input', 'directive', 'repeatable', 'on', 'query', 'mutation', 'subscription']);

const mutations = [
  ...renames,
  (tokens, pool, random) => tokens.splice(random.below(tokens.length), 1, random.pick(pool)),
  (tokens, pool, random) => tokens.splice(random.below(tokens.length), 1),
  (tokens, pool, random) => tokens.splice(random.below(tokens.length), 0, random.pick(pool)),
];

const plain = ({ message, locations }) => ({ message, locations: locations?.map(({ line, column }) => ({ line, column })) ?? [] });
