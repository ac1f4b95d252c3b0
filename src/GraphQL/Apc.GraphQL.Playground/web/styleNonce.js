// Monaco and Radix create <style> elements. The page's policy allows only those with its nonce, so each one that the page's own scripts
// create gets it; one that arrives as markup does not.
const { nonce } = document.querySelector('meta[property="csp-nonce"]');
const createElement = Document.prototype.createElement;

Document.prototype.createElement = function (name, options) {
  const element = createElement.call(this, name, options);

  if (element instanceof HTMLStyleElement) {
    element.nonce = nonce;
  }

  return element;
};
