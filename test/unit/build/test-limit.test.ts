import { createRequire } from 'node:module';

const load = createRequire(__filename);

interface Config {
  testTimeout?: number;
  projects?: object[];
}

// Jest 30 takes `testTimeout` from the root only; in a project the value is ignored and 5 s hold.
test.each(['jest.config.js', 'jest.e2e.config.js', 'jest.ci.config.js'])(
  '%s sets the limit of a test at its root',
  (file) => {
    const config = load(`../../../${file}`) as Config;
    expect(config.testTimeout).toBeGreaterThanOrEqual(30_000);
    expect((config.projects ?? []).filter((project) => 'testTimeout' in project)).toEqual([]);
  },
);
