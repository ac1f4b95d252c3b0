// What every client is asked to do, and how it tells what it has seen: a line for each step, which ClientTests compares with what it has to see.

export const [url, token] = process.argv.slice(2);
export const webSocketUrl = url.replace(/^http/, 'ws').replace(/\/v1$/, '/ws');

export const documents = {
  query: 'query Greet($name: String) { hello(name: $name) caller raw }',
  mutation: 'mutation { touch }',
  failing: '{ fail }',
  invalid: '{ nothing }',
  large: '{ large(length: 5000) }',
  subscription: 'subscription { count(to: 3) }',
  endless: 'subscription { count(to: 1000000000) }',
};

export const variables = { name: 'Zoë' };

/** Runs the steps one after the other and prints what came of each. */
export async function report(steps) {
  for (const [name, step] of Object.entries(steps)) {
    console.log(`${name}: ${JSON.stringify(await step())}`);
  }
}

/**
 * Collects what a subscription gives, until it completes or has given `limit` results; then it is left.
 * `subscribe` takes an observer and returns the function that leaves.
 */
export function collect(subscribe, limit = Infinity) {
  return new Promise((resolve) => {
    const results = [];
    let leave = () => {};
    let isOver = false;
    const end = (last) => {
      if (!isOver) {
        isOver = true;
        resolve(last === undefined ? results : [...results, last]);
        // A client may call back before it has returned the function.
        queueMicrotask(() => leave());
      }
    };

    leave = subscribe({
      next: (result) => {
        if (!isOver) {
          results.push(result);
        }
        if (results.length === limit) {
          end('left');
        }
      },
      error: (error) => end({ error: messagesOf(error) }),
      complete: () => end('completed'),
    });
  });
}

/** The texts of whatever a client throws or hands out as an error. */
export function messagesOf(error) {
  const errors = Array.isArray(error) ? error : (error.errors ?? error.graphQLErrors ?? error.response?.errors ?? [error]);
  return errors.map((e) => e.message ?? `${e.code} ${e.reason}`);
}

/** The texts of the error that a promise is rejected with. */
export async function errorsOf(promise) {
  try {
    return { resolved: await promise };
  } catch (error) {
    return messagesOf(error);
  }
}
