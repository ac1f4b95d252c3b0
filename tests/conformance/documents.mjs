// Reads documents from files: paragraphs, each a document of its own, below the heading that says what shall become of them.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

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
        documents.push({ name: `${basename(folder)}/${file}:${line}`, file, text, isValid });
      }
    }

    return documents;
  });
}

/** Texts that no paragraph of a file can hold: odd line ends, control characters, halves of surrogate pairs, nothing at all. */
export function readTexts(file) {
  return JSON.parse(readFileSync(file, 'utf8')).map((text, index) => ({ name: `${basename(file)}[${index}]`, file: basename(file), text }));
}

/** Paragraphs with the number of their first line. */
export function* paragraphs(content) {
  let line = 1;

  for (const text of content.trimEnd().split(/\n\n+/)) {
    yield { line, text };
    line += text.split('\n').length + 1;
  }
}
