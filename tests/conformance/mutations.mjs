// Breaks documents: in their trees, where most rules can be broken, and in their texts.
import { Kind, Lexer, parseType, print, Source, TokenKind, visit } from 'graphql';

const name = (value) => ({ kind: Kind.NAME, value });

/** A copy of the document with one to three things changed, as text. */
export function mutate(document, schema, random) {
  let copy = structuredClone(document);

  for (let i = 1 + random.below(3); i > 0; i--) {
    random.pick(treeMutations)(copy, schema, random);
  }

  const text = print(copy);
  return random.chance(0.15) ? damage(text, random) : text;
}

/** The same tokens with other blanks, line ends, commas and comments between them, so that places differ. */
export function layOut(text, random) {
  const separators = [' ', '\n', '\r\n', '\r', ', ', '\t', ' # note\n', '\n\n  '];
  return tokensOf(text).map((token) => token + (random.chance(0.3) ? random.pick(separators) : ' ')).join('');
}

/** The text with a few characters or odd pieces put in, taken out or replaced, whatever stands there. */
export function scratch(text, random) {
  let scratched = text;

  for (let i = 1 + random.below(3); i > 0; i--) {
    const at = random.below(scratched.length + 1);
    const behind = at + random.below(4);
    const piece = random.chance(0.8) ? random.pick(oddPieces) : String.fromCharCode(random.below(random.chance(0.7) ? 0x80 : 0xd800));
    scratched = random.pick([
      () => scratched.slice(0, at) + piece + scratched.slice(at),
      () => scratched.slice(0, at) + scratched.slice(behind),
      () => scratched.slice(0, at) + piece + scratched.slice(behind),
      () => (random.chance(0.3) ? scratched.slice(0, at) : scratched.slice(0, at) + piece + piece + scratched.slice(at)),
    ])();
  }

  return scratched;
}

const oddPieces = [
  '{', '}', '(', ')', '[', ']', ':', '=', '!', '|', '&', '@', '$', '...', '..', '.', '"', '""', '"""', '\\', '\\"""', '\\u', '\\u{', '\\uD83D', '\\uDE00', '\\u{110000}', '\\u{D83D}', '\\n',
  '\\x', "'", '0', '-', '-0', '00', '1.', '1.5', '1e5', '1e', 'E+', '99999999999', '#', '\n', '\r', '\r\n', ' ', ',', '\t', '\ufeff', '\0', '\u007f', '\u0007', '\u2028', '\ufffd', 'é', '😀',
  'on', 'null', 'true', '_a', 'query', 'fragment', 'type', 'extend', 'schema', 'directive', 'repeatable', 'implements', 'input', 'subscription',
];

const treeMutations = [
  rename([Kind.FIELD, Kind.ARGUMENT, Kind.FRAGMENT_SPREAD, Kind.DIRECTIVE, Kind.OBJECT_FIELD, Kind.NAMED_TYPE, Kind.VARIABLE]),
  rename([Kind.FIELD]),
  rename([Kind.ARGUMENT, Kind.OBJECT_FIELD]),
  rename([Kind.OPERATION_DEFINITION, Kind.FRAGMENT_DEFINITION]),
  // Another name of the same document.
  (document, schema, random) => {
    const kind = random.pick([Kind.FIELD, Kind.ARGUMENT, Kind.FRAGMENT_SPREAD, Kind.VARIABLE, Kind.NAMED_TYPE, Kind.FRAGMENT_DEFINITION, Kind.DIRECTIVE]);
    const nodes = find(document, [kind]);

    if (nodes.length > 1) {
      random.pick(nodes).name = name(random.pick(nodes).name.value);
    }
  },
  drop('arguments', [Kind.FIELD, Kind.DIRECTIVE]),
  drop('fields', [Kind.OBJECT]),
  drop('variableDefinitions', [Kind.OPERATION_DEFINITION]),
  drop('definitions', [Kind.DOCUMENT]),
  repeat('arguments', [Kind.FIELD, Kind.DIRECTIVE]),
  repeat('fields', [Kind.OBJECT]),
  repeat('variableDefinitions', [Kind.OPERATION_DEFINITION]),
  repeat('definitions', [Kind.DOCUMENT]),
  repeat('directives', [Kind.FIELD, Kind.INLINE_FRAGMENT, Kind.FRAGMENT_SPREAD, Kind.OPERATION_DEFINITION]),
  changeValue,
  changeValue,
  // The type of a variable, or of a fragment.
  (document, schema, random) => withNode(document, [Kind.VARIABLE_DEFINITION], random, (node) => {
    const type = random.pick(Object.keys(schema.getTypeMap()));
    node.type = parseType(random.pick([type, `${type}!`, `[${type}]`, `[${type}!]!`, `[[${type}]]`]));
  }),
  (document, schema, random) => withNode(document, [Kind.INLINE_FRAGMENT, Kind.FRAGMENT_DEFINITION], random, (node) => {
    node.typeCondition = { kind: Kind.NAMED_TYPE, name: name(random.pick(Object.keys(schema.getTypeMap()))) };
  }),
  // A selection less, or one too many.
  (document, schema, random) => withNode(document, [Kind.FIELD], random, (node) => {
    node.selectionSet = node.selectionSet ? undefined : { kind: Kind.SELECTION_SET, selections: [{ kind: Kind.FIELD, name: name('name') }] };
  }),
  // A selection copied to another place: unknown fields, conflicts, fragments in circles.
  copySelection,
  copySelection,
  (document, schema, random) => withNode(document, [Kind.FIELD], random, (node) => {
    const other = random.pick(find(document, [Kind.FIELD]));
    node.alias = name((other.alias ?? other.name).value);
  }),
  (document, schema, random) => withNode(document, [Kind.SELECTION_SET], random, (node) => {
    const fragments = find(document, [Kind.FRAGMENT_DEFINITION]);
    const target = fragments.length > 0 ? random.pick(fragments).name.value : 'Nowhere';
    node.selections.push({ kind: Kind.FRAGMENT_SPREAD, name: name(target), directives: [] });
  }),
  // A directive anywhere.
  (document, schema, random) => withNode(
    document,
    [Kind.FIELD, Kind.INLINE_FRAGMENT, Kind.FRAGMENT_SPREAD, Kind.OPERATION_DEFINITION, Kind.FRAGMENT_DEFINITION, Kind.VARIABLE_DEFINITION],
    random,
    (node) => {
      const directive = random.pick(schema.getDirectives().map((known) => known.name).concat('unknown'));
      node.directives = [...(node.directives ?? []), { kind: Kind.DIRECTIVE, name: name(directive), arguments: [] }];
    }),
  (document, schema, random) => withNode(document, [Kind.OPERATION_DEFINITION], random, (node) => {
    node.operation = random.pick(['query', 'mutation', 'subscription']);
  }),
  (document, schema, random) => withNode(document, [Kind.OPERATION_DEFINITION], random, (node) => {
    node.name = node.name ? undefined : name('Named');
  }),
];

function rename(kinds) {
  return (document, schema, random) => withNode(document, kinds, random, (node) => {
    node.name = name(misspell(node.name?.value ?? 'Named', random));
  });
}

function drop(list, kinds) {
  return (document, schema, random) => {
    const nodes = find(document, kinds).filter((node) => node[list]?.length > (list === 'definitions' ? 1 : 0));

    if (nodes.length > 0) {
      const node = random.pick(nodes);
      node[list].splice(random.below(node[list].length), 1);
    }
  };
}

function repeat(list, kinds) {
  return (document, schema, random) => {
    const nodes = find(document, kinds).filter((node) => node[list]?.length > 0);

    if (nodes.length > 0) {
      const node = random.pick(nodes);
      node[list].splice(random.below(node[list].length + 1), 0, structuredClone(random.pick(node[list])));
    }
  };
}

function changeValue(document, schema, random) {
  withNode(document, [Kind.ARGUMENT, Kind.OBJECT_FIELD, Kind.VARIABLE_DEFINITION], random, (node) => {
    const value = random.pick([
      { kind: Kind.INT, value: '1' },
      { kind: Kind.INT, value: '99999999999' },
      { kind: Kind.FLOAT, value: '1.5' },
      { kind: Kind.STRING, value: 'text' },
      { kind: Kind.BOOLEAN, value: true },
      { kind: Kind.NULL },
      { kind: Kind.ENUM, value: random.pick(['ACTIVE', 'METRE', 'METER', 'CAPTAN', 'asc']) },
      { kind: Kind.LIST, values: [{ kind: Kind.INT, value: '1' }, { kind: Kind.STRING, value: 'x' }, { kind: Kind.NULL }] },
      { kind: Kind.OBJECT, fields: [{ kind: Kind.OBJECT_FIELD, name: name('from'), value: { kind: Kind.STRING, value: 'x' } }] },
      { kind: Kind.OBJECT, fields: [] },
      { kind: Kind.VARIABLE, name: name(random.pick(['v0', 'v1', 'unknown'])) },
    ]);

    if (node.kind !== Kind.VARIABLE_DEFINITION) {
      node.value = value;
    } else if (value.kind !== Kind.VARIABLE) {
      node.defaultValue = value;
    }
  });
}

function copySelection(document, schema, random) {
  const selection = structuredClone(random.pick(find(document, [Kind.FIELD, Kind.INLINE_FRAGMENT, Kind.FRAGMENT_SPREAD])));
  const { selections } = random.pick(find(document, [Kind.SELECTION_SET]));
  selections.splice(random.below(selections.length + 1), 0, selection);
}

function withNode(document, kinds, random, change) {
  const nodes = find(document, kinds);

  if (nodes.length > 0) {
    change(random.pick(nodes));
  }
}

function find(document, kinds) {
  const nodes = [];
  visit(document, { enter: (node) => void (kinds.includes(node.kind) && nodes.push(node)) });
  return nodes;
}

function misspell(word, random) {
  const at = random.below(word.length);
  switch (random.below(5)) {
    case 0:
      return word.slice(0, at) + word.slice(at + 1) || 'x';
    case 1:
      return `${word.slice(0, at)}x${word.slice(at)}`;
    case 2:
      return word.slice(0, at) + word.slice(at, at + 2).split('').reverse().join('') + word.slice(at + 2);
    case 3:
      return word.toUpperCase();
    default:
      return `${word}s`;
  }
}

// Text that is damaged need not be a document any more.
function damage(text, random) {
  const tokens = tokensOf(text);
  const at = random.below(tokens.length);

  switch (random.below(5)) {
    case 0:
      tokens.splice(at, 1);
      break;
    case 1:
      tokens.splice(at, 0, tokens[at]);
      break;
    case 2:
      tokens.splice(at, 0, random.pick(['{', '}', '(', ')', '[', ']', ':', '=', '!', '|', '&', '@', '$', '...', '1', '1.5', '"s"', 'on', 'null', '.', '"', '%', 'é']));
      break;
    case 3:
      tokens.length = at;
      break;
    default:
      [tokens[at], tokens[0]] = [tokens[0], tokens[at]];
  }

  return tokens.join(' ');
}

/** The texts of the tokens, as far as there are any. */
export function tokensOf(text) {
  const lexer = new Lexer(new Source(text));
  const tokens = [];

  try {
    for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
      tokens.push(text.slice(token.start, token.end));
    }
  } catch {
    // Changed names may be no names; what was read so far is enough.
  }

  return tokens.length > 0 ? tokens : ['{'];
}
