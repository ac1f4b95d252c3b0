import { createClient } from 'graphql-sse';
import { collect, documents, report, token, url, variables } from './report.mjs';

const client = createClient({ url, headers: { authorization: token }, retryAttempts: 0 });
const run = (payload, limit) => collect((observer) => client.subscribe(payload, observer), limit);

await report({
  query: () => run({ query: documents.query, variables }),
  mutation: () => run({ query: documents.mutation }),
  failing: () => run({ query: documents.failing }),
  invalid: () => run({ query: documents.invalid }),
  subscription: () => run({ query: documents.subscription }),
  endless: () => run({ query: documents.endless }, 2),
});

client.dispose();
