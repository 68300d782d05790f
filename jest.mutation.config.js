/** The unit tests as a single project: StrykerJS takes no list of projects. `npm run mutation` uses this file. */
const { projects } = require('./jest.config.js');

module.exports = {
  ...projects.find(({ displayName }) => displayName === 'unit'),
  // The sandbox of StrykerJS lies in .cache, which jest would otherwise crawl a second time.
  modulePathIgnorePatterns: ['<rootDir>/.cache/'],
};
