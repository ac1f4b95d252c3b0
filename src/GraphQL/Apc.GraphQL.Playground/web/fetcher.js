import { createClient } from 'graphql-ws';
import { getOperationAST } from 'graphql';

// The value in the headers pane that the user replaces with a token.
const placeholder = 'TOKEN';

/** Sends the operations of GraphiQL: queries and mutations by POST, each subscription over its own WebSocket. */
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
    return failure(`The request was not sent, or nothing answered: ${error.message}.`);
  }

  const text = await response.text();

  try {
    return JSON.parse(text);
  } catch {
    return failure(`The answer has the HTTP status ${response.status} and is no JSON: ${text.slice(0, 200)}`);
  }
}

// The headers are sent as the payload of connection_init, since a browser cannot set headers of a WebSocket. The connection ends with
// its subscription.
function subscribe(address, request, headers) {
  const client = createClient({
    url: new URL(address, location.href).href.replace(/^http/, 'ws'),
    connectionParams: headers,
    retryAttempts: 0,
  });

  return {
    subscribe: ({ next, complete }) => ({
      unsubscribe: client.subscribe(request, {
        next,
        complete,
        error: (reason) => {
          next(Array.isArray(reason) ? { errors: reason } : failure(explained(reason)));
          complete();
        },
      }),
    }),
  };
}

// https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
function explained(reason) {
  switch (reason.code) {
    case 4401:
    case 4403:
      return `The server refused the connection: ${reason.reason}. Put a valid token into the pane "Headers".`;
    default:
      return `The subscription ended: ${reason.reason || reason.message || 'the connection was lost'}`
        + `${reason.code ? ` (WebSocket close code ${reason.code})` : ''}.`;
  }
}

// An ordinary response, because GraphiQL would print the stack of an exception.
function failure(message) {
  return { errors: [{ message }] };
}

function withoutPlaceholder(headers) {
  return Object.fromEntries(Object.entries(headers ?? {}).filter(([, value]) => value !== placeholder));
}
