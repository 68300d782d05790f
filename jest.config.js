/**
 * The projects run by `npm test`, one worker each (two cores): pure logic, the unmodified SDK on the
 * emulator over real sockets, the production mini-program package in a host, and the upload scripts.
 * Chromium and miniprogram-ci have configs of their own: jest.e2e.config.js, jest.ci.config.js.
 */
const swc = [
  '@swc/jest',
  {
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', tsx: true },
      transform: { react: { runtime: 'automatic' } },
    },
    module: { type: 'commonjs' },
  },
];

const shared = {
  rootDir: __dirname,
  testEnvironment: 'node',
  // jest's cleanup proxies recurse without end on the objects of a vm and of evaluated bundles.
  testEnvironmentOptions: { globalsCleanup: 'off' },
  transform: { '^.+\\.(t|j|mj)sx?$': swc },
  // ESM-only packages that node tests import directly.
  transformIgnorePatterns: ['/node_modules/(?!(nim-web-sdk-ng|mobx)/)'],
  moduleNameMapper: { '^@/(.*)$': '<rootDir>/src/$1' },
  injectGlobals: true,
};

module.exports = {
  // A limit for tests that hang, in ms. Jest reads it here only: in a project it is ignored without a word,
  // and the default of 5 s is too short for heavy tests on a busy machine.
  testTimeout: 30_000,
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['<rootDir>/test/unit/**/*.test.ts?(x)'] },
    {
      ...shared,
      displayName: 'emulator',
      testMatch: ['<rootDir>/test/{emulator,wx}/**/*.test.ts'],
    },
    {
      ...shared,
      displayName: 'integration',
      testMatch: ['<rootDir>/test/integration/**/*.test.ts'],
    },
    {
      ...shared,
      displayName: 'weapp',
      testEnvironment: '<rootDir>/test/second-opinion/environment.ts',
      globalSetup: '<rootDir>/test/weapp/build-once.ts',
      testMatch: ['<rootDir>/test/{host,weapp}/**/*.test.ts'],
    },
    { ...shared, displayName: 'ci', testMatch: ['<rootDir>/test/ci/*.test.ts'] },
  ],
};
