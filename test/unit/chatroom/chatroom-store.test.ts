import type { Core } from '@/connection/boot';
import { Listeners } from '@/platform';
import { ChatroomStore } from '@/packages/chatroom/stores/chatroom-store';
import { AppServerClient } from '@/stores/session/app-server-client';
import { settle } from '../fakes/fake-clock';
import { memoryStorage } from '../fakes/memory-storage';
import { FakeRoomPort, ROOM, Visit } from './fakes/fake-room';

/** The store of the package on fake parts; its rooms have fake SDK instances. */
function create() {
  const visit = new Visit();
  const ended = new Listeners<[]>();
  const ports: FakeRoomPort[] = [];
  const silent = () => () => undefined;
  const core = {
    env: { appServer: 'https://app.example', legalHosts: { request: [], socket: [] } },
    gate: visit.gate,
    journal: visit.journal,
    manager: { rooms: visit.leases, connection: null, on: silent },
    platform: {
      clock: visit.clock,
      storage: memoryStorage(),
      network: { current: () => ({ isConnected: true, networkType: 'wifi' }), onChange: silent },
      lifecycle: {
        onHide: silent,
        onShow: silent,
        onEnd: (handler: () => void) => ended.add(handler),
      },
      random: () => 0.5,
      loginCode: () => Promise.resolve('code'),
      request: () =>
        Promise.resolve({
          status: 200,
          body: { sessionToken: 's', accountId: 'me', addresses: ['link.example'] },
        }),
    },
  } as unknown as Core;
  const createPort = () => {
    const port = new FakeRoomPort(visit);
    ports.push(port);
    return port;
  };
  const appServer = new AppServerClient(core.platform, core.env.appServer);
  const stores = { account: null, appServer };
  const chatroom = new ChatroomStore({ core, stores, createPort });
  return { chatroom, ports, end: () => ended.emit() };
}

describe('the end of the app', () => {
  it('leaves the room at once, so that others see the exit', async () => {
    const { chatroom, ports, end } = create();
    const entering = chatroom.enter(ROOM, {
      signIn: { way: 'static', accountId: 'me', token: 'token' },
    });
    await settle();
    const room = await entering;
    end();
    expect(room.state).toMatchObject({ name: 'exited', cause: { kind: 'left' } });
    expect(ports.map(({ destroyed }) => destroyed)).toEqual([true]);
  });
});
