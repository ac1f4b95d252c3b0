import { defineConfig } from 'vite';

export default defineConfig({
  // The page stands on more than one path; the server puts the real folder in front of the names.
  base: './',
  publicDir: false,
  logLevel: 'warn',
  worker: { format: 'es' },
  build: {
    emptyOutDir: true,
    // Pictures and fonts stay files of our own origin.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 5000,
    rolldownOptions: {
      input: 'playground.html',
      // Libraries mark their files for servers that render React; there is none here.
      onwarn: (warning, warn) => warning.code === 'MODULE_LEVEL_DIRECTIVE' || warn(warning),
    },
  },
});
