import { GraphQLClient } from 'graphql-request';
import { documents, errorsOf, report, token, url, variables } from './report.mjs';

const client = new GraphQLClient(url, { headers: { authorization: token } });
const byGet = new GraphQLClient(url, { headers: { authorization: token }, method: 'GET' });

await report({
  query: () => client.request(documents.query, variables),
  queryByGet: () => byGet.request(documents.query, variables),
  mutation: () => client.request(documents.mutation),
  failing: () => errorsOf(client.request(documents.failing)),
  invalid: () => errorsOf(client.request(documents.invalid)),
  large: async () => (await client.request(documents.large)).large.length,
  subscription: () => errorsOf(client.request(documents.subscription)),
});
