import { defineConfig, devices } from '@playwright/test';
import { findChromium } from './tools/find-program.ts';

const port = process.env['E2E_PORT'] ?? '18080';
// E2E_URL: a system that already runs; otherwise a fresh one is started for the journeys and removed afterwards.
const running = process.env['E2E_URL'];
const baseURL = running ?? `http://localhost:${port}`;
const executablePath = findChromium();

const ARGS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  fullyParallel: false,
  workers: 1,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    ...devices['Desktop Chrome'],
    baseURL,
    viewport: { width: 1366, height: 768 },
    locale: 'ru-RU',
    timezoneId: 'Asia/Bishkek',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: { args: ARGS, ...(executablePath ? { executablePath } : {}) },
  },
  ...(running
    ? {}
    : {
        webServer: {
          command: 'node tools/e2e-system.ts',
          env: { PORT: port },
          url: `${baseURL}/readyz`,
          timeout: 180_000,
          gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
          stdout: 'pipe',
        },
      }),
});
