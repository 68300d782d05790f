import { useWeapp } from './phone';

const stage = useWeapp();

/** The labels of the bubbles, by their texts. */
async function labels(screenReader: boolean): Promise<Record<string, unknown>> {
  const { world } = stage.emulator;
  world.sendMessage({ from: 'ben', to: 'anna', text: '早上好\n吃了吗？' });
  world.sendMessage({ from: 'anna', to: 'ben', text: '吃了' });
  world.sendMessage({ from: 'ben', to: 'anna', text: '见 https://example.com/a' });
  const phone = await stage.phone({ screenReader });
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await phone.openChat('本');
  await phone.host.waitForNode({ className: 'bubble', text: /example/ });
  return Object.fromEntries(
    phone.host.page
      .findAll({ className: 'bubble' })
      .map((bubble) => [bubble.text, bubble.attr('ariaLabel')]),
  );
}

describe('messages for a screen reader, in the built package', () => {
  it('are sentences of name, text and time; a text with a link is read in parts', async () => {
    const said = await labels(true);
    expect(said['早上好\n吃了吗？']).toMatch(/^本：早上好 吃了吗？，\d\d:\d\d$/);
    expect(said['吃了']).toMatch(/^我：吃了，\d\d:\d\d$/);
    expect(said['见 https://example.com/a']).toBeFalsy();
  });

  it('have no labels, which would repeat each text, without a screen reader', async () => {
    const said = Object.values(await labels(false));
    expect(said).toHaveLength(3);
    expect(said.filter(Boolean)).toEqual([]);
  });
});
