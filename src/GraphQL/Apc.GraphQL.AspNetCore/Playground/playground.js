'use strict';
const byId = (id) => document.getElementById(id);
const { endpoint, signIn } = document.body.dataset;
const storageKey = 'apc.playground.query';
const introspection = `{
  __schema {
    queryType { fields { name description args { name description } } }
    mutationType { fields { name description args { name description } } }
  }
}`;

byId('query').value = sessionStorage.getItem(storageKey) ?? byId('query').value;

if (signIn) {
  byId('sign-in').href = signIn;
  byId('sign-in').hidden = false;
}

// An empty pane is an empty object.
const json = (id, what) => {
  const text = byId(id).value.trim();

  if (text === '') {
    return {};
  }

  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${what} are no valid JSON: ${error.message}`);
  }
};

// TOKEN is the value that the user replaces with a token.
const withoutPlaceholder = (headers) => Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== 'TOKEN'));

async function send(query, variables) {
  const started = performance.now();
  byId('status').value = '…';

  try {
    const headers = json('headers', 'The HTTP headers');
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { ...withoutPlaceholder(headers), 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const text = await response.text();
    byId('status').value = `${response.status}, ${Math.round(performance.now() - started)} ms`;
    byId('response').textContent = JSON.stringify(JSON.parse(text), null, 2);
  } catch (error) {
    byId('status').value = 'not sent';
    byId('response').textContent = error.message;
  }
}

const run = () => {
  sessionStorage.setItem(storageKey, byId('query').value);

  try {
    send(byId('query').value, json('variables', 'The variables'));
  } catch (error) {
    byId('status').value = 'not sent';
    byId('response').textContent = error.message;
  }
};

byId('run').addEventListener('click', run);
byId('schema').addEventListener('click', () => send(introspection, {}));
document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    run();
  }
});
