'use strict';
// The token lives in this page only: not in its address, not in a cookie, not in any storage. Leaving the page forgets it.
const byId = (id) => document.getElementById(id);
const form = byId('sign-in');
const createToken = `mutation ($identity: String, $password: String!) {
  createToken(identity: $identity, password: $password) { token { value payload { iat exp } } }
}`;

// What a person can do about it stands first; for other problems the server's own words are the best there are.
const explanations = {
  INVALID_CREDENTIALS: 'The email or the password is wrong. Check both, capital letters too; or the account has been switched off.',
  SERVICE_UNAVAILABLE: 'The control plane cannot reach its database just now. Try again in a moment.',
};

async function signIn(identity, password) {
  let response;

  try {
    response = await fetch(form.dataset.endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ query: createToken, variables: { identity, password } }),
      credentials: 'omit',
      cache: 'no-store',
    });
  } catch {
    throw new Error('The control plane did not answer. Check your connection, then try again.');
  }

  const answer = await response.json().catch(() => ({}));
  const problem = answer.errors?.[0];

  if (problem) {
    throw new Error(explanations[problem.extensions?.code] ?? problem.message);
  }

  const token = answer.data?.createToken?.token;

  if (!token) {
    throw new Error(`The control plane gave an answer that this page does not understand (HTTP ${response.status}). Tell its operators.`);
  }

  return token;
}

function show({ value, payload }) {
  const expiry = new Date(payload.exp * 1000);

  byId('token').textContent = value;
  byId('headers').textContent = `{"authorization": ${JSON.stringify(value)}}`;
  byId('validity').textContent = `for ${spoken(payload.exp - payload.iat)}`;
  byId('expiry').dateTime = expiry.toISOString();
  byId('expiry').textContent = expiry.toLocaleString(undefined, { dateStyle: 'full', timeStyle: 'short' });
  byId('copied').textContent = '';
  form.hidden = true;
  byId('result').hidden = false;
  byId('result-title').focus();
}

function spoken(seconds) {
  const [amount, unit] = seconds >= 7200 ? [Math.round(seconds / 3600), 'hours'] : [Math.round(seconds / 60), 'minutes'];
  return `${amount} ${unit}`;
}

function complain(text) {
  const problem = byId('problem');
  problem.textContent = text;
  problem.hidden = text === '';

  for (const input of form.querySelectorAll('input')) {
    input.setAttribute('aria-invalid', String(text !== ''));
    input.setAttribute('aria-describedby', text === '' ? '' : problem.id);
  }
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const { identity, password, send } = form.elements;
  complain('');
  send.disabled = true;
  send.textContent = 'Signing in …';

  try {
    show(await signIn(identity.value.trim(), password.value));
    form.reset();
  } catch (error) {
    complain(error.message);
    password.select();
  } finally {
    send.disabled = false;
    send.textContent = 'Sign in';
  }
});

for (const button of document.querySelectorAll('[data-copies]')) {
  button.addEventListener('click', async () => {
    const source = byId(button.dataset.copies);

    try {
      await navigator.clipboard.writeText(source.textContent);
      byId('copied').textContent = `Copied. ${button.dataset.copies === 'headers' ? 'Paste it into the pane “Headers” of the playground.' : 'It goes into the header “Authorization”.'}`;
    } catch {
      // Browsers offer the clipboard to https and to this machine only.
      getSelection().selectAllChildren(source);
      byId('copied').textContent = 'The browser does not let the page copy. The text is selected: press Ctrl+C.';
    }
  });
}

byId('again').addEventListener('click', forget);
addEventListener('pagehide', forget);

function forget() {
  for (const id of ['token', 'headers', 'validity', 'expiry', 'copied']) {
    byId(id).textContent = '';
  }

  byId('result').hidden = true;
  form.hidden = false;
  form.elements.identity.focus();
}
