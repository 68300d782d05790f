import { type Phone, useWeapp } from './phone';

const stage = useWeapp();
const PICTURE = 'https://pictures.example/pia.png';

const faces = ({ host }: Phone) =>
  host.page
    .findAll({ className: 'conv-face' })
    .map((face) => face.find({ className: 'av' }))
    .map((picture) => (picture.tag === 'image' ? 'picture' : picture.text));

/** The picture of the only conversation fails, as the view tells it. */
async function fails(phone: Phone): Promise<void> {
  phone.host.page.find({ className: 'conv-face' }).find({ tag: 'image' }).event('error');
  await phone.host.waitFor(() => faces(phone)[0] === '皮', { what: 'the letter' });
}

async function signedIn(): Promise<Phone> {
  const { world } = stage.emulator;
  world.addAccount({ accountId: 'pia', name: '皮亚', avatar: PICTURE });
  world.sendMessage({ from: 'pia', to: 'anna', text: 'hello' });
  const phone = await stage.phone();
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await phone.host.waitForPage('pages/conversations/index');
  await phone.host.waitFor(() => faces(phone)[0] === 'picture', { what: 'the picture' });
  return phone;
}

describe('an avatar that did not load, in the built package', () => {
  it('is asked for again when the network is back', async () => {
    const phone = await signedIn();
    await fails(phone);
    phone.wx.network.set(false);
    expect(faces(phone)).toEqual(['皮']);
    phone.wx.network.set(true);
    await phone.host.waitFor(() => faces(phone)[0] === 'picture', { what: 'the picture again' });
  });

  it('is asked for again when the page is shown: after another tab, and after the app was hidden', async () => {
    const phone = await signedIn();
    const { host } = phone;
    await fails(phone);
    host.tapTab('我');
    await host.waitForPage('pages/me/index');
    host.tapTab(0);
    await host.waitFor(() => faces(phone)[0] === 'picture', { what: 'the picture after a tab' });
    await fails(phone);
    host.hide();
    host.show();
    await host.waitFor(() => faces(phone)[0] === 'picture', { what: 'the picture once shown' });
  });

  it('that fails again stays a letter: one setData for each failure, none afterwards', async () => {
    const phone = await signedIn();
    const { host } = phone;
    await fails(phone);
    host.hide();
    host.show();
    await host.waitFor(() => faces(phone)[0] === 'picture', { what: 'the picture again' });
    host.setData.reset();
    await fails(phone);
    expect(host.setData.snapshot().calls).toBe(1);
    host.elapse(60_000);
    expect(faces(phone)).toEqual(['皮']);
    expect(host.setData.snapshot().calls).toBe(1);
  });
});
