import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { dotenvParse } from '@tarojs/helper';
import { productionEnv } from '../../scripts/lib/production-env';

const directory = mkdtempSync(path.join(os.tmpdir(), 'production-env-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** Taro's parser writes the values that it reads into the environment. */
const clean = () => {
  delete process.env['TARO_APP_X'];
  delete process.env['TARO_APP_Y'];
};
afterEach(clean);

describe('a value in a file given with --env has the meaning that Taro gives values of its own files', () => {
  it.each([
    ['a comment after the value', 'TARO_APP_X=b # c', 'b'],
    ['a comment after a quoted value', 'TARO_APP_X="b" # c', 'b'],
    ['a # within double quotes', 'TARO_APP_X="b # c"', 'b # c'],
    ['single quotes', "TARO_APP_X='b'", 'b'],
    ['a # without a blank before it', 'TARO_APP_X=b#c', 'b'],
    ['export', 'export TARO_APP_X=b', 'b'],
    ['CRLF', 'TARO_APP_Y=1\r\nTARO_APP_X=b\r\n', 'b'],
    ['no value', 'TARO_APP_X=', ''],
    ['a line break in double quotes', 'TARO_APP_X="b\\nc"', 'b\nc'],
    ['another name', 'TARO_APP_Y=b\nTARO_APP_X=${TARO_APP_Y}c', 'bc'],
  ])('%s', (_what, text, value) => {
    const file = path.join(directory, 'given.env');
    writeFileSync(file, text);
    writeFileSync(path.join(directory, '.env'), text);
    expect(productionEnv(file).overrides['TARO_APP_X']).toBe(value);
    expect(dotenvParse(directory)['TARO_APP_X']).toBe(value);
  });

  it('a byte order mark is not part of a name', () => {
    const file = path.join(directory, 'bom.env');
    writeFileSync(file, '\uFEFFTARO_APP_X=b');
    expect(productionEnv(file).overrides).toEqual({ TARO_APP_X: 'b' });
  });
});
