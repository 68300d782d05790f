import type { Core } from '@/connection/boot';
import { inspect, reportText } from '@/packages/diagnostics/inspect';

const NOW = 1_700_000_000_000;

function core(clients: object[]): Core {
  const login = {
    getLoginClients: () => clients,
    getCurrentLoginClient: () => clients[0],
  };
  return {
    platform: { clock: { now: () => NOW } },
    manager: {
      state: { name: 'waiting', attempt: 3, delayMs: 8000, until: NOW + 5000, reason: 192003 },
      connection: { services: { login } },
    },
    gate: { counts: () => ({ live: 0, held: 0, stuck: 0, byHost: {} }), list: () => [] },
    journal: { entries: () => [] },
  } as unknown as Core;
}

const mine = {
  clientId: 'c1',
  clientIP: '203.0.113.7',
  timestamp: NOW - 1000,
  customTag: 'shop-1',
  type: 16,
  os: 'iOS',
};

describe("the inspector's rows for this login", () => {
  it('show the own address, tag and time, and the order in which other clients signed in', () => {
    const others = [
      { clientId: 'c2', timestamp: NOW - 9000, type: 2, os: 'iOS' },
      { clientId: 'c3', timestamp: NOW - 5000, type: 4, os: 'Windows' },
    ];
    expect(inspect(core([mine, ...others]))).toMatchObject({
      clientId: 'c1',
      clientIp: '203.0.113.7',
      signedInAt: NOW - 1000,
      customTag: 'shop-1',
      lastOther: `4 Windows ${new Date(NOW - 5000).toISOString()}`,
      otherClients: 2,
    });
  });

  it('show the number and time of the next attempt', () => {
    const inspection = inspect(core([mine]));
    expect(inspection).toMatchObject({ attempt: 3, nextInMs: 5000, reason: 192003 });
    expect(inspection.lastOther).toBeUndefined();
    expect(reportText(inspection)).toContain('nextInMs: 5000');
  });
});
