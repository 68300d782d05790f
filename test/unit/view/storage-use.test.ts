import { readFileSync } from 'node:fs';
import path from 'node:path';
import { dependencies } from '../../../package.json';
import { LICENCES } from '@/packages/settings/about/licences';
import { clearStorage, storageUse } from '@/packages/settings/storage/storage-use';
import { fakePlatform } from '../stores/fakes/fake-connection';

const ENTRIES = {
  'yunxin.conversations.anna': 'x'.repeat(100),
  'yunxin.drafts.anna': '草稿',
  'yunxin.unsent.anna': '[1]',
  'yunxin.notices.anna': '{}',
  'yunxin.requests.anna': '[]',
  'yunxin.settings': '{"theme":"dark"}',
  'yunxin.account': '{"token":"t"}',
  'yunxin.emoji.recent': '👍',
  'yunxin.phrases.anna': '["稍等"]',
  'yunxin.mutes.anna': '{}',
  NIMDEVICE: 'id-of-the-device',
};

function filled() {
  const { platform, entries } = fakePlatform();
  for (const [key, value] of Object.entries(ENTRIES)) entries.set(key, value);
  return { storage: platform.storage, entries };
}

test('the bytes of each group are those in UTF-8, keys included', () => {
  const { storage } = filled();
  const bytes = (...keys: (keyof typeof ENTRIES)[]) =>
    keys.reduce((sum, key) => sum + Buffer.byteLength(key + ENTRIES[key]), 0);
  expect(storageUse(storage)).toEqual([
    { group: 'list', bytes: bytes('yunxin.conversations.anna') },
    { group: 'drafts', bytes: bytes('yunxin.drafts.anna') },
    { group: 'unsent', bytes: bytes('yunxin.unsent.anna') },
    { group: 'notices', bytes: bytes('yunxin.notices.anna', 'yunxin.requests.anna') },
    { group: 'settings', bytes: bytes('yunxin.settings', 'yunxin.account') },
    {
      group: 'other',
      bytes: bytes('yunxin.emoji.recent', 'yunxin.phrases.anna', 'yunxin.mutes.anna', 'NIMDEVICE'),
    },
  ]);
});

test('a cleaning removes the stored list and the recent choices, and nothing else', () => {
  const { storage, entries } = filled();
  clearStorage(storage);
  expect([...entries.keys()]).toEqual([
    'yunxin.drafts.anna',
    'yunxin.unsent.anna',
    'yunxin.notices.anna',
    'yunxin.requests.anna',
    'yunxin.settings',
    'yunxin.account',
    'yunxin.phrases.anna',
    'yunxin.mutes.anna',
    'NIMDEVICE',
  ]);
});

test('the licences are those that the packages name, and no package of the app is missing', () => {
  const licenceOf = (name: string) =>
    (
      JSON.parse(
        readFileSync(
          path.resolve(__dirname, '../../../node_modules', name, 'package.json'),
          'utf8',
        ),
      ) as { license: string }
    ).license;
  expect(LICENCES.map(([name]) => [name, licenceOf(name)])).toEqual(LICENCES);
  // These work at build time only.
  const ofBuild = /^@tarojs\/(helper|plugin-)/;
  expect(LICENCES.map(([name]) => name)).toEqual(
    Object.keys(dependencies).filter((name) => !ofBuild.test(name)),
  );
});
