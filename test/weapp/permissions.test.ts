import { type Phone, useWeapp } from './phone';

const stage = useWeapp();

async function inChat(): Promise<Phone> {
  stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
  const phone = await stage.phone();
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await phone.openChat('本');
  await phone.bubble('在吗');
  return phone;
}

const toast = (phone: Phone, pattern: RegExp) =>
  phone.host.waitFor(() => phone.wx.ui.toasts.some(({ title }) => pattern.test(title)), {
    what: `the toast ${pattern.source}`,
  });
const question = (phone: Phone) =>
  phone.host.waitFor(() => phone.wx.ui.modal, { what: 'the question' });

/** The ways to each use of personal data in a chat. */
const WAYS: Readonly<Record<string, (phone: Phone) => Promise<void>>> = {
  album: async (phone) => (await phone.moreItem('more-album')).tap(),
  camera: async (phone) => (await phone.moreItem('more-camera')).tap(),
  file: async (phone) => (await phone.moreItem('more-file')).tap(),
  place: async (phone) => (await phone.moreItem('more-place')).tap(),
  microphone: async ({ host }) => {
    if (!host.page.maybe({ className: 'hold-bar' })?.visible)
      host.page.find({ className: 'composer-voice' }).tap();
    const bar = await host.waitForNode({ className: 'hold-bar' });
    bar.event('touchstart', { y: 700 });
    bar.event('touchend');
  },
  clipboard: async (phone) => {
    // A tap on the menu of the first time does nothing.
    await phone.host.waitFor(() => !phone.host.page.has({ className: 'menu-mask' }), {
      what: 'no menu',
    });
    (await phone.bubble('在吗')).longPress();
    (await phone.menuItem('复制')).tap();
  },
};

describe('personal data in the built package', () => {
  it.each(Object.keys(WAYS))(
    '%s: a refused privacy guide is said, and asked again',
    async (way) => {
      const phone = await inChat();
      const { permissions, ui } = phone.wx;
      permissions.guide = 'unasked';
      permissions.guideAnswer = 'refuse';
      await WAYS[way]?.(phone);
      await toast(phone, /同意隐私保护指引后才能使用此功能/);
      expect(permissions.questions).toEqual(['privacy']);
      expect([ui.clipboard, phone.wx.audio.recorder.starts.length]).toEqual(['', 0]);

      permissions.guideAnswer = 'agree';
      await WAYS[way]?.(phone);
      await phone.host.waitFor(() => permissions.guide === 'agreed', {
        what: 'the second question',
      });
      expect(phone.bubbles()).toEqual(['在吗']);
    },
  );

  it.each([
    ['camera', 'scope.camera'],
    ['microphone', 'scope.record'],
  ])('%s: after a refusal the settings allow it', async (way, scope) => {
    const phone = await inChat();
    const { permissions } = phone.wx;
    permissions.answer = 'refuse';
    await WAYS[way]?.(phone);
    const first = await question(phone);
    expect(first.confirmText).toBe('去设置');
    expect(permissions.questions).toEqual([scope]);
    permissions.changes = { [scope]: true };
    first.confirm();
    await phone.host.waitFor(() => permissions.scopes.get(scope), { what: 'the settings' });
    expect(permissions.questions).toEqual([scope, 'settings']);
  });
});
