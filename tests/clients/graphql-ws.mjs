import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { collect, documents, report, token, variables, webSocketUrl } from './report.mjs';

const connect = (authorization) =>
  createClient({ url: webSocketUrl, webSocketImpl: WebSocket, connectionParams: { authorization }, retryAttempts: 0 });

const client = connect(token);
const run = (payload, limit) => collect((observer) => client.subscribe(payload, observer), limit);

await report({
  query: () => run({ query: documents.query, variables }),
  mutation: () => run({ query: documents.mutation }),
  failing: () => run({ query: documents.failing }),
  invalid: () => run({ query: documents.invalid }),
  subscription: () => run({ query: documents.subscription }),
  endless: () => run({ query: documents.endless }, 2),
  wrongToken: () => collect((observer) => connect('wrong').subscribe({ query: documents.mutation }, observer)),
});

await client.dispose();
