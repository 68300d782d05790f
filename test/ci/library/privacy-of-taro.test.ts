import { checkPackage } from '../../../scripts/lib/checks';
import { BuiltPackage } from '../../../scripts/lib/checks/built-package';
import { build } from '../../../scripts/lib/build';
import { PRODUCTION } from '../production-values';

/** What Taro makes of a source differs from the source: names are renamed, attributes move into scripts. */
test('each use of personal data in an app built with Taro is found', async () => {
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
