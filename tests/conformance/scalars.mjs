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
