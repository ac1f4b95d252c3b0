// Monaco and Radix write <style> elements. The page's policy lets only those with its nonce take effect, so every one made by the page's own scripts gets it;
// one that arrives as markup does not.
const { nonce } = document.querySelector('meta[property="csp-nonce"]');
const createElement = Document.prototype.createElement;

Document.prototype.createElement = function (name, options) {
  const element = createElement.call(this, name, options);

  if (element instanceof HTMLStyleElement) {
    element.nonce = nonce;
  }

  return element;
};
