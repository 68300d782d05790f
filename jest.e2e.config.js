const { projects } = require('./jest.config');

/** The H5 app in Chromium; run by `npm run e2e`, not by `npm test`. */
const [shared] = projects;
module.exports = {
  ...shared,
  displayName: 'e2e',
  testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
  testTimeout: 60_000,
};
