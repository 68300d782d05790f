import { type Client, useWorld, waitFor } from '../harness';

const world = useWorld();
const CHAT = 'anna|1|ben';
const row = (client: Client, id = CHAT) => client.account.conversations.get(id);

/** Two clients of one account, each with the core of the app. */
async function twoClients(): Promise<[Client, Client]> {
  world.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: 'hello' });
  const phone = await world.online('anna');
  const tablet = await world.online('anna');
  for (const client of [phone, tablet])
    await waitFor(() => row(client), { what: 'the conversation' });
  return [phone, tablet];
}

describe('acts on a conversation reach the other client of the account', () => {
  test('pin and unpin', async () => {
    const [phone, tablet] = await twoClients();
    for (const stickTop of [true, false]) {
      const done = phone.account.acts.setStickTop(CHAT, stickTop);
      expect(row(phone)?.stickTop).toBe(stickTop);
      await done;
      await waitFor(() => row(tablet)?.stickTop === stickTop, { what: `pinned ${stickTop}` });
      expect(row(phone)?.stickTop).toBe(stickTop);
    }
  });

  test('mute and unmute of a person', async () => {
    const [phone, tablet] = await twoClients();
    for (const muted of [true, false]) {
      const done = phone.account.acts.setMuted(CHAT, muted);
      expect(row(phone)?.muted).toBe(muted);
      await done;
      await waitFor(() => row(tablet)?.muted === muted, { what: `muted ${muted}` });
      expect(row(phone)?.muted).toBe(muted);
    }
  });

  test.each(['team', 'superTeam'] as const)('mute and unmute of a %s', async (kind) => {
    const { teams } = world.emulator;
    const { teamId } = teams.create({ kind, name: 'Crew', owner: 'ben', members: ['anna'] });
    const id = `anna|${kind === 'team' ? 2 : 3}|${teamId}`;
    world.emulator.world.sendMessage({ type: kind, from: 'ben', to: teamId, text: 'hello' });
    const [phone, tablet] = await twoClients();
    for (const client of [phone, tablet])
      await waitFor(() => row(client, id), { what: 'the team' });
    for (const muted of [true, false]) {
      await phone.account.acts.setMuted(id, muted);
      await waitFor(() => row(tablet, id)?.muted === muted, { what: `muted ${muted}` });
      expect(row(phone, id)?.muted).toBe(muted);
      const later = await world.online('anna');
      await waitFor(() => row(later, id)?.muted === muted, { what: `muted ${muted} later` });
    }
  });

  test('clearing all unread, also when the server refuses at first', async () => {
    const [phone, tablet] = await twoClients();
    world.emulator.world.sendMessage({ from: 'chen', to: 'anna', text: 'hello' });
    await waitFor(() => tablet.account.conversations.totalUnread === 2, { what: 'two unread' });
    await waitFor(() => phone.account.conversations.totalUnread === 2, { what: 'two unread' });
    world.emulator.faults.add({ kind: 'command', command: '7_16', code: 500, times: 1 });
    phone.account.acts.markAllRead();
    expect(phone.account.conversations.totalUnread).toBe(0);
    await waitFor(() => tablet.account.conversations.totalUnread === 0, { what: 'no unread' });
  });
});
