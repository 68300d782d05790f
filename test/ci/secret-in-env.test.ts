import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { refuseSecrets } from '../../config/no-secrets';

const ROOT = path.resolve(__dirname, '../..');
const OUTPUT = 'dist/build-that-stops';
const VALUE = '0123456789ab';

jest.setTimeout(60_000);

describe('a secret with the prefix of the mini-program’s configuration', () => {
  test.each(['weapp', 'h5'])(
    'stops the build for %s with its name and without its value',
    (target) => {
      const taro = path.join(ROOT, 'node_modules/@tarojs/cli/bin/taro');
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [taro, 'build', '--type', target],
        {
          cwd: ROOT,
          encoding: 'utf8',
          env: {
            ...process.env,
            NODE_ENV: 'production',
            APP_OUTPUT_ROOT: OUTPUT,
            TARO_APP_APP_SECRET: VALUE,
          },
        },
      );
      expect(status).not.toBe(0);
      expect(stdout + stderr).toContain('TARO_APP_APP_SECRET: a secret must never be in');
      expect(stdout + stderr).not.toContain(VALUE);
      expect(existsSync(path.join(ROOT, OUTPUT))).toBe(false);
    },
  );

  test.each([
    'TARO_APP_APP_SECRET',
    'TARO_APP_AppSecret',
    'TARO_APP_PRIVATE_KEY',
    'TARO_APP_PRIVATEKEY',
  ])('refuses %s', (name) => {
    expect(() => refuseSecrets({ [name]: VALUE })).toThrow(name);
    expect(() => refuseSecrets({ [name]: ' ' })).not.toThrow();
  });

  test('allows what the app needs, and ignores other variables of the machine', () => {
    const names = ['TARO_APP_APPKEY', 'TARO_APP_APP_SERVER', 'MY_SECRET', 'XTARO_APP_SECRET'];
    for (const name of names) expect(() => refuseSecrets({ [name]: VALUE })).not.toThrow();
  });
});
