import { checkPackage } from '../../../scripts/lib/checks';
import { BuiltPackage } from '../../../scripts/lib/checks/built-package';
import { build } from '../../../scripts/lib/build';
import { PRODUCTION } from '../production-values';

/** Taro's output differs from its source: Taro renames names and moves attributes into scripts. */
test('the check finds each use of personal data in an app built with Taro', async () => {
  const { directory } = await build({
    target: 'weapp',
    app: { name: 'privacy-app', sourceRoot: 'test/ci/library/privacy-app' },
    env: PRODUCTION,
  });
  const built = new BuiltPackage(directory, PRODUCTION, '.env.production.local', {});
  const found = checkPackage(built)
    .filter(({ check, severity }) => check === 'privacy' && severity === 'error')
    .map(({ message }) => message.split(' ')[0]);
  expect(found.sort()).toEqual([
    'chooseAvatar',
    'chooseInvoice',
    'chooseVideo',
    'getPhoneNumber',
    'getWeRunData',
    'nickname',
  ]);
});
