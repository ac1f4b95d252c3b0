// GraphiQL stores its state only for the life of the browser's tab: texts of requests may contain passwords, and a token in localStorage
// would be kept longer than needed and be readable by every page of the origin. The headers pane, which has the token, is not stored at
// all (see main.jsx).
export const storage = {
  getItem: (key) => sessionStorage.getItem(key),
  setItem: (key, value) => sessionStorage.setItem(key, value),
  removeItem: (key) => sessionStorage.removeItem(key),
  clear: () => sessionStorage.clear(),
  get length() {
    return sessionStorage.length;
  },
};
