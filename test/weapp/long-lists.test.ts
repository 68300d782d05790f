import { useWeapp, type Phone } from './phone';

const stage = useWeapp();

/** Creates `count` messages from ben to anna, a minute apart, with the texts m0, m1, ... */
function talk(count: number): void {
  const start = Date.now() - (count + 60) * 60_000;
  for (let i = 0; i < count; i++) {
    const createTime = start + i * 60_000;
    stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: `m${i}`, createTime });
  }
}

async function signedIn(): Promise<Phone> {
  const phone = await stage.phone();
  await phone.signIn('账号密码', 'anna', 'token-anna');
  return phone;
}

async function pageBack(phone: Phone): Promise<void> {
  const [oldest] = phone.bubbles();
  phone.host.page.find({ id: 'messages' }).scrollToUpper();
  await phone.host.waitFor(() => phone.bubbles()[0] !== oldest, { what: `rows before ${oldest}` });
}

/** Returns the ids of the segments that hold rows. */
const loaded = (phone: Phone) =>
  phone.host.page
    .findAll({ className: 'history-segment' })
    .filter((segment) => segment.children().length > 0)
    .map(({ id }) => id);

describe('a long chat in the built package', () => {
  it('unloads the rows far from the screen, keeps their height, and restores them', async () => {
    talk(150);
    const phone = await signedIn();
    await phone.openChat('本');
    await phone.bubble('m149');
    for (let page = 0; page < 3; page++) await pageBack(phone);
    const { host, wx } = phone;
    expect(loaded(phone)).toHaveLength(4);
    const [newest = ''] = loaded(phone);
    const watched = () => wx.intersections.selectors.includes(`#${newest}`);
    await host.waitFor(watched, { what: 'the observer of the segment' });

    host.setData.reset();
    wx.intersections.report(`#${newest}`, false, 1830);
    await host.waitFor(() => !loaded(phone).includes(newest), {
      what: 'the segment to be unloaded',
    });
    expect(host.page.find({ id: newest }).attr('style')).toContain('height: 1830px');
    expect(phone.bubbles()).not.toContain('m149');
    // An empty container costs few bytes, whatever it contained.
    expect(host.setData.snapshot().bytes).toBeLessThan(200);

    host.setData.reset();
    wx.intersections.report(`#${newest}`, true, 1830);
    await phone.bubble('m149');
    expect(host.page.find({ id: newest }).attr('style') ?? '').not.toContain('1830');
    expect(host.setData.snapshot().calls).toBe(1);

    // A page that is covered by another page has no height; its segments stay loaded.
    wx.intersections.report(`#${newest}`, false, 0);
    await pageBack(phone);
    expect(loaded(phone)).toContain(newest);
  });

  it('sends the same bytes for an older page, however many rows the list has', async () => {
    talk(300);
    const phone = await signedIn();
    await phone.openChat('本');
    await phone.bubble('m299');
    const bytes: number[] = [];
    for (let page = 0; page < 7; page++) {
      phone.host.setData.keepJson = true;
      phone.host.setData.reset();
      await pageBack(phone);
      const carrying = phone.host.setData.snapshot().log.filter(({ json }) => json.includes('msg'));
      expect(carrying).toHaveLength(1);
      bytes.push(carrying[0]?.bytes ?? 0);
    }
    expect(Math.max(...bytes) / Math.min(...bytes)).toBeLessThan(1.05);
  });

  it('says at its beginning that there are no earlier messages', async () => {
    talk(70);
    const phone = await signedIn();
    await phone.openChat('本');
    await phone.bubble('m69');
    const top = () => phone.host.page.find({ className: 'chat-top' }).text;
    while (phone.bubbles()[0] !== 'm0') {
      expect(top()).toBe('');
      await pageBack(phone);
    }
    phone.host.page.find({ id: 'messages' }).scrollToUpper();
    await phone.host.waitFor(() => top() === '没有更早的消息了', { what: 'the beginning' });
  });
});

describe('parts of the page over a long chat', () => {
  it('send only their own data, not the whole page: banner, pill, menu, panel', async () => {
    talk(40);
    const phone = await signedIn();
    const { host } = phone;
    await phone.openChat('本');
    await phone.bubble('m39');
    const costOf = async (act: () => void, shown: () => boolean, what: string) => {
      host.setData.reset();
      act();
      await host.waitFor(shown, { what });
      return host.setData.snapshot().bytes;
    };
    const has = (className: string) => () => host.page.has({ className });
    const hasNot = (className: string) => () => !host.page.has({ className });
    const list = () => host.page.find({ id: 'messages' });

    // A position counts once the height of the list has been measured.
    const scrollUp = () => {
      list().scroll({ scrollTop: 5000, scrollHeight: 9000 });
      list().scroll({ scrollTop: 3000, scrollHeight: 9000 });
      return has('pill')();
    };
    const pill = await costOf(scrollUp, scrollUp, 'the pill');
    const noPill = await costOf(
      () => host.page.find({ className: 'pill' }).tap(),
      hasNot('pill'),
      'no pill',
    );
    const bubble = await phone.bubble('m39');
    const menu = await costOf(() => bubble.longPress(), has('menu'), 'the menu');
    const noMenu = await costOf(
      () => host.page.find({ className: 'menu-mask' }).tap(),
      hasNot('menu'),
      'no menu',
    );
    const banner = await costOf(
      () => stage.emulator.faults.cut(),
      has('banner'),
      'the banner of a lost link',
    );
    const noBanner = await costOf(() => undefined, hasNot('banner'), 'the link back');
    // The whole page has 9 KB.
    expect(Math.max(pill, noPill, banner, noBanner, noMenu)).toBeLessThan(700);
    // Ten items; the nodes of the menu are there already.
    expect(menu).toBeLessThanOrEqual(1000);
  });
});

describe('a long conversation list in the built package', () => {
  it('renders the rows on the screen, appends rows on scrolling, and unloads rows far above', async () => {
    for (let i = 0; i < 60; i++) {
      const accountId = `friend${i}`;
      stage.emulator.world.addAccount({ accountId, name: `Friend ${i}` });
      stage.emulator.world.sendMessage({
        from: accountId,
        to: 'anna',
        text: `hi ${i}`,
        createTime: Date.now() - i * 60_000,
      });
    }
    const phone = await signedIn();
    const { host } = phone;
    await host.waitForNode({ className: 'conv-name', text: 'Friend 0' });
    const names = () => host.page.findAll({ className: 'conv-name' }).map(({ text }) => text);
    await host.waitFor(() => names().length === 24, { what: 'three segments' });
    expect(names()[23]).toBe('Friend 23');

    const list = host.page.find({ className: 'conversations' });
    // The events match those of a phone in the current layout (1 px of the design is 1.04 px here).
    for (const [scrollTop, rows] of [
      [900, 24],
      [1500, 32],
      [2300, 40],
    ] as const) {
      list.scroll({ scrollTop, scrollHeight: rows * 72 * 1.04 });
      await host.waitFor(() => names().includes(`Friend ${rows + 7}`), { what: `row ${rows + 7}` });
    }
    await host.waitFor(() => !names().includes('Friend 0'), {
      what: 'the first row to be unloaded',
    });
    expect(names().length).toBeLessThanOrEqual(40);
  });

  it('sends only the changed fields when a conversation moves to the top', async () => {
    for (let i = 0; i < 40; i++) {
      const accountId = `friend${i}`;
      stage.emulator.world.addAccount({
        accountId,
        name: `Friend ${i}`,
        token: `token-${accountId}`,
      });
      stage.emulator.world.sendMessage({
        from: accountId,
        to: 'anna',
        text: `hi ${i}`,
        createTime: Date.now() - (i + 1) * 60_000,
      });
    }
    const friend = await stage.other('friend7');
    const phone = await signedIn();
    const { host } = phone;
    await host.waitFor(() => host.page.findAll({ className: 'conv-name' }).length === 24, {
      what: 'three segments',
    });
    await host.waitFor(() => !host.page.has({ className: 'banner' }), { what: 'the sync' });
    host.setData.reset();
    await friend.send('anna', 'to the top');
    await host.waitForNode({ className: 'conv-preview', text: 'to the top' });
    expect(host.page.findAll({ className: 'conv-name' }).map(({ text }) => text)[0]).toBe(
      'Friend 7',
    );
    const { calls, bytes } = host.setData.snapshot();
    expect(calls).toBe(1);
    // Eight rows change names and texts; 24 whole rows have 12 KB.
    expect(bytes).toBeLessThan(4000);
  });
});
