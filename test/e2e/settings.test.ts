import { LOOKS, openStage, type Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 300_000);
afterAll(() => stage.close());

/** Somebody who is online, and notices of each kind with long names and texts. */
function fill(left: string, right: string): void {
  const { world, clients } = stage.emulator;
  clients.addPhantom(right);
  world.broadcast(
    JSON.stringify({
      title: '停机维护 Maintenance on Sunday night from two to four o’clock',
      text: '今晚两点到四点停机维护，期间无法收发消息，已发送的消息会在维护结束后送达。'.repeat(2),
    }),
  );
  const from = '名字很长很长很长很长的机器人 With A Long Name';
  world.addAccount({ accountId: 'long-sender', name: from, token: '' });
  world.mailbox(left).notifications.push({
    idServer: world.nextServerId(),
    tags: {
      0: world.now(),
      1: 100,
      2: left,
      3: 'long-sender',
      5: '{"title":"订单 20261128000001","text":"包裹已发出"}',
    },
  });
  world.mailbox(left).notifications.push({
    idServer: world.nextServerId(),
    tags: { 0: world.now(), 1: 5, 2: left, 3: right, 4: '我是小王', 5: JSON.stringify({ vt: 2 }) },
  });
}

const TEXTS_ONLY: readonly string[] = ['notices', 'me', 'settings'];
const TAIWAN = { name: 'light-zh-TW', colorScheme: 'light', locale: 'zh-TW' } as const;

test.each([...LOOKS, TAIWAN])(
  'draws settings, notices and online dots in $name, without an error or a cut text',
  async (look) => {
    const [left, right] = stage.pair;
    fill(left, right);
    const pages: [string, string, string][] = [
      ['notices', '/packages/people/notices/index', '.p-notice'],
      ['contacts', '/pages/contacts/index', '.contact-online'],
      ['list', '/pages/conversations/index', '.conv'],
      ['me', '/pages/me/index', '.cell'],
      ['settings', '/packages/settings/index', '.set-hint'],
      ['storage', '/packages/settings/storage/index', '.set-head'],
      ['about', '/packages/settings/about/index', '.cell'],
    ];
    // The texts of all pages are compared without a browser (unit/view/traditional).
    const drawn = look === TAIWAN ? pages.filter(([page]) => TEXTS_ONLY.includes(page)) : pages;
    for (const [page, route, waitFor] of drawn) {
      // Each page is a new client of the account, and the server sends a status once within 30 s.
      stage.emulator.world.subscriptions.removeAll(left);
      const opened = await stage.phone(left, { ...look, route });
      await opened.page.locator(waitFor).first().waitFor();
      await opened.shoot(`settings-${page}-${look.name}`);
      expect(opened.errors).toEqual([]);
      await opened.context.close();
    }
  },
  120_000,
);
