import { SubscriptionClient } from 'subscriptions-transport-ws';
import WebSocket from 'ws';
import { collect, documents, report, token, variables, webSocketUrl } from './report.mjs';

const client = new SubscriptionClient(webSocketUrl, { connectionParams: { authorization: token } }, WebSocket);

const run = (payload, limit) =>
  collect((observer) => {
    const subscription = client.request(payload).subscribe(observer);
    return () => subscription.unsubscribe();
  }, limit);

const refusal = () =>
  new Promise((resolve) => {
    const refused = new SubscriptionClient(
      webSocketUrl,
      {
        connectionParams: { authorization: 'wrong' },
        connectionCallback: (error) => {
          resolve(error);
          refused.close();
        },
      },
      WebSocket,
    );
  });

await report({
  query: () => run({ query: documents.query, variables }),
  mutation: () => run({ query: documents.mutation }),
  failing: () => run({ query: documents.failing }),
  invalid: () => run({ query: documents.invalid }),
  subscription: () => run({ query: documents.subscription }),
  endless: () => run({ query: documents.endless }, 2),
  wrongToken: refusal,
});

client.close();
