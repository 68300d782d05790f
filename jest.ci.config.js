const { projects } = require('./jest.config');

/** The tests with miniprogram-ci and a production build; `npm run test:ci` runs them, not `npm test`. */
const [shared] = projects;
module.exports = {
  ...shared,
  displayName: 'ci library',
  testMatch: ['<rootDir>/test/ci/library/**/*.test.ts'],
  globalSetup: '<rootDir>/test/ci/library/build-production.ts',
  testTimeout: 60_000,
};
