// The scalars of the host, as docs and descriptions define them: a schema made from introspection knows only their names.
import { GraphQLError, Kind, print } from 'graphql';
import { inspect } from 'graphql/jsutils/inspect.js';

/** Gives the host's scalars in a client schema the rules that they have in the host. */
export function defineScalars(schema) {
  for (const name of ['Uuid', 'Id']) {
    const scalar = schema.getType(name);

    if (scalar) {
      scalar.parseValue = (value) => {
        if (typeof value !== 'string') {
          throw new GraphQLError(`${name} cannot represent a non string value: ${inspect(value)}`);
        }

        return value;
      };
      scalar.parseLiteral = (node) => {
        if (node.kind !== Kind.STRING) {
          throw new GraphQLError(`${name} cannot represent a non string value: ${print(node)}`, { nodes: node });
        }

        return node.value;
      };
    }
  }

  const instant = schema.getType('DateTime');
  const isInstant = (text) => typeof text === 'string'
    && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i.test(text)
    && !Number.isNaN(Date.parse(text.toUpperCase()));
  instant.parseValue = (value) => readInstant(value, inspect(value));
  instant.parseLiteral = (node) => readInstant(node.kind === Kind.STRING ? node.value : undefined, print(node), node);

  function readInstant(value, shown, nodes) {
    if (!isInstant(value)) {
      throw new GraphQLError(`DateTime cannot represent a value that is no RFC 3339 instant: ${shown}`, { nodes });
    }

    return value;
  }

  const json = schema.getType('JSON');
  const fromLiteral = json.parseLiteral;
  json.parseLiteral = (node, variables) => {
    refuseEnums(node, node);
    return fromLiteral(node, variables);
  };

  return schema;
}

// JSON has no enum values; the whole literal is to blame.
function refuseEnums(node, whole) {
  switch (node.kind) {
    case Kind.ENUM:
      throw new GraphQLError(`JSON cannot represent value: ${node.value}`, { nodes: whole });
    case Kind.LIST:
      node.values.forEach((value) => refuseEnums(value, whole));
      break;
    case Kind.OBJECT:
      node.fields.forEach((field) => refuseEnums(field.value, whole));
      break;
  }
}
