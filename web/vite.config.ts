import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** `vite web` serves the page with reload on change and hands the API to a service on its default port; `vite build web` makes dist/web. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // One chunk: everything is shown at once, and it comes from the same machine.
  build: { outDir: '../dist/web', emptyOutDir: true, assetsInlineLimit: 0, chunkSizeWarningLimit: 800 },
  server: { host: '127.0.0.1', port: 5173, proxy: { '/api': 'http://127.0.0.1:3000' } },
});
