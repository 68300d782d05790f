import { LOOKS, openStage, type Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 300_000);
afterAll(() => stage.close());

/** Adds a stranger with a long name who asks to become a friend, a blocked account, and a full profile. */
function people(left: string, right: string): void {
  const { world } = stage.emulator;
  const stranger = 'stranger-with-a-long-account-01';
  world.addAccount({
    accountId: stranger,
    name: '名字很长很长很长很长的陌生人 With A Long Name',
    token: '',
  });
  world.updateProfile(right, {
    gender: 2,
    birthday: '1990-05-01',
    mobile: '+86 138 0000 0000',
    email: 'a.long.address.of.somebody@mail.example.com',
    sign: '签名也可以很长很长很长，要换行或者截断，不能溢出屏幕',
  });
  world.relations.setRelation(left, right, { blocked: true });
  world.relations.setRelation(left, stranger, { blocked: true });
  for (const [from, postscript] of [
    [stranger, '我是你的老同学，还记得我吗？我们十年没有见面了，请通过一下'],
    ['asker', 'hi'],
  ] as const) {
    if (from === 'asker') world.addAccount({ accountId: from, name: 'Asker', token: '' });
    world.mailbox(left).notifications.push({
      idServer: world.nextServerId(),
      tags: { 0: world.now(), 1: 5, 2: left, 3: from, 4: postscript, 5: JSON.stringify({ vt: 2 }) },
    });
  }
}

test.each(LOOKS)(
  'draws the pages of people in $name, without an error or a cut text',
  async (look) => {
    const { name } = look;
    const [left, right] = stage.pair;
    people(left, right);
    const pages: [string, string, string][] = [
      // First: the server delivers a request until the first client has acknowledged it, and each page is a new client.
      ['requests', '/packages/people/requests/index', '.p-request'],
      ['contacts', '/pages/contacts/index', '.index-bar'],
      ['friend', `/packages/people/card/index?account=${right}`, '.p-switch'],
      [
        'stranger',
        '/packages/people/card/index?account=stranger-with-a-long-account-01',
        '.p-switch',
      ],
      ['missing', '/packages/people/card/index?account=nobody', '.empty'],
      ['blocked', '/packages/people/blocked/index', '.p-row'],
      ['add', '/packages/people/add/index', '.p-hint'],
      ['profile', '/packages/people/profile/index', '.cell'],
      ['code', '/packages/people/code/index', '.code-picture'],
    ];
    for (const [page, route, waitFor] of pages) {
      const opened = await stage.phone(left, { ...look, route });
      await opened.page.locator(waitFor).first().waitFor();
      if (page === 'missing')
        await opened.page.locator('.empty', { hasText: /没有这个账号|No such account/ }).waitFor();
      await opened.shoot(`people-${page}-${name}`);
      expect(opened.errors).toEqual([]);
      await opened.context.close();
    }
  },
  120_000,
);
