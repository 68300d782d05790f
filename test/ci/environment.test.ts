import { environmentProblems } from '../../scripts/lib/checks/environment';
import { PRODUCTION } from './production-values';

const fields = (changes: Record<string, string>) =>
  environmentProblems({ ...PRODUCTION, ...changes }).map(({ field }) => field);

describe('a production configuration', () => {
  it('is accepted when complete', () => {
    expect(environmentProblems(PRODUCTION)).toEqual([]);
  });

  it.each([
    ['TARO_APP_APPKEY', 'your-app-key'],
    ['TARO_APP_APPKEY', 'emulator-appkey'],
    ['TARO_APP_DEVELOPMENT', 'on'],
    ['TARO_APP_LEGAL_DOWNLOAD_HOSTS', '203.0.113.7'],
    ['TARO_APP_LEGAL_UPLOAD_HOSTS', 'files.example.com'],
    ['TARO_APP_LINK_SSL', 'off'],
    ['TARO_APP_LBS_URL', 'http://lbs.netease.im/lbs/wxwebconf.jsp'],
  ])('is refused with %s=%s', (field, value) => {
    expect(fields({ [field]: value })).toContain(field);
  });

  it('is refused in development even where development allows http', () => {
    const local = { TARO_APP_DEVELOPMENT: 'on', TARO_APP_LBS_URL: 'http://lbs.netease.im/lbs' };
    expect(fields(local)).toEqual(['TARO_APP_LBS_URL', 'TARO_APP_DEVELOPMENT']);
  });

  it('is refused with a secret', () => {
    expect(fields({ TARO_APP_APP_SECRET: 'a1b2c3d4e5f6' })).toContain('TARO_APP_*');
  });
});
