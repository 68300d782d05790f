import { placeOf } from '../../../config/embed/place';
import { changeAppJson, type HostApp } from '../../../scripts/lib/embed/app-json';
import { setInJson } from '../../../scripts/lib/embed/json-text';
import { lineDiff } from '../../../scripts/lib/embed/line-diff';
import { manifestText, readManifest } from '../../../scripts/lib/embed/manifest';

const NEEDS = {
  root: 'packages/im',
  sdkRoot: 'packages/im-sdk',
  pages: ['pages/me/index'],
  permission: { 'scope.userLocation': { desc: 'sends a place' } },
  requiredPrivateInfos: ['chooseLocation'],
};

/** As an owner writes it: two spaces, a list on one line, an order of its own. */
const HOST = `{
  "pages": ["home", "account"],
  "subPackages": [
    { "root": "shop", "pages": ["cart"] }
  ],
  "preloadRule": { "home": { "packages": ["shop"] } },
  "requiredPrivateInfos": []
}
`;

const read = (text: string) => JSON.parse(text) as HostApp;

describe('the entries of the chat in app.json', () => {
  it('are added without a change of what was there', () => {
    const { text, kept } = changeAppJson(HOST, NEEDS, {});
    expect(kept).toEqual([]);
    expect(read(text)).toEqual({
      ...read(HOST),
      subPackages: [
        { root: 'shop', pages: ['cart'] },
        { root: 'packages/im', pages: ['pages/me/index'] },
        { root: 'packages/im-sdk', pages: ['index'] },
      ],
      preloadRule: { home: { packages: ['shop', 'packages/im-sdk'] } },
      permission: NEEDS.permission,
      requiredPrivateInfos: ['chooseLocation'],
    });
    const lost = HOST.split('\n').filter((line) => !text.includes(line.trim().replace(/,$/, '')));
    // The rule and the empty list have grown; every other line is as the owner wrote it.
    expect(lost.map((line) => line.trim())).toEqual([
      '"preloadRule": { "home": { "packages": ["shop"] } },',
      '"requiredPrivateInfos": []',
    ]);
  });

  it('are written once: the second run changes nothing', () => {
    const first = changeAppJson(HOST, NEEDS, {});
    const second = changeAppJson(first.text, NEEDS, first.settings);
    expect(second).toEqual({ ...first, kept: [] });
  });

  it('follow a new version, unless the owner changed or removed them', () => {
    const { text, settings } = changeAppJson(HOST, NEEDS, {});
    const newer = { ...NEEDS, pages: ['pages/me/index', 'pages/new/index'] };
    const updated = changeAppJson(text, newer, settings);
    expect(read(updated.text).subPackages?.[1]?.pages).toEqual(newer.pages);
    expect(updated.kept).toEqual([]);

    const byHand = setInJson(text, ['subPackages', 1, 'pages'], ['pages/mine/index']);
    const changed = changeAppJson(byHand, newer, settings);
    expect(changed.text).toBe(byHand);
    expect(changed.kept).toEqual([expect.stringContaining('subPackages[packages/im]: kept')]);

    const removed = setInJson(text, ['requiredPrivateInfos'], []);
    const again = changeAppJson(removed, NEEDS, settings);
    expect(again.text).toBe(removed);
    expect(again.kept).toEqual([expect.stringContaining('removed by hand')]);
  });

  it('come back into an app.json that the build of the host has written anew', () => {
    const first = changeAppJson(HOST, NEEDS, {});
    expect(changeAppJson(HOST, NEEDS, first.settings)).toEqual(first);
  });

  it('go into an empty app.json, and into the other spelling of sub-packages', () => {
    expect(read(changeAppJson('{}', NEEDS, {}).text).subPackages).toHaveLength(2);
    const other = changeAppJson('{"pages":["a"],"subpackages":[]}', NEEDS, {});
    expect(read(other.text)).toMatchObject({
      subpackages: [{ root: 'packages/im' }, { root: 'packages/im-sdk' }],
      preloadRule: { a: { network: 'all', packages: ['packages/im-sdk'] } },
    });
  });
});

describe('the texts around an embedding', () => {
  it('changes one value of a JSON text, with quotes, escapes and braces in strings', () => {
    const text = '{ "a": "}\\"]", "b": [1, {"c": "x"}] }';
    expect(setInJson(text, ['b', 1, 'c'], 'y')).toBe('{ "a": "}\\"]", "b": [1, {"c": "y"}] }');
    expect(setInJson(text, ['b', 2], 3)).toBe('{ "a": "}\\"]", "b": [1, {"c": "x"}, 3] }');
    expect(setInJson('{}', ['a', 'b', 0], 1)).toBe('{"a": {"b":[1]}}');
    expect(() => setInJson('{ // a', ['a'], 1)).toThrow(SyntaxError);
  });

  it('shows changed lines with their neighbours', () => {
    expect(lineDiff('a\nb\nc\nd\ne\nf', 'a\nb\nc\nd\nE\nf', 1)).toBe('  ...\n  d\n- e\n+ E\n  f');
    expect(lineDiff('a', 'a')).toBe('');
  });

  it('reads back its manifest, also with the line ends of Windows', () => {
    const manifest = {
      files: { 'packages/im/a b.js': 'a'.repeat(64) },
      settings: { 'subPackages[packages/im]': '{"root":"packages/im"}' },
    };
    const text = manifestText(manifest);
    expect(readManifest(text)).toEqual(manifest);
    expect(readManifest(text.replaceAll('\n', '\r\n'))).toEqual(manifest);
    expect(readManifest('')).toEqual({ files: {}, settings: {} });
  });

  it('takes roots that WeChat takes, and names a wrong root', () => {
    expect(placeOf('sub/chat')).toEqual({
      root: 'sub/chat',
      sdkRoot: 'sub/chat-sdk',
      sdkFile: '../chat-sdk/nim-sdk.js',
    });
    for (const root of ['', '/im', 'im/', '../im', 'a b'])
      expect(() => placeOf(root)).toThrow(root);
  });
});
