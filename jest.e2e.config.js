const { projects } = require('./jest.config');

/** The H5 app in Chromium; `npm run e2e` runs these tests, not `npm test`. */
const [shared] = projects;
module.exports = {
  ...shared,
  displayName: 'e2e',
  testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
  testTimeout: 60_000,
};
