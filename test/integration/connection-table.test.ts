import { bareRoomActor, gatedRoomActor } from '../bench/chatroom-actors';
import { playRoomRow, ROOM_ROWS } from '../bench/chatroom-rows';
import { bareActor, connectionActor } from '../bench/connection-actors';
import { playOnce } from '../bench/connection-bench';
import { ROWS } from '../bench/connection-rows';

/**
 * The tests play every situation in which the bare SDK has more than one live socket (docs/connection.md) with the
 * gate, in a `wx` that refuses a 6th socket, or a 3rd to one host, as WeChat does.
 */
describe.each([300, 2000])('with sockets that take %i ms to close', (closeMs) => {
  // Rows that wait for the SDK's own 8 s timers run once here; `npm run bench -- connection` plays every row twice.
  const rows = ROWS.filter(({ slow, benchOnly }) => !benchOnly && (!slow || closeMs === 300));
  it.each(rows.map((row) => [row.name, row] as const))(
    '%s: one live IM socket, and the last request wins',
    async (_name, row) => {
      expect(await playOnce(row, closeMs, connectionActor)).toEqual({
        maxLive: 1,
        maxPerHost: 1,
        requestsLost: 0,
      });
    },
    60_000,
  );
});

describe.each([300, 2000])('chatroom sockets that take %i ms to close', (closeMs) => {
  it.each(ROOM_ROWS.map((row) => [row.name, row] as const))(
    '%s: at most two sockets to a host, and the last request wins',
    async (_name, row) => {
      const { maxPerHost, requestsLost } = await playRoomRow(row, closeMs, gatedRoomActor);
      expect(maxPerHost).toBeLessThanOrEqual(2);
      expect(requestsLost).toBe(0);
    },
    60_000,
  );
});

describe('the bare SDK, for comparison', () => {
  it('chatroom switch, four times: more than two sockets to a host', async () => {
    const [row] = ROOM_ROWS;
    if (!row) throw new Error('no row');
    const { maxPerHost } = await playRoomRow(row, 300, bareRoomActor);
    expect(maxPerHost).toBeGreaterThan(2);
  }, 60_000);

  const piling = [
    'network off and on, four times in 0.3 s',
    'logout and login, four times',
    'first login refused with 503 three times',
  ];
  it.each(ROWS.filter(({ name }) => piling.includes(name)).map((row) => [row.name, row] as const))(
    '%s: more than one live socket',
    async (_name, row) => {
      const { maxLive } = await playOnce(row, 300, bareActor);
      expect(maxLive).toBeGreaterThan(1);
    },
    60_000,
  );
});
