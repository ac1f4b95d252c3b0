// What graphql-js says: the verdict on a document, and the answer to a request over the data that Apc.Conformance reads too.
import * as graphql16 from 'graphql';

/**
 * The reference's judgement as the engine would report it: errors with message and locations, none for a valid document; and `isBroken` where a rule of the
 * reference failed itself, which a server then answers with.
 */
export function judge(schema, text, graphql = graphql16) {
  let document;

  try {
    document = graphql.parse(text);
  } catch (error) {
    return { errors: [plain(error)], isBroken: false };
  }

  try {
    return { errors: graphql.validate(schema, document).map(plain), isBroken: false };
  } catch (error) {
    return { errors: [plain(error)], isBroken: true };
  }
}

/** The schema whose fields read their values from the data; instructions in it are described in tests/conformance/Apc.Conformance/DataValues.cs. */
export function dataSchema(sdl, data, graphql = graphql16) {
  const schema = graphql.buildSchema(sdl);

  for (const type of Object.values(schema.getTypeMap())) {
    if (!graphql.isObjectType(type) || type.name.startsWith('__')) {
      continue;
    }

    const isRoot = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].includes(type);

    for (const field of Object.values(type.getFields())) {
      field.resolve = (parent, args, request) => {
        const value = (isRoot && !parent ? data[type.name] : parent)[field.name];
        return read(value, args, request, data);
      };

      if (type === schema.getSubscriptionType()) {
        field.subscribe = (_, args, request) => {
          const value = data[type.name][field.name];
          return value.$stream ? events(field.name, value.$stream, args, request, data) : read(value, args, request, data);
        };
      }
    }
  }

  return schema;
}

/** The whole response to a request; all responses where it subscribes. */
export async function answer(schema, request, graphql = graphql16) {
  const asked = { schema, variableValues: request.variables, operationName: request.operationName, contextValue: { sum: 0 } };

  if (isSubscription(request, graphql)) {
    const result = await graphql.subscribe({ ...asked, document: graphql.parse(request.query) });
    return plainJson(Symbol.asyncIterator in result ? await all(result) : result);
  }

  return plainJson(await graphql.graphql({ ...asked, source: request.query }));
}

function isSubscription({ query, operationName }, graphql) {
  try {
    return graphql.getOperationAST(graphql.parse(query), operationName)?.operation === 'subscription';
  } catch {
    return false;
  }
}

async function all(stream) {
  const responses = [];

  for await (const response of stream) {
    responses.push(response);
  }

  return responses;
}

async function* events(fieldName, values, args, request, data) {
  for (const value of values) {
    yield { [fieldName]: read(value, args, request, data) };
  }
}

const plainJson = (value) => JSON.parse(JSON.stringify(value));

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
