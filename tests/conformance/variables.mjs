// (b) Values for variables, right and wrong, of every type that an argument or a wrapper around it has.
import { getNamedType, getVariableValues, isCompositeType, isInputObjectType, isListType, isNonNullType, isRequiredArgument, parse } from 'graphql';
import { Generator } from './generator.mjs';
import { Random } from './random.mjs';

const always = [
  null, true, false, 0, -1, 1, 1.5, 1e3, 2147483647, 2147483648, -2147483649, 1e21, '', '1', 'true', 'text', 'ACTIVE', 'CAPTAN', 'METRES', '\ud83d\ude00',
  [], [null], [1, 'a', true], ['ACTIVE', 'CAPTAIN', 'x'], [[1], [[2]], null], {}, { a: 1 }, { name: null }, { id: 1 }, { id: 1, name: 'a' }, { from: 'x', to: {} }, [{}],
];

/** Requests that declare one variable each and give it a value, or none. The field that uses it is never executed. */
export function variableRequests(schema, generated, seed) {
  const random = new Random(seed);
  const generator = new Generator(schema, random);
  const requests = [];

  for (const { type, query } of uses(schema)) {
    const values = [undefined, ...always, ...Array.from({ length: generated }, (_, index) => {
      const right = generator.json(type);
      return index % 2 === 0 ? right : spoil(right, random);
    })];

    for (const value of values) {
      requests.push({ name: `${type} = ${JSON.stringify(value)}`, request: { query, variables: value === undefined ? {} : { v: value } } });
    }
  }

  return requests;
}

/** What the reference says of the variables of a valid document: errors with message and locations. */
export function judgeVariables(schema, { query, variables }) {
  const { variableDefinitions } = parse(query).definitions[0];
  const { errors = [] } = getVariableValues(schema, variableDefinitions, variables, { maxErrors: 50 });
  return errors.map(({ message, locations }) => ({ message, locations: locations.map(({ line, column }) => ({ line, column })) }));
}

// One request for each type: the first argument that has it.
function uses(schema) {
  const found = new Map();

  for (const [operation, root] of [['query', schema.getQueryType()], ['mutation', schema.getMutationType()]]) {
    for (const field of Object.values(root?.getFields() ?? {})) {
      for (const arg of field.args) {
        for (const type of [arg.type, isNonNullType(arg.type) ? arg.type.ofType : undefined, isListType(arg.type) ? arg.type.ofType : undefined]) {
          const isUsable = type && (type === arg.type || (isListType(arg.type) && isNonNullType(type)));

          if (isUsable && !found.has(String(type))) {
            found.set(String(type), { type, query: requestFor(operation, field, arg, type) });
          }
        }
      }
    }
  }

  return [...found.values()];
}

function requestFor(operation, field, arg, type) {
  const value = type === arg.type ? '$v' : '[$v]';
  const others = field.args.filter((other) => other !== arg && isRequiredArgument(other)).map((other) => `${other.name}: ${literal(other.type)}`);
  const selection = isCompositeType(getNamedType(field.type)) ? ' { __typename }' : '';
  return `${operation} ($v: ${type}) {\n  __typename\n  ${field.name}(${[`${arg.name}: ${value}`, ...others].join(', ')}) @skip(if: true)${selection}\n}`;
}

function literal(type) {
  if (isNonNullType(type)) {
    return literal(type.ofType);
  }

  if (isListType(type)) {
    return '[]';
  }

  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter((field) => isNonNullType(field.type) && field.defaultValue === undefined);
    const fields = type.isOneOf ? Object.values(type.getFields()).slice(0, 1) : required;
    return `{ ${fields.map((field) => `${field.name}: ${literal(field.type)}`).join(', ')} }`;
  }

  return type.getValues?.()[0].name ?? { Int: '1', Float: '1', Boolean: 'true' }[type.name] ?? '"x"';
}

// The same value with one part of it replaced, renamed, removed or added.
function spoil(value, random) {
  if (Array.isArray(value) && value.length > 0 && random.chance(0.8)) {
    const at = random.below(value.length);
    return value.map((element, index) => (index === at ? spoil(element, random) : element));
  }

  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    const entries = Object.entries(value);

    if (entries.length > 0 && random.chance(0.8)) {
      const at = random.below(entries.length);
      const [name, member] = entries[at];
      switch (random.below(4)) {
        case 0:
          entries.splice(at, 1);
          break;
        case 1:
          entries[at] = [`${name}s`, member];
          break;
        default:
          entries[at] = [name, spoil(member, random)];
      }
      return Object.fromEntries(entries);
    }

    return { ...value, extra: 1 };
  }

  return random.pick([null, 'text', 5, 1.5, true, [1], { x: 1 }]);
}
