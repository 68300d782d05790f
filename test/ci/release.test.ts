import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { appIdOf, findAppId } from '../../scripts/lib/ci/app-id';
import { descriptionOf, robotOf, versionOf } from '../../scripts/lib/ci/release';

const root = path.resolve(__dirname, '../..');

describe('version', () => {
  it("is package.json's unless given", () => {
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      version: string;
    };
    expect(versionOf(undefined)).toBe(version);
    expect(versionOf('2.0.1')).toBe('2.0.1');
  });

  it.each(['', '1.0.0-beta.1', '1 0', 'v1/2', '一', '1'.repeat(65)])('rejects %p', (version) => {
    expect(() => versionOf(version)).toThrow('610006');
  });
});

describe('description', () => {
  it('is the subject of the last commit unless given', () => {
    const { stdout } = spawnSync('git', ['log', '-1', '--format=%s'], {
      cwd: root,
      encoding: 'utf8',
    });
    if (stdout) expect(descriptionOf(undefined)).toBe(stdout.trim().slice(0, 200));
    expect(descriptionOf('a release')).toBe('a release');
  });

  it('has 200 characters at most', () => {
    expect(descriptionOf('x'.repeat(300))).toHaveLength(200);
  });
});

describe('robot', () => {
  it('is 1 unless given, up to 30', () => {
    expect([undefined, '1', '30'].map(robotOf)).toEqual([1, 1, 30]);
  });

  it.each(['0', '31', '1.5', 'one'])('rejects %s', (robot) => {
    expect(() => robotOf(robot)).toThrow('610001');
  });
});

describe('app id', () => {
  const kept = process.env['MINIPROGRAM_APPID'];
  afterEach(() => {
    if (kept === undefined) delete process.env['MINIPROGRAM_APPID'];
    else process.env['MINIPROGRAM_APPID'] = kept;
  });
  const [option, variable, build] = [
    'wx000000000000000a',
    'wx000000000000000b',
    'wx000000000000000c',
  ];

  it("is the option, then the variable, then the build's app id", () => {
    process.env['MINIPROGRAM_APPID'] = variable;
    expect(appIdOf(option, { TARO_APP_ID: build })).toBe(option);
    expect(appIdOf(undefined, { TARO_APP_ID: build })).toBe(variable);
    delete process.env['MINIPROGRAM_APPID'];
    expect(appIdOf(undefined, { TARO_APP_ID: build })).toBe(build);
  });

  it.each(['touristappid', 'wx0000000000000000'])('treats %s as missing', (id) => {
    delete process.env['MINIPROGRAM_APPID'];
    expect(findAppId(undefined, { TARO_APP_ID: id })).toBeUndefined();
    expect(() => appIdOf(undefined, { TARO_APP_ID: id })).toThrow('610002');
  });

  it('must match the pattern of app ids', () => {
    expect(() => appIdOf('wx123', {})).toThrow('"wx123" is not an app id');
  });
});
