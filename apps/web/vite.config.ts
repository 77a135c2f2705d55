import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compression, defineAlgorithm } from 'vite-plugin-compression2';

const SERVER = 'http://localhost:8080';

// Assets carry their hash in the name, so the server lets browsers keep them for ever; brotli files lie beside them.
export default defineConfig({
  plugins: [
    react(),
    compression({
      algorithms: [defineAlgorithm('brotliCompress', {}), defineAlgorithm('gzip', { level: 9 })],
      include: /\.(js|css|html|svg|json)$/,
      threshold: 1024,
      logLevel: 'silent',
    }),
  ],
  build: {
    target: ['chrome111', 'firefox114', 'safari16.4'],
    sourcemap: false,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': { target: SERVER, changeOrigin: false } } },
});
