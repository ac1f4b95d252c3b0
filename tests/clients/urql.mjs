import { Client, fetchExchange, subscriptionExchange } from '@urql/core';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { collect, documents, messagesOf, report, token, url, variables, webSocketUrl } from './report.mjs';

const sockets = createClient({ url: webSocketUrl, webSocketImpl: WebSocket, connectionParams: { authorization: token } });
const common = { url, fetchOptions: { headers: { authorization: token } }, preferGetMethod: false };

// Subscriptions over a WebSocket, and over HTTP as urql itself does them.
const overSockets = new Client({
  ...common,
  exchanges: [
    fetchExchange,
    subscriptionExchange({
      forwardSubscription: (request) => ({ subscribe: (observer) => ({ unsubscribe: sockets.subscribe({ ...request, query: request.query ?? '' }, observer) }) }),
    }),
  ],
});
const overFetch = new Client({ ...common, fetchSubscriptions: true, exchanges: [fetchExchange] });
const byGet = new Client({ ...common, preferGetMethod: 'force', exchanges: [fetchExchange] });

// urql aborts the request of a subscription that is left, and leaves the rejected reading of its body to nobody.
process.on('unhandledRejection', (error) => {
  if (error.name !== 'AbortError') {
    throw error;
  }
});

const resultOf = ({ data, error }) => (error ? { data, error: messagesOf(error) } : data);
const subscribe = (client, text, limit) =>
  collect((observer) => {
    const subscription = client.subscription(text, {}).subscribe((result) => observer.next(resultOf(result)));
    return () => subscription.unsubscribe();
  }, limit);

await report({
  query: async () => resultOf(await overSockets.query(documents.query, variables)),
  queryByGet: async () => resultOf(await byGet.query(documents.query, variables)),
  mutation: async () => resultOf(await overSockets.mutation(documents.mutation, {})),
  failing: async () => resultOf(await overSockets.query(documents.failing, {})),
  invalid: async () => resultOf(await overSockets.query(documents.invalid, {})),
  large: async () => (await overSockets.query(documents.large, {})).data.large.length,
  subscription: () => subscribe(overSockets, documents.subscription, 3),
  endless: () => subscribe(overSockets, documents.endless, 2),
  subscriptionOverFetch: () => subscribe(overFetch, documents.subscription, 3),
  endlessOverFetch: () => subscribe(overFetch, documents.endless, 2),
});

await sockets.dispose();
