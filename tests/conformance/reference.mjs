// What graphql-js says: the verdict on a document, and the answer to a request over the data that Apc.Conformance reads too.
import * as graphql16 from 'graphql';

/** The reference's judgement as the engine would report it: errors with message and locations; none for a valid document. */
export function judge(schema, text, graphql = graphql16) {
  let document;

  try {
    document = graphql.parse(text);
  } catch (error) {
    return [plain(error)];
  }

  try {
    return graphql.validate(schema, document).map(plain);
  } catch (error) {
    // A rule of the reference may fail itself, which a server then answers with.
    return [plain(error)];
  }
}

/** The schema whose fields read their values from the data; instructions in it are described in tests/Apc.Conformance/DataValues.cs. */
export function dataSchema(sdl, data, graphql = graphql16) {
  const schema = graphql.buildSchema(sdl);

  for (const type of Object.values(schema.getTypeMap())) {
    if (!graphql.isObjectType(type) || type.name.startsWith('__')) {
      continue;
    }

    const isRoot = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].includes(type);

    for (const field of Object.values(type.getFields())) {
      field.resolve = (parent, args, request) => {
        const value = (isRoot ? data[type.name] : parent)[field.name];
        return read(value, args, request, data);
      };
    }
  }

  return schema;
}

/** The whole response to a request. */
export async function answer(schema, request, graphql = graphql16) {
  const result = await graphql.graphql({
    schema,
    source: request.query,
    variableValues: request.variables,
    operationName: request.operationName,
    contextValue: { sum: 0 },
  });
  return JSON.parse(JSON.stringify(result));
}

function read(value, args, request, data) {
  if (Array.isArray(value)) {
    return value.map((element) => read(element, args, request, data));
  }

  if (value === null || typeof value !== 'object') {
    return value;
  }

  if ('$ref' in value) {
    return data.objects[value.$ref];
  }

  if ('$error' in value) {
    throw new Error(value.$error);
  }

  if ('$args' in value) {
    return args;
  }

  if ('$sum' in value || '$add' in value) {
    return (request.sum += args.by ?? 0);
  }

  return value;
}

function plain(error) {
  return { message: error.message, locations: error.locations?.map(({ line, column }) => ({ line, column })) ?? [] };
}
