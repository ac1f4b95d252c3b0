'use strict';
// The token of the link stands behind the #, which no server sees. It leaves the address at once, so that it is not kept in the browser's history.
const byId = (id) => document.getElementById(id);
const form = byId('form');
const link = new URLSearchParams(location.hash.slice(1));
history.replaceState(null, '', location.pathname);

const tasks = {
  confirm: {
    title: 'Confirm your email address',
    what: 'One click, and you can sign in.',
    button: 'Confirm',
    done: 'Your address is confirmed. You can sign in now.',
    fields: [],
    mutation: 'mutation ($token: String!) { confirmEmail(token: $token, duration: 60000) { user { id } } }',
    variables: (token) => ({ token }),
  },
  reset: {
    title: 'Choose a new password',
    what: 'It replaces the one that you had. All your sessions end.',
    button: 'Set the password',
    done: 'Your password is set. You can sign in with it now.',
    fields: ['password'],
    mutation: 'mutation ($token: String!, $password: String!) { resetPassword(token: $token, password: $password, duration: 60000) { user { id } } }',
    variables: (token) => ({ token, password: byId('password').value }),
  },
  claim: {
    title: 'Set up this control plane',
    what: 'You become its first administrator.',
    button: 'Set up',
    done: 'You are the administrator now, and can sign in.',
    fields: ['email', 'name', 'password'],
    mutation: `mutation ($email: String!, $password: String!, $profile: JSON, $claimCode: String) {
      createUser(email: $email, password: $password, profile: $profile, claimCode: $claimCode, duration: 60000) { user { id } }
    }`,
    variables: (claimCode) => ({ claimCode, ...person() }),
  },
  invite: {
    title: 'Welcome',
    what: 'You are invited. Choose a password to sign in with.',
    button: 'Join',
    done: 'You are a user now, and can sign in.',
    fields: ['email', 'name', 'password'],
    mutation: `mutation ($email: String!, $password: String!, $profile: JSON, $inviteToken: String) {
      createUser(email: $email, password: $password, profile: $profile, inviteToken: $inviteToken, duration: 60000) { user { id } }
    }`,
    variables: (inviteToken) => ({ inviteToken, ...person() }),
  },
};

const person = () => ({
  email: byId('email').value,
  password: byId('password').value,
  profile: byId('name').value.trim() ? { fullName: byId('name').value.trim() } : null,
});

const accept = {
  title: 'Accept the invitation',
  what: 'Sign in with the account that has this email address.',
  button: 'Accept',
  done: 'You are in.',
  fields: ['email', 'password'],
  signIn: 'mutation ($identity: String, $password: String!) { createToken(identity: $identity, password: $password, duration: 60000) { token { value } } }',
  mutation: 'mutation ($inviteToken: String!) { acceptInvite(inviteToken: $inviteToken) { id } }',
  variables: (inviteToken) => ({ inviteToken }),
};

const forgot = {
  title: 'Forgot your password?',
  what: 'Name your email address, and a mail with a link comes if you are a user.',
  button: 'Send me a link',
  done: 'If you are a user, the mail comes within minutes. Its link is good for an hour.',
  fields: ['email'],
  mutation: 'mutation ($email: String!) { forgotPassword(email: $email) }',
  variables: () => ({ email: byId('email').value.trim() }),
};

// What a person can do about it; for other problems the server's own words are the best there are.
const explanations = {
  PUBLIC_SIGNUPS_DISABLED: 'This invitation cannot be used: it was used already, has expired, or was withdrawn. Ask for a new one.',
  EMAIL_TAKEN: 'You have an account already. Press “I have an account already”.',
  INVITATION_INVALID: 'This invitation cannot be used: it was used already, has expired, was withdrawn, or is for another address. Ask for a new one.',
  INVITER_LACKS_ROLE: 'Who invited you may not give this any more. Ask for a new invitation.',
  SERVICE_UNAVAILABLE: 'The control plane cannot reach its database just now. Try again in a moment.',
};

async function ask(query, variables, token = '') {
  let response;

  try {
    response = await fetch(form.dataset.endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...(token && { authorization: token }) },
      body: JSON.stringify({ query, variables }),
      credentials: 'omit',
      cache: 'no-store',
    });
  } catch {
    throw new Error('The control plane did not answer. Check your connection, then try again.');
  }

  const answer = await response.json().catch(() => ({}));
  const problem = answer.errors?.[0];

  if (problem || !answer.data) {
    throw new Error(explanations[problem?.extensions?.code] ?? problem?.message ?? `The control plane gave an answer that this page does not understand (HTTP ${response.status}).`);
  }

  return answer.data;
}

function say(title, what) {
  document.title = title;
  byId('title').textContent = title;
  byId('what').textContent = what;
}

function complain(text) {
  byId('problem').textContent = text;
  byId('problem').hidden = text === '';
  byId('password').setAttribute('aria-invalid', String(text !== ''));
}

const [kind, token] = [...link].find(([name]) => Object.hasOwn(tasks, name)) ?? [];
let task = tasks[kind] ?? forgot;

byId('email').value = link.get('email') ?? '';

// An invitation is for its address and no other.
byId('email').readOnly = kind === 'invite';

function begin() {
  say(task.title, task.what);
  byId('send').textContent = task.button;

  for (const field of ['email', 'name', 'password']) {
    byId(`${field}-field`).hidden = !task.fields.includes(field);
  }

  byId('email').required = task.fields.includes('email');
  byId('password').required = task.fields.includes('password');
  byId('known').hidden = task !== tasks.invite;
  form.hidden = false;
  byId(task === forgot || task === tasks.claim ? 'email' : task.fields.includes('password') ? 'password' : 'send').focus();
}

begin();

byId('accept').addEventListener('click', () => {
  task = accept;
  complain('');
  byId('rule').hidden = true;
  byId('password-label').textContent = 'Password';
  byId('password').autocomplete = 'current-password';
  begin();
});

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  complain('');
  byId('send').disabled = true;

  try {
    const session = task.signIn && (await ask(task.signIn, { identity: byId('email').value, password: byId('password').value }));
    await ask(task.mutation, task.variables(token), session?.createToken?.token?.value);
    form.reset();
    form.hidden = true;
    byId('next').hidden = false;
    say(task.title, task.done);
    byId('what').focus();
  } catch (error) {
    complain(error.message);
  } finally {
    byId('send').disabled = false;
  }
});
