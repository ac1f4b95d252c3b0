import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { createClient } from 'graphql-ws';
import { OperationTypeNode } from 'graphql';
import WebSocket from 'ws';
import { collect, documents, errorsOf, report, token, url, variables, webSocketUrl } from './report.mjs';

const sockets = createClient({ url: webSocketUrl, webSocketImpl: WebSocket, connectionParams: { authorization: token } });
const client = new ApolloClient({
  cache: new InMemoryCache(),
  link: ApolloLink.split(
    ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
    new GraphQLWsLink(sockets),
    new HttpLink({ uri: url, headers: { authorization: token } }),
  ),
});

const dataOf = async (answer) => (await answer).data;
const subscribe = (text, limit) =>
  collect((observer) => {
    const subscription = client.subscribe({ query: gql(text) }).subscribe(observer);
    return () => subscription.unsubscribe();
  }, limit);

await report({
  query: () => dataOf(client.query({ query: gql(documents.query), variables })),
  mutation: () => dataOf(client.mutate({ mutation: gql(documents.mutation) })),
  failing: () => errorsOf(client.query({ query: gql(documents.failing) })),
  invalid: () => errorsOf(client.query({ query: gql(documents.invalid) })),
  large: async () => (await dataOf(client.query({ query: gql(documents.large) }))).large.length,
  subscription: () => subscribe(documents.subscription),
  endless: () => subscribe(documents.endless, 2),
});

client.stop();
await sockets.dispose();
