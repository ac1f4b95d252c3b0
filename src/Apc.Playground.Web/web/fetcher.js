import { createClient } from 'graphql-ws';
import { getOperationAST } from 'graphql';

// What the headers pane shows before a person has put a token in its place.
const placeholder = 'TOKEN';

/** Sends what GraphiQL asks for: queries and mutations by POST, subscriptions over a WebSocket of their own. */
export function createFetcher({ endpoint, subscriptions }) {
  return (request, { headers, documentAST } = {}) => {
    const given = withoutPlaceholder(headers);

    return documentAST && getOperationAST(documentAST, request.operationName)?.operation === 'subscription'
      ? subscribe(subscriptions, request, given)
      : post(endpoint, request, given);
  };
}

async function post(endpoint, request, headers) {
  let response;

  try {
    response = await fetch(endpoint, {
      method: 'POST',
      headers: { accept: 'application/json', ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(request),
      credentials: 'omit',
    });
  } catch (error) {
    throw new Error(`The server did not answer: ${error.message}.`);
  }

  const text = await response.text();

  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`The server answered with HTTP ${response.status} and no JSON: ${text.slice(0, 200)}`);
  }
}

// The headers travel as the payload of connection_init: a browser cannot set headers of a WebSocket.
async function* subscribe(address, request, headers) {
  const client = createClient({
    url: new URL(address, location.href).href.replace(/^http/, 'ws'),
    connectionParams: headers,
    retryAttempts: 0,
  });

  try {
    yield* client.iterate(request);
  } catch (reason) {
    throw described(reason);
  } finally {
    client.dispose();
  }
}

function described(reason) {
  if (reason instanceof CloseEvent) {
    return new Error(`The subscription ended: ${reason.reason || 'the connection was lost'} (WebSocket close code ${reason.code}).`);
  }

  return Array.isArray(reason) ? { errors: reason } : reason;
}

function withoutPlaceholder(headers) {
  return Object.fromEntries(Object.entries(headers ?? {}).filter(([, value]) => value !== placeholder));
}
