import './styleNonce.js';
import './workers.js';
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import 'graphiql/graphiql.css';
import './playground.css';
import { createRoot } from 'react-dom/client';
import { GraphiQL } from 'graphiql';
import { createFetcher } from './fetcher.js';
import { storage } from './storage.js';

const root = document.getElementById('playground');
const { signIn, query } = root.dataset;

// No history: it would store the headers of every request, and with them the token.
createRoot(root).render(
  <GraphiQL
    fetcher={createFetcher(root.dataset)}
    storage={storage}
    plugins={[]}
    defaultQuery={query}
    defaultHeaders={'{"authorization": "TOKEN"}'}
    defaultEditorToolsVisibility="headers"
    shouldPersistHeaders={false}
    inputValueDeprecation
    schemaDescription
  >
    <GraphiQL.Logo>
      <span className="playground-title">GraphQL playground</span>
      {signIn && (
        <a className="playground-sign-in" href={signIn} target="_blank" rel="noopener">
          Get a token
        </a>
      )}
    </GraphiQL.Logo>
  </GraphiQL>,
);
