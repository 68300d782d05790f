import { type Phone, useWeapp } from './phone';

const stage = useWeapp();
const PICTURE = 'https://pictures.example/pia.png';

const faces = ({ host }: Phone) =>
  host.page
    .findAll({ className: 'conv-face' })
    .map((face) => face.find({ className: 'av' }))
    .map((picture) => (picture.tag === 'image' ? 'picture' : picture.text));

/** Reports from the view that the picture of the only conversation failed to load. */
async function failPicture(phone: Phone): Promise<void> {
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

describe('an avatar that failed to load, in the built package', () => {
  it('is requested again when the network is back', async () => {
    const phone = await signedIn();
    await failPicture(phone);
    phone.wx.network.set(false);
    expect(faces(phone)).toEqual(['皮']);
    phone.wx.network.set(true);
    await phone.host.waitFor(() => faces(phone)[0] === 'picture', {
      what: 'the picture to be requested again',
    });
  });

  it('is requested again when the page is shown: after another tab, and after the app was hidden', async () => {
    const phone = await signedIn();
    const { host } = phone;
    await failPicture(phone);
    host.tapTab('我');
    await host.waitForPage('pages/me/index');
    host.tapTab(0);
    await host.waitFor(() => faces(phone)[0] === 'picture', {
      what: 'the picture after the return from another tab',
    });
    await failPicture(phone);
    host.hide();
    host.show();
    await host.waitFor(() => faces(phone)[0] === 'picture', {
      what: 'the picture after the app was shown',
    });
  });

  it('shows a letter when the picture fails again: one setData for each failure, none afterwards', async () => {
    const phone = await signedIn();
    const { host } = phone;
    await failPicture(phone);
    host.hide();
    host.show();
    await host.waitFor(() => faces(phone)[0] === 'picture', {
      what: 'the picture to be requested again',
    });
    host.setData.reset();
    await failPicture(phone);
    expect(host.setData.snapshot().calls).toBe(1);
    host.elapse(60_000);
    expect(faces(phone)).toEqual(['皮']);
    expect(host.setData.snapshot().calls).toBe(1);
  });
});
