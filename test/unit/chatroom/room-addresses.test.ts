import type { ImConnection } from '@/connection';
import { type AskForAddresses, RoomAddresses } from '@/packages/chatroom/connection/room-addresses';

describe('the addresses of a room', () => {
  const ask: AskForAddresses = (_whom, question) => question();
  const online = (answer: () => Promise<string[]>) =>
    ({
      state: { name: 'online' },
      services: { login: { getChatroomLinkAddress: answer } },
    }) as unknown as ImConnection;

  it('come over IM when IM is online, otherwise from the app server', async () => {
    const appServer = () => Promise.resolve(['app.example']);
    const over = (im: ImConnection | null) =>
      new RoomAddresses('9000', { im: () => im, appServer });
    await expect(over(online(() => Promise.resolve(['im.example']))).next(ask)).resolves.toBe(
      'im.example',
    );
    await expect(over(null).next(ask)).resolves.toBe('app.example');
    await expect(over(online(() => Promise.reject({ code: 192004 }))).next(ask)).resolves.toBe(
      'app.example',
    );
    await expect(
      over(online(() => Promise.reject({ code: 113404 }))).next(ask),
    ).rejects.toMatchObject({ code: 113404 });
  });

  it('are reused when neither IM nor the app server answers', async () => {
    let works = true;
    const addresses = new RoomAddresses('9000', {
      im: () => null,
      appServer: () => (works ? Promise.resolve(['a.example']) : Promise.reject({ code: 600104 })),
    });
    await addresses.next(ask);
    works = false;
    await expect(addresses.next(ask)).resolves.toBe('a.example');
    addresses.dropAddresses();
    await expect(addresses.next(ask)).rejects.toMatchObject({ code: 600104 });
  });

  it('leave out hosts that WeChat refuses, unless all hosts are refused', async () => {
    const from = (list: string[]) =>
      new RoomAddresses('9000', {
        im: () => null,
        appServer: () => Promise.resolve(list),
        isLegal: (host) => host === 'listed.example',
      });
    const addresses = from(['a.example:443', 'listed.example:443']);
    expect(await addresses.next(ask)).toBe('listed.example:443');
    expect(await addresses.next(ask)).toBe('listed.example:443');
    expect(await from(['a.example:443']).next(ask)).toBe('a.example:443');
  });

  it('end the entry with 113304 when the list is empty', async () => {
    const none = new RoomAddresses('9000', {
      im: () => null,
      appServer: () => Promise.resolve([]),
    });
    await expect(none.next(ask)).rejects.toMatchObject({ code: 113304 });
  });
});
