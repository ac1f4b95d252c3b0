import { defineConfig } from 'vite';

export default defineConfig({
  // The page can be on any path: the server replaces the prefix of the names with the real folder.
  base: './',
  publicDir: false,
  logLevel: 'warn',
  worker: { format: 'es' },
  build: {
    emptyOutDir: true,
    // Keep images and fonts as files of the page's own origin.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 5000,
    rolldownOptions: {
      input: 'playground.html',
      // Libraries mark files for server-side rendering, which is not used here.
      onwarn: (warning, warn) => warning.code === 'MODULE_LEVEL_DIRECTIVE' || warn(warning),
    },
  },
});
