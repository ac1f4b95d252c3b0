import { createHash } from 'node:crypto';
import { ApolloClient, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { documents, errorsOf, report, token, url, variables } from './report.mjs';

const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** A client of its own, which knows nothing of what others have stored, and what it sends: the method, whether the text is in it, and the status that comes back. */
function connect(options) {
  const sent = [];
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: new PersistedQueryLink({ sha256, ...options }).concat(
      new HttpLink({
        uri: url,
        headers: { authorization: token },
        fetch: async (uri, init) => {
          const response = await fetch(uri, init);
          const request = init.method === 'GET' ? new URL(uri).searchParams : new Map(Object.entries(JSON.parse(init.body)));
          sent.push(`${init.method} ${request.has('query') ? 'text' : 'hash'} ${response.status}`);
          return response;
        },
      }),
    ),
  });

  return {
    ask: async (text, given) => {
      sent.length = 0;
      const { data } = await client.query({ query: gql(text), variables: given, fetchPolicy: 'network-only' });
      return [data.hello, ...sent];
    },
    errorsOf: async (text) => {
      sent.length = 0;
      return [...(await errorsOf(client.query({ query: gql(text) }))), ...sent];
    },
  };
}

const first = connect();
const second = connect();
const byGet = connect({ useGETForHashedQueries: true });

await report({
  unknown: () => first.ask(documents.query, variables),
  again: () => first.ask(documents.query, variables),
  otherClient: () => second.ask(documents.query, { name: 'you' }),
  get: () => byGet.ask(documents.query, { name: 'all' }),
  getOfUnknown: () => byGet.ask('query Other { hello }'),
  getAgain: () => byGet.ask('query Other { hello }'),
  invalid: () => second.errorsOf(documents.invalid),
});
