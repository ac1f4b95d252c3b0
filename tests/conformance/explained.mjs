// Every difference that is known, with its reason. One that is not here fails the run, and so does one here that no longer shows.

/** Audits of graphql-http that recommend (SHOULD) what is deliberately otherwise. */
export const explainedAudits = [
  {
    id: '572B',
    reason: 'A text that is no document is answered with 400 in both media types: existing clients and monitors go by the status.',
  },
  {
    id: 'FDE2',
    reason: 'An invalid document is answered with 400 in both media types: existing clients expect GRAPHQL_VALIDATION_FAILED with 400.',
  },
  {
    id: '7B9B',
    reason: 'The audit means to send a wrong variable, but its document never uses the variable: it is an invalid document, and answered like one.',
  },
];

/** Differences of errors or answers; `matches` sees one difference with its name and what both sides said. */
export const explainedDifferences = [
  {
    id: 'type-system-definitions',
    reason: 'Type-system definitions in a request are refused as a whole; the reference also looks into them and reports further errors.',
    matches: ({ expected, actual }) => isErrors(expected)
      && actual.length > 0
      && actual.every(({ message }) => message.endsWith('definition is not executable.'))
      && actual.every((error) => expected.some((other) => same(error, other))),
  },
  {
    id: 'conditions-of-subscriptions',
    reason: 'A root field of a subscription depends on a variable or has no condition: the reference collects fields while it validates, cannot, and breaks off with '
      + 'an error of execution. Ours reports the rule of the specification, in the words of version 17 of the reference, and goes on with the other rules.',
    matches: ({ expected, actual, isBroken }) => isBroken
      && expected[0].message.startsWith('Argument "if" of required type "Boolean!" was ')
      && actual.length > 0,
  },
  {
    id: 'null-condition',
    reason: 'A condition of @skip or @include is null, which only a nullable variable with a default can bring about. The reference fails the selection set around it while it '
      + 'executes; ours refuses the request, with the same error, before anything is executed.',
    matches: ({ text, expected, actual }) => text.includes('"yes":null')
      && (expected.data === 'null' ? actual.data === 'absent' : expected.errors?.[0].message === 'Argument "if" of non-null type "Boolean!" must not be null.'),
  },
  {
    id: 'impossible-type',
    reason: 'A resolver gives an object of a type that cannot stand where it stands. Ours tells types by C# classes and names the class; callers see neither text, since '
      + 'it is the service\'s fault and masked.',
    matches: ({ expected, actual }) => !isErrors(expected)
      && same(expected.data, actual.data)
      && same(withoutImpossible(expected.errors), withoutImpossible(actual.errors)),
  },
  {
    id: 'half-surrogates',
    reason: 'Half a surrogate pair, which JSON can spell but UTF-8 cannot, is answered as U+FFFD, so that every reader can read the answer; the reference gives it back escaped.',
    matches: ({ expected, actual }) => JSON.stringify(expected, withoutHalves) === JSON.stringify(actual),
  },
];

// Halves as such, and as escapes in a text that is JSON itself.
const withoutHalves = (_, value) => (typeof value === 'string' ? value.replace(/(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g, '$1\ufffd').toWellFormed() : value);

const isErrors = Array.isArray;

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

const withoutImpossible = (errors) => errors?.flat().map((error) => (
  /^Runtime Object type ".*" is not a possible type for|^Abstract type ".*" must resolve to an Object type at runtime/.test(error.message)
    ? { ...error, message: 'impossible' }
    : error));
