const { projects } = require('./jest.config');

/** Needs miniprogram-ci and a production build; run by `npm run test:ci`, not by `npm test`. */
const [shared] = projects;
module.exports = {
  ...shared,
  displayName: 'ci library',
  testMatch: ['<rootDir>/test/ci/library/**/*.test.ts'],
  globalSetup: '<rootDir>/test/ci/library/build-production.ts',
  testTimeout: 60_000,
};
