// Documents to judge: written by hand, as paragraphs of files below headings that say what shall become of them, and generated.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { print } from 'graphql';
import { Generator } from './generator.mjs';
import { layOut, mutate, scratch } from './mutations.mjs';
import { Random } from './random.mjs';

/** Every document of a folder's .graphql files: its name (file and line), its text, and whether its heading says that it is valid. */
export function readDocuments(folder) {
  return readdirSync(folder).filter((file) => file.endsWith('.graphql')).sort().flatMap((file) => {
    let isValid;
    const documents = [];

    for (const { line, text } of paragraphs(readFileSync(join(folder, file), 'utf8'))) {
      const heading = /^# (accepts|rejects)$/.exec(text);

      if (heading) {
        isValid = heading[1] === 'accepts';
      } else {
        documents.push({ name: `${basename(dirname(folder))}/${file}:${line}`, file, text, isValid });
      }
    }

    return documents;
  });
}

/** Texts that no paragraph of a file can hold: odd line ends, control characters, halves of surrogate pairs, nothing at all. */
export function readTexts(file) {
  return JSON.parse(readFileSync(file, 'utf8')).map((text, index) => ({ name: `${basename(file)}[${index}]`, file: basename(file), text }));
}

/** Documents over a schema: of five, two that are meant to be valid and three with something broken. */
export function generateDocuments(schema, count, seed) {
  const random = new Random(seed);
  const generator = new Generator(schema, random);
  return Array.from({ length: count }, (_, index) => {
    const document = generator.document();
    const text = index % 5 < 2 ? print(document) : mutate(document, schema, random);
    return { name: `generated ${index} from ${seed}`, text: random.chance(0.5) ? layOut(text, random) : text };
  });
}

/** The given documents with one to three places scratched, mostly no documents any more: what the lexer says of them. */
export function scratchDocuments(documents, count, seed) {
  const random = new Random(seed);
  const whole = documents.filter(({ text }) => text.isWellFormed());
  return Array.from({ length: count }, (_, index) => {
    const { name, text } = random.pick(whole);
    return { name: `scratched ${index} from ${seed} (${name})`, text: scratch(text, random) };
  });
}

/** Paragraphs with the number of their first line. */
export function* paragraphs(content) {
  let line = 1;

  for (const text of content.trimEnd().split(/\n\n+/)) {
    yield { line, text };
    line += text.split('\n').length + 1;
  }
}
