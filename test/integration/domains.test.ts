import { type Emulator, startEmulator } from '../../emulator';
import { readEnv } from '@/env/runtime-env';
import { DOMAIN_LISTS, domainsOf } from '../../scripts/lib/domains';
import type { DomainList } from '../../scripts/lib/vendor-addresses';
import { PRODUCTION } from '../ci/production-values';
import { waitFor } from '../harness';
import { createRoomClient, type RoomClient } from '../harness/room-client';

/** Addresses that a company configures, with the emulator's host names; the emulator serves all hosts. */
const ENV = { ...PRODUCTION, TARO_APP_UPLOAD_URL: 'https://nosup-hz1.127.net' };
const LINK = 'wlnimsc0.netease.im:443';
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Path under which the emulator serves each host. */
const PATHS: Readonly<Record<string, string>> = {
  'lbs.netease.im': '',
  'wlnimsc0.netease.im': '',
  'nosup-hz1.127.net': '/nos',
  'nim-nosdn.netease.im': '/nos',
  'chat.company.test': '/app',
};

const listed = domainsOf(readEnv(ENV), []);
const addressesOf = (list: DomainList) => listed[list].map(({ address }) => address);

jest.setTimeout(60_000);

let emulator: Emulator;
let client: RoomClient;

beforeEach(async () => {
  emulator = await startEmulator({
    world: 'empty',
    appkey: ENV.TARO_APP_APPKEY,
    names: {
      link: LINK,
      upload: 'https://nosup-hz1.127.net',
      cdn: 'https://nim-nosdn.netease.im',
    },
  });
  for (const accountId of ['anna', 'ben'])
    emulator.world.addAccount({ accountId, token: `token-${accountId}`, name: accountId });
  emulator.rooms.addRoom({ roomId: '9000', roomName: 'Room', creatorAccountId: 'anna' });
  client = createRoomClient(
    emulator,
    {
      // WeChat's rules with exactly the lists that `npm run domains` prints.
      legalHosts: Object.fromEntries(DOMAIN_LISTS.map((list) => [list, addressesOf(list)])),
      resolve: toEmulator,
      loginCode: 'demo:anna',
    },
    ENV,
  );
});

afterEach(async () => {
  await client.dispose();
  const { unimplemented } = emulator;
  await emulator.close();
  expect(unimplemented).toEqual([]);
});

function toEmulator(url: string): string {
  const { protocol, hostname, pathname, search } = new URL(url);
  const below = PATHS[hostname];
  if (below === undefined) return url;
  const path = pathname.startsWith(`${below}/`) ? pathname : below + pathname;
  const scheme = protocol === 'wss:' ? 'ws' : 'http';
  return `${scheme}://${new URL(emulator.url).host}${path}${search}`;
}

/** Signs in, sends a picture, reads history, visits a room, loses the link and reconnects without an LBS. */
async function useEverything(): Promise<void> {
  const { root, chatroom, wx } = client;
  const picture = wx.files.add(Buffer.from(PIXEL, 'base64'), 'png');
  await root.session.signIn({ way: 'dynamic', accountId: 'anna' });
  await waitFor(() => root.account?.conversations.state === 'ready', { what: 'anna online' });
  await root.remoteConfig.load();
  const { account } = root;
  if (!account) throw new Error('anna has no stores');
  for (let i = 0; i < 40; i++)
    emulator.world.sendMessage({ from: 'ben', to: 'anna', text: `${i}` });

  const chat = account.messages.open(account.conversations.conversationIdWith('ben'));
  await waitFor(() => chat.ready, { what: 'the first page' });
  await chat.loadOlder();
  const im = client.core.manager.connection;
  const image = im?.services.messageCreator.createImageMessage(picture);
  const row = image && chat.send(image);
  await waitFor(() => row?.status === 'sent', { what: 'the picture in the chat' });

  await chatroom.roomList.load();
  const room = await chatroom.enter('9000');
  await waitFor(() => room.feed.ready, { what: 'the history of the room' });
  room.sendFile({ kind: 'image', file: picture, width: 1, height: 1 });
  await waitFor(
    () => room.feed.rows().some(({ kind, status }) => kind === 'image' && status === 'sent'),
    {
      what: 'the picture in the room',
    },
  );
  await room.myOtherClients();
  await chatroom.leave();

  await root.session.signOut();
  emulator.faults.add({ kind: 'lbs', how: 'status', status: 503 });
  await root.session.signIn({ way: 'static', accountId: 'anna', token: 'token-anna' });
  await waitFor(() => root.connection.state.name === 'online', { what: 'anna online by linkUrl' });
  await chatroom.enter('9000', { signIn: { way: 'anonymous' } });
}

/** Returns the requested hosts in the form of WeChat's console. */
function requestedHosts(): Record<DomainList, string[]> {
  const origins = (urls: readonly string[]) =>
    [...new Set(urls.map((url) => /^[a-z]+:\/\/[^/?#]+/.exec(url)?.[0] ?? url))].sort();
  const of = (api: string) =>
    origins(client.wx.requests.filter((one) => one.api === api).map(({ url }) => url));
  return {
    request: of('request'),
    // An entry of the socket list covers every port.
    socket: origins(client.wx.sockets.connects).map((origin) => origin.replace(/:\d+$/, '')),
    uploadFile: of('uploadFile'),
    downloadFile: of('downloadFile'),
  };
}

test('npm run domains lists every host and port that the unmodified SDKs request', async () => {
  await useEverything();
  const { request, socket, uploadFile, downloadFile } = requestedHosts();
  expect({ request, socket: [...new Set(socket)], uploadFile, downloadFile }).toEqual({
    request: [
      'https://chat.company.test',
      'https://lbs.netease.im',
      'https://nim-nosdn.netease.im',
      'https://wlnimsc0.netease.im',
      'https://wlnimsc0.netease.im:443',
    ],
    socket: ['wss://wlnimsc0.netease.im'],
    uploadFile: ['https://nosup-hz1.127.net'],
    downloadFile: [],
  });
  for (const list of DOMAIN_LISTS)
    expect(addressesOf(list)).toEqual(expect.arrayContaining(requestedHosts()[list]));
  expect(client.wx.requests.filter(({ errMsg }) => /domain list/.test(errMsg ?? ''))).toEqual([]);
  expect(client.core.journal.entries().filter(({ kind }) => kind === 'domain')).toEqual([]);
});

test('the other listed hosts are fallbacks: a second link, upload hosts without an LBS, downloads', async () => {
  await useEverything();
  const used = requestedHosts();
  const spare = DOMAIN_LISTS.flatMap((list) =>
    addressesOf(list).filter((address) => !used[list].includes(address)),
  );
  expect(spare).toEqual([
    'https://wlnimsc1.netease.im',
    'https://wlnimsc1.netease.im:443',
    'wss://wlnimsc1.netease.im',
    'https://fileup.chatnos.com',
    'https://oss.chatnos.com',
    'https://nim-nosdn.netease.im',
  ]);
});
