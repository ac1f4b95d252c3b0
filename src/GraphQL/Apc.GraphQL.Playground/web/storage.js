// What GraphiQL keeps lives as long as the browser's tab: texts of requests may hold passwords (createToken), and a token in localStorage would outlive its use
// and be readable by every page of the origin. The headers pane, where the token stands, is not kept at all (see main.jsx).
export const storage = {
  getItem: (key) => sessionStorage.getItem(key),
  setItem: (key, value) => sessionStorage.setItem(key, value),
  removeItem: (key) => sessionStorage.removeItem(key),
  clear: () => sessionStorage.clear(),
  get length() {
    return sessionStorage.length;
  },
};
