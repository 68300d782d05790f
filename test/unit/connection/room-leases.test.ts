import { RoomLeases } from '@/connection';
import { FakeClock } from '../fakes/fake-clock';
import { gatedSockets } from '../fakes/fake-sockets';
import { fate } from '../fakes/rig';

const URL_ = 'wss://room.example/socket';

describe('room leases', () => {
  it('grant the next room its place only after the last room fired onClose', async () => {
    const clock = new FakeClock();
    const { gate, connect } = gatedSockets(clock);
    const leases = new RoomLeases(gate);
    const first = await leases.lease('1');
    const socket = connect(URL_, first.owner);
    await clock.advance(20);
    const second = fate(leases.lease('2'));
    await clock.advance(0);
    expect(first.revoked).toBe(true);
    socket.close();
    void first.release();
    await clock.advance(299);
    expect(second.status).toBe('pending');
    await clock.advance(1);
    expect(second.value?.roomId).toBe('2');
    expect(leases.rooms()).toEqual(['2']);
  });

  it('serve the newest of several requests', async () => {
    const clock = new FakeClock();
    const { gate } = gatedSockets(clock);
    const leases = new RoomLeases(gate);
    const first = await leases.lease('1');
    const wishes = ['2', '3', '4'].map((roomId) => fate(leases.lease(roomId)));
    await first.release();
    await clock.advance(0);
    expect(wishes.map(({ code, value }) => code ?? value?.roomId)).toEqual([191002, 191002, '4']);
  });

  it('can be cancelled while waiting', async () => {
    const clock = new FakeClock();
    const { gate } = gatedSockets(clock);
    const leases = new RoomLeases(gate);
    await leases.lease('1');
    const abort = new AbortController();
    const wish = fate(leases.lease('2', { signal: abort.signal }));
    abort.abort();
    await clock.advance(0);
    expect(wish.code).toBe(191002);
    expect(leases.rooms()).toEqual(['1']);
  });

  it('allow two rooms when configured', async () => {
    const clock = new FakeClock();
    const { gate } = gatedSockets(clock);
    const leases = new RoomLeases(gate, 2);
    await leases.lease('1');
    await leases.lease('2');
    expect(leases.rooms()).toEqual(['1', '2']);
  });

  it('tell a revocation once: to handlers that wait, and at once to handlers that come later', async () => {
    const clock = new FakeClock();
    const { gate } = gatedSockets(clock);
    const leases = new RoomLeases(gate);
    const first = await leases.lease('1');
    const told: string[] = [];
    first.onRevoked(() => told.push('early'));
    expect([first.revoked, told]).toEqual([false, []]);
    void leases.lease('2');
    await clock.advance(0);
    first.onRevoked(() => told.push('late'));
    void leases.lease('3').catch(() => undefined);
    expect([first.revoked, told]).toEqual([true, ['early', 'late']]);
  });

  it('give each room an owner of its own, and free the place of the released room only', async () => {
    const { gate } = gatedSockets(new FakeClock());
    const leases = new RoomLeases(gate);
    leases.setPlaces(2);
    const [first, second] = [await leases.lease('1'), await leases.lease('2')];
    expect([first.owner, second.owner]).toEqual(['room:1#1', 'room:2#2']);
    await second.release();
    await second.release();
    expect(leases.rooms()).toEqual(['1']);
  });

  it('say why a request got no room', async () => {
    const { gate } = gatedSockets(new FakeClock());
    const leases = new RoomLeases(gate);
    await leases.lease('1');
    const abort = new AbortController();
    const listen = jest.spyOn(abort.signal, 'addEventListener');
    void expect(leases.lease('2')).rejects.toMatchObject({
      code: 191002,
      detail: 'replaced by a newer request than room 2',
    });
    const aborted = expect(leases.lease('3', { signal: abort.signal })).rejects.toMatchObject({
      detail: 'room 3 was given up',
    });
    abort.abort();
    await aborted;
    await expect(leases.lease('4', { signal: abort.signal })).rejects.toMatchObject({
      detail: 'room 4 was given up',
    });
    expect(listen).toHaveBeenCalledWith('abort', expect.any(Function), { once: true });
  });
});
