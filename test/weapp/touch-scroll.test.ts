import type { NodeHandle } from '../host';
import { answerMeasurement } from '../host/measuring';
import { type Phone, useWeapp } from './phone';

const stage = useWeapp();
const ROOM_ID = '9000';
const TOP = 9000;
const HEIGHT = 724;

interface Opened {
  phone: Phone;
  list: NodeHandle;
  say(text: string): void;
  seen(text: string): Promise<unknown>;
}

async function inChat(): Promise<Opened> {
  const say = (text: string) =>
    void stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text });
  say('first');
  const phone = await stage.phone();
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await phone.openChat('本');
  await phone.bubble('first');
  return {
    phone,
    say,
    list: phone.host.page.find({ id: 'messages' }),
    seen: (text) => phone.bubble(text),
  };
}

async function inRoom(): Promise<Opened> {
  const { rooms } = stage.emulator;
  rooms.addRoom({ roomId: ROOM_ID, roomName: '音乐厅', creatorAccountId: 'ben' });
  const say = (text: string) => void rooms.sendAs(ROOM_ID, 'ben', text);
  const phone = await stage.phone();
  const { host } = phone;
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await host.waitForPage('pages/conversations/index');
  void phone.wx.wx.navigateTo({ url: `/packages/chatroom/room/index?roomId=${ROOM_ID}` });
  await host.waitForNode({ tag: 'textarea' });
  say('first');
  await phone.bubble('first');
  const list = host.page.find({ id: 'room-messages' });
  return { phone, say, list, seen: () => host.waitForNode({ className: 'pill' }) };
}

describe.each([
  ['a chat', inChat],
  ['a room', inRoom],
] as const)('scrolling the list of %s in the built package', (_, open) => {
  it('keeps the position when messages arrive, and follows the end again once the user is there', async () => {
    const { phone, list, say, seen } = await open();
    const { host, wx } = phone;
    // The list has 9000 px and shows its end. The test supplies the layout, which the host lacks.
    let scrollTop = TOP - HEIGHT;
    wx.setMeasure((asked) =>
      asked.selector === `#${list.id}`
        ? { scrollTop, scrollHeight: TOP, height: HEIGHT, width: 375 }
        : answerMeasurement(host.page, asked),
    );
    const scrollTo = (to: number) => {
      scrollTop = to;
      list.scroll({ scrollTop, scrollHeight: TOP });
    };
    scrollTo(TOP - HEIGHT);
    say('while at the end');
    await phone.bubble('while at the end');
    const place = () => list.attr('scrollTop');
    const followed = place();
    expect(Number(followed)).toBeGreaterThan(TOP);

    list.event('touchstart');
    host.setData.reset();
    scrollTo(TOP - HEIGHT - 6);
    scrollTo(TOP - HEIGHT - 14);
    // Scrolling sends no data to the view.
    expect(host.setData.snapshot().calls).toBe(0);
    say('while scrolling');
    await seen('while scrolling');
    expect(place()).toBe(followed);
    scrollTo(TOP - HEIGHT - 60);
    list.event('touchend');
    // The list keeps moving after the finger is lifted.
    scrollTo(TOP - HEIGHT - 240);
    say('further up');
    await host.waitForNode({ className: 'pill', text: '2 条新消息' });
    expect(place()).toBe(followed);

    host.page.find({ className: 'pill' }).tap();
    await host.waitFor(() => place() !== followed, { what: 'the end' });
    scrollTo(TOP - HEIGHT);
    await host.waitFor(() => !host.page.has({ className: 'pill' }), { what: 'no pill' });
    const back = place();
    say('followed again');
    await phone.bubble('followed again');
    await host.waitFor(() => place() !== back, { what: 'the scroll to the end' });
  });
});
