'use strict';
// The token lives in this page only: not in its address, not in any storage. Leaving the page forgets it. Who was sent here by another page of the
// platform gets it as a cookie besides, which no script can read, and goes back.
const byId = (id) => document.getElementById(id);
const form = byId('sign-in');
const createToken = `mutation ($identity: String, $password: String!) {
  createToken(identity: $identity, password: $password) { token { value payload { iat exp } } }
}`;
const authConfig = `query ($redirect: String) {
  authConfig(redirect: $redirect) { localEnabled providers { name displayName url } }
}`;

// What a person can do about it stands first; for other problems the server's own words are the best there are.
const explanations = {
  INVALID_CREDENTIALS: 'The email or the password is wrong. Check both, capital letters too; or the account has been switched off.',
  SERVICE_UNAVAILABLE: 'The control plane cannot reach its database just now. Try again in a moment.',
  LOCAL_SIGN_IN_DISABLED: 'Passwords are switched off here. Sign in with one of the buttons.',
  PROVIDER_NOT_FOUND: 'There is no such sign-in here any more. Take one of the buttons.',
  PROVIDER_DENIED: 'The sign-in was cancelled, or you may not sign in here with that account. Try again, or ask the administrators of the account.',
  PROVIDER_FAILED: 'The sign-in service gave no usable answer. Try again in a moment; if it stays so, tell the operators of this control plane.',
  SIGN_IN_LOST: 'The sign-in took too long, or was begun in another window. Begin it again.',
  SIGN_IN_CODE_INVALID: 'This sign-in is used up or more than a minute old. Sign in again.',
  PROVIDER_EMAIL_UNVERIFIED: 'The sign-in service does not say that your email address is verified. Verify it there, then sign in again.',
  EMAIL_DOMAIN_NOT_ALLOWED: 'Your email address is not one with which people may sign in here. Take another account, or ask the operators.',
  PUBLIC_SIGNUPS_DISABLED: 'You have no user here yet, and need an invitation. Ask an administrator of this control plane for one.',
  CLAIM_CODE_REQUIRED: 'Nobody uses this control plane yet. Enter the claim code, which the host printed when it started, then take the button again.',
  CLAIM_CODE_INVALID: 'The claim code is wrong. The host printed it when it started; enter it, then take the button again.',
  USER_NOT_ACTIVE: 'Your user may not sign in yet, or not any more. Ask an administrator of this control plane.',
  TOKEN_DURATION_INVALID: 'A token cannot live that long. Sign in again with one of the buttons.',
};

// The address comes last and as it is, so that all that follows belongs to it; unless it was encoded, as other pages do it.
const returnAddress = (() => {
  const given = /[?&]rd=(.*)$/.exec(location.search)?.[1] ?? '';

  try {
    return /^https?:\/\//i.test(given) ? given : decodeURIComponent(given.split('&')[0]);
  } catch {
    return '';
  }
})();

async function post(path, body, headers = {}, credentials = 'omit') {
  let response;

  try {
    response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      body: JSON.stringify(body),
      credentials,
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

  return [answer, response.status];
}

const notUnderstood = (status) => new Error(`The control plane gave an answer that this page does not understand (HTTP ${status}). Tell its operators.`);

async function signIn(identity, password) {
  const [answer, status] = await post(form.dataset.endpoint, { query: createToken, variables: { identity, password } });
  const token = answer.data?.createToken?.token;

  if (!token) {
    throw notUnderstood(status);
  }

  return token;
}

/** The token for the code that a provider's sign-in ended with. A cookie says that this is the browser that began it. */
async function exchange(code) {
  const [token, status] = await post('v1/oauth/token', { code }, {}, 'same-origin');

  if (!token.value || !token.payload) {
    throw notUnderstood(status);
  }

  return token;
}

/** Shows the token; or goes back to where the person came from, if that is a page of the platform. */
async function finish(token) {
  if (returnAddress !== '') {
    const [{ rd }] = await post('v1/session', { rd: returnAddress }, { authorization: token.value }, 'same-origin');

    if (rd) {
      location.replace(rd);
      return;
    }
  }

  byId('return-refused').hidden = returnAddress === '';
  show(token);
}

/** Offers what the control plane offers. Where it does not say, passwords are tried. */
async function offer() {
  const [answer] = await post(form.dataset.endpoint, { query: authConfig, variables: { redirect: returnAddress } }).catch(() => [{}]);
  const { localEnabled = true, providers = [] } = answer.data?.authConfig ?? {};
  const list = byId('providers');

  for (const { displayName, url } of providers) {
    const link = document.createElement('a');
    link.className = localEnabled ? 'button quiet' : 'button';
    link.textContent = `Sign in with ${displayName}`;
    link.href = url;
    list.append(link);
  }

  list.hidden = providers.length === 0;

  if (!localEnabled) {
    byId('local').hidden = true;
    byId('forgot').hidden = true;
    byId('send').hidden = true;
    form.elements.identity.disabled = true;
    form.elements.password.disabled = true;
    list.firstElementChild?.focus();
  }
}

/** What a provider's sign-in ended with stands in the fragment; it leaves the address, and with it the history, at once. */
async function arrive() {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const [code, problem] = [fragment.get('code'), fragment.get('problem')];

  if (code === null && problem === null) {
    return;
  }

  history.replaceState(null, '', location.pathname + location.search);

  if (code === null) {
    byId('claim-field').hidden = !/^CLAIM_CODE_/.test(problem);

    // Only words of our own: anybody can make such an address.
    complain(explanations[problem] ?? explanations.PROVIDER_FAILED, false);
    return;
  }

  form.hidden = true;
  byId('waiting').hidden = false;

  try {
    await finish(await exchange(code));
  } catch (error) {
    form.hidden = false;
    complain(error.message, false);
  } finally {
    byId('waiting').hidden = true;
  }
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

function complain(text, isAboutInput = true) {
  const problem = byId('problem');
  problem.textContent = text;
  problem.hidden = text === '';

  if (!isAboutInput) {
    return;
  }

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
    await finish(await signIn(identity.value.trim(), password.value));
    form.reset();
  } catch (error) {
    complain(error.message);
    password.select();
  } finally {
    send.disabled = false;
    send.textContent = 'Sign in';
  }
});

// The code goes along to the sign-in, which keeps it sealed until the browser is back.
byId('claim').addEventListener('input', () => {
  for (const link of byId('providers').children) {
    const url = new URL(link.href);
    url.searchParams.set('claimCode', byId('claim').value.trim());
    link.href = url;
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

offer();
arrive();
